import type { WireApp } from '../../../src/server/routing.ts'
import { type Call, callAt, type Json } from './call.ts'
import type { Ids } from './tenant-world.ts'

/** One method of one path of the server's own document. */
export interface AskedRoute {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly params: readonly string[]
  readonly query: readonly string[]
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

/** Every route that `/openapi.json` tells. */
export async function routesOf(app: WireApp): Promise<readonly AskedRoute[]> {
  const { json } = await callAt(app, null, { method: 'GET', path: '/openapi.json' })
  const paths = json.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [] }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    })),
  )
}

/** A good request to a route about the things with these ids. */
export function callOf(route: AskedRoute, ids: Ids, more: Partial<Call> = {}): Call {
  const { method, name } = route
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => ids[param] ?? '')
  const body = BODIES[name]?.(ids)
  return { method, path, ...(body === undefined ? {} : { body }), ...more }
}

/** The scope that a route is documented to need. */
export function scopeOf({ method, path }: AskedRoute): 'read' | 'write' | 'dream' | 'admin' {
  if (/^\/v1\/reverie\/(?:audit|erasures)/.test(path)) return 'admin'
  if (method === 'GET' || path.endsWith('/search')) return 'read'
  return DREAMING.some((start) => path.startsWith(start)) ? 'dream' : 'write'
}

const DREAMING = ['/v1/dreams', '/v1/reverie/schedules', '/v1/reverie/collective_dreams']
const MODEL = 'embedded'
const text = [{ type: 'text', text: 'hello' }]
const seen = ({ digest }: Ids): Json => ({ digest })
const seenSet = ({ set_digest: digest }: Ids): Json => ({ digest })
const DREAM = '/v1/reverie/dreams/{dream_id}'

const BODIES: Readonly<Record<string, (ids: Ids) => Json>> = {
  'POST /v1/memory_stores': () => ({ name: 'new' }),
  'POST /v1/memory_stores/{memory_store_id}': () => ({ description: 'changed' }),
  'POST /v1/memory_stores/{memory_store_id}/memories': () => ({ path: '/new.md', content: 'new' }),
  'POST /v1/memory_stores/{memory_store_id}/memories/{memory_id}': () => ({ content: 'changed' }),
  'POST /v1/agents': () => ({ name: 'new', model: MODEL }),
  'POST /v1/agents/{agent_id}': () => ({ version: 2, name: 'changed' }),
  'POST /v1/environments': () => ({ name: 'new' }),
  'POST /v1/environments/{environment_id}': () => ({ name: 'changed' }),
  'POST /v1/dreams': (ids) => orderOf(ids.memory_store_id, ids.session_id),
  [`POST ${DREAM}/changes/{change_id}/edit`]: (ids) => ({ ...seenSet(ids), text: 'In my words.' }),
  [`POST ${DREAM}/changes/{change_id}/accept`]: seenSet,
  [`POST ${DREAM}/change_sets/{change_set_id}/accept`]: seenSet,
  [`POST ${DREAM}/changes/{change_id}/reject`]: seenSet,
  [`POST ${DREAM}/change_sets/{change_set_id}/reject`]: seenSet,
  [`POST ${DREAM}/changes/{change_id}/revert`]: seenSet,
  [`POST ${DREAM}/change_sets/{change_set_id}/revert`]: seenSet,
  [`POST ${DREAM}/apply`]: seen,
  [`POST ${DREAM}/revert`]: seen,
  [`POST ${DREAM}/discard`]: seen,
  'POST /v1/reverie/memory_stores/{memory_store_id}/search': () => ({ query: 'server' }),
  'POST /v1/reverie/collective_dreams': (ids) => collectiveOf(ids),
  'POST /v1/reverie/erasures': ({ session_id }) => ({ session_id, dry_run: true }),
  'POST /v1/reverie/held/reject': ({ memory_store_id }) => ({ memory_store_id, reason: 'secret' }),
  'POST /v1/reverie/schedules': ({ memory_store_id }) => ({
    memory_store_id,
    model: MODEL,
    cron: '0 4 * * *',
  }),
  'POST /v1/reverie/schedules/{schedule_id}': () => ({ enabled: false }),
  'POST /v1/reverie/sessions/import': ({ session_id: id, memory_store_id }) => ({
    sessions: [
      {
        id,
        memory_store_ids: [memory_store_id],
        events: [{ type: 'user.message', content: text }],
      },
    ],
  }),
  'POST /v1/reverie/sessions/{session_id}/events': () => ({
    events: [{ type: 'agent.message', content: text }],
  }),
  'POST /v1/sessions/{session_id}/events': () => ({
    events: [{ type: 'user.message', content: text }],
  }),
  'POST /v1/sessions/{session_id}/resources': () => ({ type: 'file', file_id: 'file_9' }),
  'POST /v1/sessions/{session_id}/resources/{resource_id}': () => ({ authorization_token: 't' }),
  'POST /v1/sessions': ({ agent_id: agent, environment_id }) => ({ agent, environment_id }),
  'POST /v1/sessions/{session_id}': () => ({ title: 'changed' }),
}

/** POSTs that have no body. */
const WITHOUT_BODY = /\/(?:archive|cancel|redact)$/

/** Routes that this file knows no good request to: none, or it has to learn them. */
export function unknownTo(routes: readonly AskedRoute[]): readonly string[] {
  return routes
    .filter(({ method, path, name }) => {
      return method === 'POST' && !WITHOUT_BODY.test(path) && BODIES[name] === undefined
    })
    .map(({ name }) => name)
}

function orderOf(storeId: string | undefined, sessionId: string | undefined): Json {
  return {
    model: MODEL,
    inputs: [
      { type: 'memory_store', memory_store_id: storeId },
      { type: 'sessions', session_ids: [sessionId] },
    ],
  }
}

function collectiveOf({ agent_id, memory_store_id, session_id }: Ids, target?: Ids): Json {
  const { memory_store_id: learns } = target ?? { memory_store_id }
  return {
    model: MODEL,
    inputs: [{ agent_id, memory_store_id, session_ids: [session_id] }],
    targets: [{ memory_store_id: learns, audience: 'private:local' }],
  }
}

/** A request that names `id`, of another workspace, in its body or query; the rest is one's own. */
export interface NamingCall {
  readonly place: 'body' | 'query' | 'import'
  readonly route: string
  readonly call: Call
}

/** Every place but the path in which an id can stand; `own` is the asker's, `named` is asked about. */
export function namingCalls(own: Ids, named: Ids): readonly NamingCall[] {
  const post = (route: string, body: Json): NamingCall => ({
    place: route.endsWith('/import') ? 'import' : 'body',
    route,
    call: { method: 'POST', path: filled(route.slice(5), own), body },
  })
  const get = (path: string, name: string, value: string | undefined): NamingCall => ({
    place: 'query',
    route: `GET ${path}`,
    call: { method: 'GET', path: `${filled(path, own)}?${name}=${value}` },
  })
  const session = { agent: own.agent_id, environment_id: own.environment_id }
  const attached = [{ type: 'memory_store', memory_store_id: named.memory_store_id }]
  const behavior = { type: 'update_existing', memory_store_id: named.memory_store_id }
  const events = [{ type: 'user.message', content: text }]
  const order = { memory_store_id: own.memory_store_id, model: MODEL, cron: '0 5 * * *' }
  const versions = '/v1/memory_stores/{memory_store_id}/memory_versions'
  const interrupt = { type: 'user.interrupt', session_thread_id: named.thread_id }
  return [
    post('POST /v1/dreams', orderOf(named.memory_store_id, own.session_id)),
    post('POST /v1/dreams', orderOf(own.memory_store_id, named.session_id)),
    post('POST /v1/dreams', orderOf(named.memory_store_id, named.session_id)),
    post('POST /v1/dreams', {
      ...orderOf(named.memory_store_id, own.session_id),
      output_behavior: behavior,
    }),
    post('POST /v1/dreams', {
      ...orderOf(own.memory_store_id, own.session_id),
      output_behavior: behavior,
    }),
    post('POST /v1/reverie/collective_dreams', collectiveOf(own, named)),
    ...(['agent_id', 'memory_store_id', 'session_id'] as const).map((name) =>
      post(
        'POST /v1/reverie/collective_dreams',
        collectiveOf({ ...own, [name]: named[name] ?? '' }, own),
      ),
    ),
    post('POST /v1/reverie/erasures', { session_id: named.session_id, dry_run: true }),
    post('POST /v1/sessions', { ...session, agent: named.agent_id }),
    post('POST /v1/sessions', { ...session, agent: { type: 'agent', id: named.agent_id } }),
    post('POST /v1/sessions', { ...session, environment_id: named.environment_id }),
    post('POST /v1/sessions', { ...session, resources: attached }),
    post('POST /v1/sessions/{session_id}/resources', { ...attached[0] }),
    post('POST /v1/sessions/{session_id}/events', { events: [interrupt] }),
    post('POST /v1/reverie/sessions/{session_id}/events', {
      events: [{ type: 'agent.message', content: text, session_thread_id: named.thread_id }],
    }),
    post('POST /v1/reverie/schedules', { ...order, memory_store_id: named.memory_store_id }),
    post('POST /v1/reverie/schedules', { ...order, agent_id: named.agent_id }),
    post('POST /v1/reverie/schedules/{schedule_id}', { agent_id: named.agent_id }),
    post('POST /v1/reverie/sessions/import', { sessions: [{ id: named.session_id, events }] }),
    post('POST /v1/reverie/sessions/import', {
      sessions: [{ memory_store_ids: [named.memory_store_id], events }],
    }),
    post('POST /v1/reverie/sessions/import', { sessions: [{ agent_id: named.agent_id, events }] }),
    post('POST /v1/reverie/held/reject', {
      memory_store_id: named.memory_store_id,
      reason: 'untrusted_source',
    }),
    get('/v1/reverie/held', 'memory_store_id', named.memory_store_id),
    get('/v1/reverie/audit', 'subject', named.memory_store_id),
    get(versions, 'memory_id', named.memory_id),
    get(versions, 'session_id', named.session_id),
    get(versions, 'api_key_id', named.api_key_id),
    get('/v1/sessions', 'agent_id', named.agent_id),
    get('/v1/sessions', 'memory_store_id', named.memory_store_id),
    get('/v1/sessions', 'deployment_id', named.agent_id),
  ]
}

function filled(path: string, ids: Ids): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, param: string) => ids[param] ?? '')
}
