import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_WORKSPACE, type MemoryStoreId, type SessionId } from '../../../src/core/ids.ts'
import type { DreamOrder } from '../../../src/engine/workspace-api.ts'
import { openInstallation } from '../../../src/reverie.ts'
import { createApp } from '../../../src/server/app.ts'
import type { ServerPorts } from '../../../src/server/context.ts'
import type { WireApp } from '../../../src/server/routing.ts'
import { countedIds } from '../../support/dream-world.ts'
import type { ApiDocument } from './documented-routes.ts'
import { isObject } from './json-schema.ts'
import { KnownIds } from './known-ids.ts'

/** The app over a database of its own, with one of everything and what a dream needs. */
export interface FuzzWorld {
  readonly app: WireApp
  readonly document: ApiDocument
  readonly ids: KnownIds
  close(): Promise<void>
}

const ADDRESS = 'http://127.0.0.1'
const MODEL = 'embedded'

export async function openFuzzWorld(): Promise<FuzzWorld> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-fuzz-'))
  const installation = await openInstallation({
    home,
    env: { REVERIE_LOG_LEVEL: 'silent', REVERIE_MEMORIES_PER_STORE: '200' },
    newId: countedIds(),
  })
  const app = createApp(installation.ports, { home })
  const ids = new KnownIds()
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await app.request(`${ADDRESS}${path}`, {
      method,
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok || !isObject(answer)) throw new Error(`${method} ${path}: ${response.status}`)
    ids.learn(answer, new Map())
    return answer
  }
  const stop = new AbortController()
  const work = installation.run(stop.signal, (error) => {
    throw error
  })
  await seed(ask, installation.ports)
  stop.abort()
  await work
  const document = (await (
    await app.request(`${ADDRESS}/openapi.json`, {
      headers: { host: '127.0.0.1' },
    })
  ).json()) as ApiDocument
  return {
    app,
    document,
    ids,
    async close() {
      await installation.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

type Answer = Readonly<Record<string, unknown>>
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>

interface Seeding {
  readonly ask: Ask
  readonly ports: ServerPorts
  readonly name: string
}

async function seed(ask: Ask, ports: ServerPorts): Promise<void> {
  const agent = await ask('POST', '/v1/agents', { name: 'coder', model: MODEL })
  const environment = await ask('POST', '/v1/environments', { name: 'laptop' })
  for (const name of ['waiting', 'shop', 'wiki']) {
    const store = await ask('POST', '/v1/memory_stores', { name })
    const at = `/v1/memory_stores/${store.id}/memories`
    const content = '# Infrastructure\n\n- The storefront dev server runs on port 3000.\n'
    const memory = await ask('POST', at, { path: '/infra.md', content })
    await ask('POST', `${at}/${memory.id}`, { content: `${content}- We deploy with Docker.\n` })
    await ask('POST', at, { path: '/people/mira.md', content: '- Mira leads the payments team.\n' })
    const session = await ask('POST', '/v1/sessions', {
      agent: agent.id,
      environment_id: environment.id,
      resources: [
        { type: 'memory_store', memory_store_id: store.id },
        { type: 'file', file_id: 'file_1' },
      ],
    })
    const text = 'The storefront dev server runs on port 3100 now, not 3000.'
    const events = [{ type: 'user.message', content: [{ type: 'text', text }] }]
    await ask('POST', `/v1/sessions/${session.id}/events`, { events })
    const dream = await ended(ask, await dreamOf({ ask, ports, name }, store.id, session.id))
    await ask('GET', `/v1/reverie/dreams/${dream.id}/changes`)
    await ask('GET', `/v1/memory_stores/${store.id}/memory_versions`)
    await ask('GET', `/v1/sessions/${dream.session_id}/threads`)
    await ask('GET', `/v1/sessions/${dream.session_id}/events`)
    await ask('POST', '/v1/reverie/schedules', { memory_store_id: store.id, model: MODEL })
    const collective = await ask('POST', '/v1/reverie/collective_dreams', {
      inputs: [{ agent_id: agent.id, memory_store_id: store.id, session_ids: [session.id] }],
      targets: [{ memory_store_id: store.id, audience: 'private:local' }],
      model: MODEL,
    })
    await ended(ask, collective, '/v1/reverie/collective_dreams')
  }
  for (const list of ['memory_stores', 'sessions', 'agents', 'dreams', 'environments']) {
    await ask('GET', `/v1/${list}?limit=1`)
  }
}

/** The first one's changes wait for a person. */
async function dreamOf(world: Seeding, storeId: unknown, sessionId: unknown): Promise<Answer> {
  const { ask, ports, name } = world
  if (name === 'waiting') {
    const order: DreamOrder = {
      storeId: storeId as MemoryStoreId,
      sessionIds: [sessionId as SessionId],
      model: MODEL,
      outputBehavior: 'update_existing',
      instructions: null,
      autoApply: 'off',
    }
    const by = { type: 'api_actor', apiKeyId: 'key_fuzz' } as const
    const { id } = await ports.workspaceOf(DEFAULT_WORKSPACE).dreams.create(order, by)
    return ask('GET', `/v1/dreams/${id}`)
  }
  return ask('POST', '/v1/dreams', {
    inputs: [
      { type: 'memory_store', memory_store_id: storeId },
      { type: 'sessions', session_ids: [sessionId] },
    ],
    model: MODEL,
  })
}

const LOOK_MS = 10

async function ended(ask: Ask, dream: Answer, list = '/v1/dreams'): Promise<Answer> {
  const now = await ask('GET', `${list}/${dream.id}`)
  if (now.status === 'completed') return now
  if (now.status === 'failed') throw new Error('The dream failed.')
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  return ended(ask, now, list)
}
