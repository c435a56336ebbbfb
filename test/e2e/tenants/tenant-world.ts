import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyId, MemoryStoreId, SessionId, WorkspaceId } from '../../../src/core/ids.ts'
import { openInstallation } from '../../../src/reverie.ts'
import { createApp } from '../../../src/server/app.ts'
import type { Scope, ServerPorts } from '../../../src/server/context.ts'
import { type KeyRing, keyRingOf } from '../../../src/server/keys/key-ring.ts'
import { createMetrics } from '../../../src/server/operations/metrics.ts'
import type { WireApp } from '../../../src/server/routing.ts'
import { callAt, type Json } from './call.ts'

/** The two workspaces of every world. */
export const WORKSPACES = {
  a: 'wrkspc_zqcanary' as WorkspaceId,
  b: 'wrkspc_other' as WorkspaceId,
} as const

/** Stands in every text of workspace A, and in no other. */
export const CANARY = 'zqcanary'

/** Ids of a workspace by the names that routes give them. */
export type Ids = Readonly<Record<string, string>>

/** An app over a database of its own. */
export interface TenantWorld {
  readonly app: WireApp
  readonly ports: ServerPorts
  readonly keys: KeyRing
  /** A key of a workspace; the plain text. */
  key(workspace: WorkspaceId, scopes: readonly Scope[], expiresAt?: string): Promise<NewTenantKey>
  /** Fills a workspace; `word` stands in all of its texts. */
  fill(workspace: WorkspaceId, admin: string, word: string): Promise<Ids>
  close(): Promise<void>
}

export interface NewTenantKey {
  readonly id: KeyId
  readonly plain: string
}

const BY = { type: 'user_actor', userId: 'person' } as const
const MODEL = 'embedded'
const LOOK_MS = 10

export async function openTenantWorld(now: () => Date): Promise<TenantWorld> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-tenants-'))
  const env = { REVERIE_LOG_LEVEL: 'silent' }
  const installation = await openInstallation({ home, env, now })
  const { ports } = installation
  const app = createApp(ports, { home, metrics: createMetrics(ports) })
  const keys = keyRingOf(ports)
  return {
    app,
    ports,
    keys,
    async key(workspaceId, scopes, expiresAt) {
      const draft = { workspaceId, name: `${workspaceId} key`, scopes }
      const { key, plain } = await keys.create({ ...draft, expiresAt: expiresAt ?? null }, BY)
      return { id: key.id, plain }
    },
    async fill(workspace, admin, word) {
      const stop = new AbortController()
      const work = installation.run(stop.signal, (error) => {
        throw error
      })
      const ask: Ask = async (method, path, body) => {
        const { status, json } = await callAt(app, admin, { method, path, body })
        if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`)
        return json
      }
      const ids = await filled({ ask, ports, workspace, word })
      stop.abort()
      await work
      return ids
    },
    async close() {
      await installation.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Json>

interface Filling {
  readonly ask: Ask
  readonly ports: ServerPorts
  readonly workspace: WorkspaceId
  readonly word: string
}

async function filled(filling: Filling): Promise<Ids> {
  const { ask, word } = filling
  const metadata = { [`${word}-key`]: `${word} value` }
  const agents = []
  const environments = []
  for (const n of [1, 2]) {
    const named = { name: `${word} agent ${n}`, description: `${word} of ${n}`, metadata }
    agents.push(await ask('POST', '/v1/agents', { ...named, system: `${word} acts`, model: MODEL }))
    const place = { name: `${word} laptop ${n}`, description: `${word} place`, metadata }
    environments.push(await ask('POST', '/v1/environments', place))
  }
  const agent_id = idOf(agents[0])
  const environment_id = idOf(environments[0])
  await ask('POST', `/v1/agents/${agent_id}`, { version: 1, system: `${word} acts well` })
  const grounds = { agent_id, environment_id, metadata }
  const waiting = await storeWithSession(filling, grounds)
  const done = await storeWithSession(filling, grounds)
  const dream_id = await waitingDream(filling, waiting)
  const ended = await endedDream(filling, done)
  const review = await ask('GET', `/v1/reverie/dreams/${dream_id}/changes`)
  const set = at(review.change_sets, 0)
  const collective = []
  for (const place of [waiting, done]) {
    collective.push(await collectiveDream(filling, agent_id, place))
  }
  const schedules = []
  for (const { memory_store_id } of [waiting, done]) {
    const rules = { instructions: `${word} sleeps`, cron: '0 3 * * *' }
    schedules.push(
      await ask('POST', '/v1/reverie/schedules', { memory_store_id, model: MODEL, ...rules }),
    )
  }
  return {
    ...waiting,
    agent_id,
    environment_id,
    dream_id,
    ended_dream_id: ended,
    collective_dream_id: idOf(collective[0]),
    change_set_id: idOf(set),
    change_id: idOf(at(set.changes, 0)),
    digest: String(review.digest),
    set_digest: String(set.digest),
    schedule_id: idOf(schedules[0]),
  }
}

interface Grounds {
  readonly agent_id: string
  readonly environment_id: string
  readonly metadata: Readonly<Record<string, string>>
}

type Place = Readonly<Record<StoreIds, string>>
type StoreIds =
  | 'memory_store_id'
  | 'memory_id'
  | 'memory_version_id'
  | 'session_id'
  | 'thread_id'
  | 'resource_id'

async function storeWithSession({ ask, word }: Filling, grounds: Grounds): Promise<Place> {
  const { agent_id, environment_id, metadata } = grounds
  const described = { name: `${word} store`, description: `${word} notes`, metadata }
  const memory_store_id = idOf(await ask('POST', '/v1/memory_stores', described))
  const memories = `/v1/memory_stores/${memory_store_id}/memories`
  const content = `# ${word} infrastructure\n\n- The storefront dev server runs on port 3000.\n`
  const memory = await ask('POST', memories, { path: `/${word}/infra.md`, content })
  await ask('POST', memories, { path: `/${word}/people.md`, content: `- Mira leads ${word}.\n` })
  const longer = `${content}- We deploy ${word} with Docker Compose.\n`
  await ask('POST', `${memories}/${idOf(memory)}`, { content: longer })
  const versions = await ask('GET', `/v1/memory_stores/${memory_store_id}/memory_versions`)
  const session_id = idOf(
    await ask('POST', '/v1/sessions', {
      agent: agent_id,
      environment_id,
      title: `${word} talk`,
      metadata,
      resources: [
        { type: 'memory_store', memory_store_id, instructions: `${word} reads` },
        { type: 'file', file_id: 'file_1', mount_path: `/mnt/${word}` },
        { type: 'file', file_id: 'file_2', mount_path: `/mnt/${word}-2` },
      ],
    }),
  )
  const says = `The storefront dev server of ${word} runs on port 3100 now, not 3000.`
  const content_of = (text: string): object => ({ content: [{ type: 'text', text }] })
  await ask('POST', `/v1/sessions/${session_id}/events`, {
    events: [{ type: 'user.message', ...content_of(says) }],
  })
  const child = { session_thread_id: `${word}-side` }
  await ask('POST', `/v1/reverie/sessions/${session_id}/events`, {
    events: [
      { type: 'session.thread_created', ...child, agent_name: `${word}-scout` },
      { type: 'agent.message', ...child, ...content_of(`Found ${word}.`) },
    ],
  })
  const threads = await ask('GET', `/v1/sessions/${session_id}/threads`)
  const resources = await ask('GET', `/v1/sessions/${session_id}/resources`)
  const files = (resources.data as readonly Json[]).filter(({ type }) => type === 'file')
  return {
    memory_store_id,
    memory_id: idOf(memory),
    memory_version_id: idOf(at(versions.data, 1)),
    session_id,
    thread_id: idOf(at(threads.data, 1)),
    resource_id: idOf(files[0]),
  }
}

/** All of its changes wait for a person. */
async function waitingDream(filling: Filling, place: Place): Promise<string> {
  const { ports, workspace, word } = filling
  const order = {
    storeId: place.memory_store_id as MemoryStoreId,
    sessionIds: [place.session_id as SessionId],
    model: MODEL,
    outputBehavior: 'update_existing',
    instructions: `${word} instructs`,
    autoApply: 'off',
  } as const
  const { id } = await ports.workspaceOf(workspace).dreams.create(order, BY)
  await untilEnded(filling, id)
  return id
}

async function endedDream(filling: Filling, place: Place): Promise<string> {
  const { memory_store_id, session_id } = place
  const inputs = [
    { type: 'memory_store', memory_store_id },
    { type: 'sessions', session_ids: [session_id] },
  ]
  const instructions = `${filling.word} instructs`
  const dream = await filling.ask('POST', '/v1/dreams', { inputs, model: MODEL, instructions })
  await untilEnded(filling, idOf(dream))
  return idOf(dream)
}

async function collectiveDream(filling: Filling, agent_id: string, place: Place): Promise<Json> {
  const { memory_store_id, session_id } = place
  return filling.ask('POST', '/v1/reverie/collective_dreams', {
    inputs: [{ agent_id, memory_store_id, session_ids: [session_id] }],
    targets: [{ memory_store_id, audience: 'private:local' }],
    model: MODEL,
    instructions: `${filling.word} instructs`,
  })
}

async function untilEnded(filling: Filling, id: string): Promise<void> {
  for (;;) {
    const { status } = await filling.ask('GET', `/v1/dreams/${id}`)
    if (status === 'completed') return
    if (status === 'failed' || status === 'canceled') throw new Error(`The dream ${status}.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function idOf(thing: Json | undefined): string {
  if (typeof thing?.id !== 'string') throw new Error('There should be a thing with an id.')
  return thing.id
}

function at(list: unknown, n: number): Json {
  const item = (list as readonly Json[] | undefined)?.[n]
  if (item === undefined) throw new Error(`There should be ${n + 1} of them.`)
  return item
}
