import { DEFAULT_WORKSPACE, type IdPrefixes, type NewId } from '../../core/ids.ts'
import type { WorkspaceCollectiveDreams } from '../../engine/collective/collective-api.ts'
import { RULES } from '../../engine/rules.ts'
import { schedulesOf } from '../../engine/sleep/schedules.ts'
import { workspacesOf } from '../../engine/workspace/workspace-of.ts'
import type { WorkspaceDreams } from '../../engine/workspace-api.ts'
import { lexicalEmbedder } from '../../models/lexical-embedder.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { createApp } from '../app.ts'
import type { ServerPorts } from '../context.ts'
import type { Mount } from '../routes/all.ts'
import { testPorts } from './ports.test-support.ts'

/** A JSON object as a test looks at it. */
export type Json = { readonly [key: string]: unknown }

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
  /** Of a list. */
  readonly data: readonly Json[]
  readonly error: Json
}

/** The app over storage in RAM, asked without a network. Its clock goes on a second with each look. */
export interface WireWorld {
  readonly storage: Storage
  readonly newId: NewId
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Reply>
  post(path: string, body?: unknown, query?: Readonly<Record<string, string>>): Promise<Reply>
  remove(path: string, query?: Readonly<Record<string, string>>): Promise<Reply>
  /** The document that clients generate from. */
  openApi(): Json
}

export const MEMORIES_MAX = 60

export async function openWireWorld(routes: readonly Mount[]): Promise<WireWorld> {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const { now, newId } = { now: tickingClock(), newId: countedIds() }
  const workspaceOf: ServerPorts['workspaceOf'] = workspacesOf(
    {
      storage,
      secrets: { mask: async (text) => text },
      embedder: lexicalEmbedder(),
      rules: RULES,
      memoriesMax: MEMORIES_MAX,
      now,
      newId,
    },
    {
      dreamsOf: () => ({}) as WorkspaceDreams,
      schedulesOf: (of) => schedulesOf({ storage: of, now, newId }),
      collectiveOf: () => ({}) as WorkspaceCollectiveDreams,
    },
  )
  const app = createApp(testPorts({ storage, workspaceOf, now, newId }), { routes })
  const ask = async (path: string, query: Readonly<Record<string, string>>, init: RequestInit) => {
    const search = new URLSearchParams(query).toString()
    const headers = { host: '127.0.0.1', ...init.headers }
    const url = `http://127.0.0.1${path}${search === '' ? '' : `?${search}`}`
    return replyOf(await app.request(url, { ...init, headers }))
  }
  return {
    storage,
    newId,
    get: (path, query = {}) => ask(path, query, {}),
    post: (path, body, query = {}) =>
      ask(path, query, {
        method: 'POST',
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    remove: (path, query = {}) => ask(path, query, { method: 'DELETE' }),
    openApi: () =>
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Reverie', version: '0' },
      }) as unknown as Json,
  }
}

/** Every page of a list, each with at most `limit` items. */
export async function allPages(
  world: WireWorld,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly (readonly Json[])[]> {
  const pages: (readonly Json[])[] = []
  for (let page: unknown = ''; typeof page === 'string'; ) {
    const reply = await world.get(path, { ...query, ...(page === '' ? {} : { page }) })
    pages.push(reply.data)
    page = reply.body.next_page
  }
  return pages
}

async function replyOf(response: Response): Promise<Reply> {
  const body = (await response.json()) as Json
  return {
    status: response.status,
    headers: response.headers,
    body,
    data: (body.data ?? []) as readonly Json[],
    error: (body.error ?? {}) as Json,
  }
}

function tickingClock(): () => Date {
  let at = Date.parse('2026-11-22T10:00:00.000Z')
  return () => {
    at += 1_000
    return new Date(at)
  }
}

function countedIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(8, '0')}` as IdPrefixes[P]
  }
}
