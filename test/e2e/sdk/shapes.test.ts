import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import type { WireAgent } from '../../../src/wire/agents.ts'
import type { WireDream } from '../../../src/wire/dreams.ts'
import type { WireEnvironment } from '../../../src/wire/environments.ts'
import type { WireMemory } from '../../../src/wire/memories.ts'
import type { WireMemoryStore } from '../../../src/wire/memory-stores.ts'
import type { WireMemoryVersion } from '../../../src/wire/memory-versions.ts'
import type { WireSessionResource } from '../../../src/wire/session-resources.ts'
import type { WireSession } from '../../../src/wire/sessions.ts'
import type { WireThread } from '../../../src/wire/threads.ts'
import { aDream, all } from './sample.ts'
import { serverForTests } from './sdk-world.ts'

/** What the client declares of each resource. */
type Beta = Anthropic['beta']
type Listed<List> = List extends (...given: never[]) => AsyncIterable<infer Item> ? Item : never
type BetaDream = Awaited<ReturnType<Beta['dreams']['retrieve']>>
type BetaStore = Awaited<ReturnType<Beta['memoryStores']['retrieve']>>
type BetaMemory = Awaited<ReturnType<Beta['memoryStores']['memories']['retrieve']>>
type BetaVersion = Awaited<ReturnType<Beta['memoryStores']['memoryVersions']['retrieve']>>
type BetaSession = Awaited<ReturnType<Beta['sessions']['retrieve']>>
type BetaThread = Awaited<ReturnType<Beta['sessions']['threads']['retrieve']>>
type BetaResource = Listed<Beta['sessions']['resources']['list']>
type BetaEvent = Listed<Beta['sessions']['events']['list']>
type BetaAgent = Awaited<ReturnType<Beta['agents']['retrieve']>>
type BetaEnvironment = Awaited<ReturnType<Beta['environments']['retrieve']>>

/** As the client declares it: not readonly, and what is optional is absent, never undefined. */
type Declared<Value> = Value extends readonly (infer Item)[]
  ? Declared<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Declared<Exclude<Value[Key], undefined>> }
    : Value

/** Kept as they were given, so that nothing is known of them when this is compiled. */
type Given = 'agent' | 'tools' | 'skills' | 'multiagent'
/** The client's comments say of them that they may be null, its types do not. */
type Nullable = 'created_by' | 'redacted_by'

type Known<Type> = Omit<Type, Given | Nullable>

/**
 * Every key that the client declares, but for what it takes from headers; one more or less does not
 * compile, nor does an answer that is not what the client declares.
 */
type Keys<Type, Wire extends Known<Type> = Known<Type>> = Readonly<
  Record<Exclude<keyof Required<Type> | keyof Wire, `_${string}`>, true>
>

const DREAM: Keys<BetaDream, Known<Declared<WireDream>>> = {
  id: true,
  archived_at: true,
  created_at: true,
  ended_at: true,
  error: true,
  inputs: true,
  instructions: true,
  model: true,
  output_behavior: true,
  outputs: true,
  session_id: true,
  status: true,
  type: true,
  usage: true,
}
const STORE: Keys<BetaStore, Known<Declared<WireMemoryStore>>> = {
  id: true,
  archived_at: true,
  created_at: true,
  description: true,
  metadata: true,
  name: true,
  type: true,
  updated_at: true,
}
const MEMORY: Keys<BetaMemory, Known<Declared<WireMemory>>> = {
  id: true,
  content: true,
  content_sha256: true,
  content_size_bytes: true,
  created_at: true,
  memory_store_id: true,
  memory_version_id: true,
  path: true,
  type: true,
  updated_at: true,
}
const VERSION: Keys<BetaVersion, Known<Declared<WireMemoryVersion>>> = {
  id: true,
  content: true,
  content_sha256: true,
  content_size_bytes: true,
  created_at: true,
  created_by: true,
  memory_id: true,
  memory_store_id: true,
  operation: true,
  path: true,
  redacted_at: true,
  redacted_by: true,
  type: true,
}
const SESSION: Keys<BetaSession, Known<Declared<WireSession>>> = {
  id: true,
  agent: true,
  archived_at: true,
  budget: true,
  created_at: true,
  deployment_id: true,
  environment_id: true,
  metadata: true,
  outcome_evaluations: true,
  resources: true,
  stats: true,
  status: true,
  title: true,
  type: true,
  updated_at: true,
  usage: true,
  vault_ids: true,
}
const THREAD: Keys<BetaThread, Known<Declared<WireThread>>> = {
  id: true,
  agent: true,
  archived_at: true,
  created_at: true,
  parent_thread_id: true,
  session_id: true,
  stats: true,
  status: true,
  type: true,
  updated_at: true,
  usage: true,
  workflow_run_id: true,
}
const AGENT: Keys<BetaAgent, Known<Declared<WireAgent>>> = {
  id: true,
  archived_at: true,
  created_at: true,
  description: true,
  execution_identity: true,
  mcp_servers: true,
  metadata: true,
  model: true,
  multiagent: true,
  name: true,
  skills: true,
  system: true,
  tools: true,
  type: true,
  updated_at: true,
  version: true,
}
const SESSION_AGENT: Keys<BetaSession['agent']> = {
  id: true,
  description: true,
  execution_identity: true,
  mcp_servers: true,
  model: true,
  multiagent: true,
  name: true,
  skills: true,
  system: true,
  tools: true,
  type: true,
  version: true,
}
const ENVIRONMENT: Keys<BetaEnvironment, Known<Declared<WireEnvironment>>> = {
  id: true,
  archived_at: true,
  config: true,
  created_at: true,
  description: true,
  metadata: true,
  name: true,
  scope: true,
  type: true,
  updated_at: true,
}
const ATTACHED_STORE: Keys<
  Extract<BetaResource, { type: 'memory_store' }>,
  Extract<Declared<WireSessionResource>, { type: 'memory_store' }>
> = {
  type: true,
  access: true,
  description: true,
  instructions: true,
  memory_store_id: true,
  mount_path: true,
  name: true,
}
const IDLE: Keys<Extract<BetaEvent, { type: 'session.status_idle' }>> = {
  id: true,
  processed_at: true,
  stop_details: true,
  stop_reason: true,
  type: true,
}
const THREAD_CREATED: Keys<Extract<BetaEvent, { type: 'session.thread_created' }>> = {
  id: true,
  agent_name: true,
  processed_at: true,
  session_thread_id: true,
  type: true,
  workflow_run_id: true,
}

describe('an answer', () => {
  const server = serverForTests()

  it('has every key that the official client declares, and no other', async () => {
    const client = new Anthropic({ baseURL: server().address, apiKey: 'none', maxRetries: 0 })
    const { beta } = client
    const { store, session, dream } = await aDream(client)
    const { data: memories } = await beta.memoryStores.memories.list(store.id)
    const { data: versions } = await beta.memoryStores.memoryVersions.list(store.id)
    const attached = await beta.sessions.create({
      agent: session.agent.id,
      environment_id: session.environment_id,
      resources: [{ type: 'memory_store', memory_store_id: store.id }],
    })
    const own = dream.session_id ?? ''
    const events = await all(beta.sessions.events.list(own))
    const threads = await all(beta.sessions.threads.list(own))
    const ofType = (type: BetaEvent['type']): unknown => events.find((one) => one.type === type)
    const looked: readonly (readonly [answer: unknown, keys: object])[] = [
      [dream, DREAM],
      [store, STORE],
      [memories[0], MEMORY],
      [versions[0], VERSION],
      [session, SESSION],
      [session.agent, SESSION_AGENT],
      [attached.resources[0], ATTACHED_STORE],
      [await beta.sessions.retrieve(own), SESSION],
      [(await beta.sessions.retrieve(own)).agent, SESSION_AGENT],
      [threads[0], THREAD],
      [threads[1], THREAD],
      [ofType('session.status_idle'), IDLE],
      [ofType('session.thread_created'), THREAD_CREATED],
      [await beta.agents.retrieve(session.agent.id), AGENT],
      [await beta.environments.retrieve(session.environment_id), ENVIRONMENT],
    ]
    const keysOf = (value: unknown): readonly string[] => Object.keys(value ?? {}).sort()
    expect(looked.map(([answer]) => keysOf(answer))).toEqual(looked.map(([, keys]) => keysOf(keys)))
  })
})
