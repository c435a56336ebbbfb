import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openInstallation } from '../../src/reverie.ts'
import { createApp } from '../../src/server/app.ts'
import { countedIds } from './dream-world.ts'

/** A JSON object as a test looks at it. */
export type Json = { readonly [key: string]: unknown }

export interface Told {
  readonly status: number
  readonly body: Json
  readonly error: Json
}

/** The whole server over a state folder of its own, asked without a network. */
export interface CollectiveServer {
  ask(method: string, path: string, body?: unknown, more?: AskOptions): Promise<Told>
  /** Asks and throws for any failure. */
  get(path: string): Promise<Json>
  post(path: string, body?: unknown): Promise<Json>
  /** Makes a store and returns its id. */
  store(name: string, audience?: string): Promise<string>
  /** Keeps a session of an agent and returns its id. */
  session(session: HeardSession): Promise<string>
  /** Runs what waits until a collective dream has ended. */
  ended(id: unknown): Promise<Json>
  close(): Promise<void>
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Stands for the connection. */
  readonly env?: object
}

export interface HeardSession {
  readonly id: string
  readonly agent: string
  readonly user?: string
  readonly audience?: string
  readonly events: readonly Json[]
}

const ADDRESS = 'http://127.0.0.1'

export async function openCollectiveServer(): Promise<CollectiveServer> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-collective-'))
  const installation = await openInstallation({
    home,
    env: { REVERIE_LOG_LEVEL: 'silent' },
    newId: countedIds(),
  })
  const app = createApp(installation.ports, { home })
  const ask: CollectiveServer['ask'] = async (method, path, body, { headers, env } = {}) => {
    const init = {
      method,
      headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const response = await app.request(`${ADDRESS}${path}`, init, env)
    const told = (await response.json()) as Json
    return { status: response.status, body: told, error: (told.error ?? {}) as Json }
  }
  const good = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const { status, body: told } = await ask(method, path, body)
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(told)}`)
    return told
  }
  return {
    ask,
    get: (path) => good('GET', path),
    post: (path, body) => good('POST', path, body),
    async store(name, audience) {
      const metadata = audience === undefined ? {} : { audience }
      return String((await good('POST', '/v1/memory_stores', { name, metadata })).id)
    },
    async session({ id, agent, user, audience, events }) {
      const metadata = audience === undefined ? {} : { audience }
      const session = { id, agent_name: agent, user_id: user ?? null, metadata, events }
      const path = '/v1/reverie/sessions/import'
      const { sessions } = await good('POST', path, { sessions: [session] })
      return String((sessions as readonly Json[])[0]?.id)
    },
    async ended(id) {
      const stop = new AbortController()
      const work = installation.run(stop.signal, (error) => {
        throw error
      })
      const path = `/v1/reverie/collective_dreams/${String(id)}`
      let told = await good('GET', path)
      while (told.status === 'pending' || told.status === 'running') {
        await new Promise((resolve) => setTimeout(resolve, 20))
        told = await good('GET', path)
      }
      stop.abort()
      await work
      return told
    },
    async close() {
      await installation.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A message, as the import takes it. */
export function says(who: 'user' | 'agent', content: string, at: string): Json {
  return { type: `${who}.message`, content, processed_at: at }
}

/** A call of a tool with what came back. */
export function calls(
  id: string,
  command: string,
  result: { readonly text: string; readonly isError?: boolean },
  at: string,
): readonly Json[] {
  return [
    { type: 'agent.tool_use', id, name: 'bash', input: { command }, processed_at: at },
    {
      type: 'agent.tool_result',
      tool_use_id: id,
      content: result.text,
      is_error: result.isError ?? false,
      processed_at: at,
    },
  ]
}
