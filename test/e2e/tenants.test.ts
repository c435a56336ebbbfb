import { EventEmitter } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPlainKey } from '../../src/server/keys/key-format.ts'
import { cursorOf } from '../../src/server/paging.ts'
import {
  type AskedRoute,
  callOf,
  namingCalls,
  routesOf,
  scopeOf,
  unknownTo,
} from './tenants/asked-routes.ts'
import { type Answer, type Call, callAt, type Json, toldBy } from './tenants/call.ts'
import {
  CANARY,
  type Ids,
  openTenantWorld,
  type TenantWorld,
  WORKSPACES,
} from './tenants/tenant-world.ts'

const HOUR_MS = 3_600_000
/** Places in a list that no list ever told. */
const FORGED = [
  '',
  '0',
  '-1',
  '9'.repeat(40),
  "' OR 1=1 --",
  '2026-11-23T00:00:00.000Z|',
  '%',
  '\\0',
]
const EVERYTHING = ['read', 'write', 'dream', 'admin'] as const

let offsetMs = 0
const now = (): Date => new Date(Date.now() + offsetMs)

let full: TenantWorld
/** Only B lives here. */
let alone: TenantWorld
let routes: readonly AskedRoute[] = []
let a: Ids = {}
let b: Ids = {}
let bAlone: Ids = {}
let cells = 0

const keys = new Map<string, string>()
const aloneKeys = new Map<string, string>()

function keyOf(name: string, of: ReadonlyMap<string, string> = keys): string {
  const key = of.get(name)
  if (key === undefined) throw new Error(`There is no key "${name}".`)
  return key
}

async function ask(name: string | null, call: Call): Promise<Answer> {
  return callAt(full.app, name === null ? null : keyOf(name), call)
}

/** Ids of the same form that were never given out. */
function madeUp(ids: Ids): Ids {
  const never = (id: string): string => id.replace(/[0-9a-f]{24}$/, 'f'.repeat(24))
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, never(id)]))
}

const hasIds = ({ params }: AskedRoute): boolean => params.length > 0
const isList = ({ query }: AskedRoute): boolean => query.includes('page')

beforeAll(async () => {
  full = await openTenantWorld(now)
  alone = await openTenantWorld(now)
  const { a: wa, b: wb } = WORKSPACES
  const owner = await full.key(wa, EVERYTHING)
  keys.set('owner', owner.plain)
  const other = await full.key(wb, ['read', 'write', 'dream'])
  keys.set('other', other.plain)
  keys.set('other admin', (await full.key(wb, ['admin'])).plain)
  keys.set('read-only', (await full.key(wa, ['read'])).plain)
  keys.set('without dream', (await full.key(wa, ['read', 'write'])).plain)
  const revoked = await full.key(wa, EVERYTHING)
  await full.keys.revoke(revoked.id, { type: 'user_actor', userId: 'person' })
  keys.set('revoked', revoked.plain)
  const soon = new Date(now().getTime() + HOUR_MS).toISOString()
  keys.set('expired', (await full.key(wa, EVERYTHING, soon)).plain)
  keys.set('malformed', `${owner.plain.slice(0, -1)}!`)
  keys.set('unknown', newPlainKey())
  aloneKeys.set('other', (await alone.key(wb, ['read', 'write', 'dream'])).plain)
  aloneKeys.set('other admin', (await alone.key(wb, ['admin'])).plain)
  a = { ...(await full.fill(wa, owner.plain, CANARY)), api_key_id: owner.id }
  b = { ...(await full.fill(wb, keyOf('other admin'), 'plain')), api_key_id: other.id }
  bAlone = await alone.fill(wb, keyOf('other admin', aloneKeys), 'plain')
  routes = await routesOf(full.app)
  offsetMs = HOUR_MS
}, 60_000)

afterAll(async () => {
  await full.close()
  await alone.close()
})

it('knows a good request to every route of the document', () => {
  expect(routes.length).toBeGreaterThan(70)
  expect(unknownTo(routes)).toEqual([])
})

describe('whoever has no good key', () => {
  it.each([null, 'revoked', 'expired', 'malformed', 'unknown'])(
    '(%s) gets one and the same 401 everywhere',
    async (name) => {
      const answers = new Set<string>()
      const see = async (call: Call): Promise<void> => {
        cells += 1
        answers.add(toldBy(await ask(name, call)))
      }
      for (const route of routes) {
        await see(callOf(route, a))
        if (hasIds(route)) await see(callOf(route, madeUp(a)))
        if (isList(route)) await see(withQuery(callOf(route, a), 'page', 'page_bm9uZQ'))
        if (route.method === 'POST') {
          await see(callOf(route, a, { headers: { 'idempotency-key': 'k1' } }))
        }
      }
      for (const { call } of namingCalls(a, a)) await see(call)
      expect([...answers]).toEqual([expect.stringMatching(/^401 .*"authentication_error"/)])
    },
  )
})

describe('a key without the scope', () => {
  it.each(['read-only', 'without dream'])(
    '(%s) gets one 403 for each scope, whether the thing exists or not',
    async (name) => {
      const allowed = name === 'read-only' ? ['read'] : ['read', 'write']
      const answers = new Map<string, Set<string>>()
      for (const route of routes.filter((one) => !allowed.includes(scopeOf(one)))) {
        const told = answers.get(scopeOf(route)) ?? new Set()
        answers.set(scopeOf(route), told)
        for (const call of [
          callOf(route, a),
          callOf(route, madeUp(a)),
          callOf(route, b),
          { method: route.method, path: callOf(route, a).path },
          callOf(route, a, { headers: { 'idempotency-key': `k-${name}` } }),
        ]) {
          cells += 1
          told.add(toldBy(await ask(name, call)))
        }
      }
      for (const [scope, told] of answers) {
        expect([...told], scope).toEqual([expect.stringMatching(/^403 .*"permission_error"/)])
        expect([...told][0]).toContain(scope)
      }
      for (const route of routes.filter((one) => scopeOf(one) === 'read')) {
        cells += 1
        expect((await ask(name, callOf(route, a))).status, route.name).toBe(200)
      }
    },
  )
})

describe.each(['other', 'other admin'])('a key of another workspace (%s)', (name) => {
  const isAllowed = (route: AskedRoute): boolean =>
    name === 'other admin' || scopeOf(route) !== 'admin'

  it('is told of every thing what it would be told had it never been', async () => {
    for (const route of routes.filter(hasIds)) {
      const plain = callOf(route, a)
      for (const call of [plain, { ...plain, headers: { 'idempotency-key': route.name } }]) {
        if (call !== plain && route.method !== 'POST') continue
        cells += 1
        const answer = await ask(name, call)
        const never = await callAt(alone.app, keyOf(name, aloneKeys), call)
        expect(answer.status, route.name).toBe(404)
        expect(toldBy(answer), route.name).toBe(toldBy(never))
        expect(answer.text).not.toContain(CANARY)
      }
    }
  })

  it('is told the same of a part under a whole of its own', async () => {
    for (const route of routes.filter(({ params }) => params.length > 1)) {
      const last = route.params.at(-1) ?? ''
      cells += 1
      const mixed = { ...b, [last]: a[last] ?? '' }
      const never = { ...b, [last]: madeUp(a)[last] ?? '' }
      const [answer, expected] = [
        await ask(name, callOf(route, mixed)),
        await ask(name, callOf(route, never)),
      ]
      expect(answer.status, route.name).toBe(404)
      expect(without(a, toldBy(answer))).toBe(without(madeUp(a), toldBy(expected)))
      const swapped = callOf(route, { ...a, [last]: b[last] ?? '' })
      cells += 1
      expect((await ask(name, swapped)).status, route.name).toBe(404)
    }
  })

  it('cannot go on where a list of A stood', async () => {
    for (const route of routes.filter(isList).filter(isAllowed)) {
      const { json } = await ask('owner', withQuery(callOf(route, a), 'limit', '1'))
      const cursor = json.next_page
      if (typeof cursor !== 'string') continue
      for (const ids of [b, a]) {
        cells += 1
        const answer = await ask(name, withQuery(callOf(route, ids), 'page', cursor))
        const expected = await ask(name, withQuery(callOf(route, ids), 'page', 'page_bm9uZQ'))
        expect(toldBy(answer), route.name).toBe(toldBy(expected))
        expect([400, 404], route.name).toContain(answer.status)
      }
    }
  })

  it('cannot forge a cursor that opens more than its list, or breaks it', async () => {
    const workspaceId = WORKSPACES.b
    for (const route of routes.filter(isList).filter(isAllowed)) {
      const { path } = callOf(route, b)
      for (const position of FORGED.concat(a.session_id ?? '', a.memory_store_id ?? '')) {
        cells += 1
        const cursor = cursorOf(position, { workspaceId, list: path })
        const answer = await ask(name, withQuery(callOf(route, b), 'page', cursor))
        expect([200, 400], `${route.name} ${position}`).toContain(answer.status)
        expect(answer.text).not.toContain(CANARY)
      }
    }
  })

  it('sees no word of A in any answer about what is its own', async () => {
    for (const route of routes.filter(isAllowed).filter(({ method }) => method === 'GET')) {
      cells += 1
      const answer = await ask(name, callOf(route, b))
      expect(answer.status, route.name).toBe(200)
      expect(answer.text, route.name).not.toContain(CANARY)
      for (const id of Object.values(a)) expect(answer.text, route.name).not.toContain(id)
    }
  })

  it('finds what it would find alone, ranked as it would be alone', async () => {
    for (const query of ['storefront server port', 'Mira', CANARY, 'docker compose plain']) {
      for (const mode of ['current', 'history']) {
        cells += 1
        const path = '/v1/reverie/memory_stores/$/search'
        const found = await ask(name, searchOf(path, b, { query, mode }))
        const expected = await callAt(
          alone.app,
          keyOf(name, aloneKeys),
          searchOf(path, bAlone, { query, mode }),
        )
        expect(found.status, found.text).toBe(200)
        expect(hitsOf(found.json)).toEqual(hitsOf(expected.json))
      }
    }
  })

  it('may name its own workspace and no other, real or not', async () => {
    const named = (workspace: string): Call => ({
      method: 'GET',
      path: '/v1/memory_stores',
      headers: { 'anthropic-workspace-id': workspace },
    })
    cells += 4
    expect((await ask(name, named(WORKSPACES.b))).status).toBe(200)
    const refused = []
    for (const workspace of [WORKSPACES.a, 'wrkspc_never', '']) {
      refused.push(toldBy(await ask(name, named(workspace))))
    }
    expect(new Set(refused).size).toBe(1)
    expect(refused[0]).toMatch(/^403 .*"permission_error"/)
  })
})

// Last: the asker's own things name ids of A from here on.
describe.each(['other', 'other admin'])(
  'what stands in a request of another workspace (%s)',
  (name) => {
    it('learns nothing by naming a thing in a body, a query or an import', async () => {
      const never = namingCalls(b, madeUp(a))
      for (const [at, { call, route, place }] of namingCalls(b, a).entries()) {
        cells += 1
        const answer = await ask(name, call)
        const expected = await ask(name, never[at]?.call ?? call)
        expect(shape(without(a, toldBy(answer))), `${route} ${place}`).toBe(
          shape(without(madeUp(a), toldBy(expected))),
        )
        expect(answer.text).not.toContain(CANARY)
      }
    })
  },
)

describe('what is kept of requests', () => {
  it('is apart by key: neither another workspace nor another key gets its answer', async () => {
    const call: Call = {
      method: 'POST',
      path: '/v1/memory_stores',
      body: { name: 'the same' },
      headers: { 'idempotency-key': 'shared-key' },
    }
    const names = ['owner', 'without dream', 'other', 'other admin']
    const ids = []
    for (const name of names) {
      cells += 1
      const { json, headers } = await ask(name, call)
      expect(headers.get('idempotent-replayed'), name).toBeNull()
      ids.push(json.id)
    }
    expect(new Set(ids).size).toBe(names.length)
    const again = await ask('owner', call)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.json.id).toBe(ids[0])
  })

  it('of a dream whose answer was lost is given to the key that asked, to no other', async () => {
    const second = (await full.key(WORKSPACES.a, EVERYTHING)).plain
    const call: Call = {
      method: 'POST',
      path: '/v1/dreams',
      body: callOf(routes.find(({ name }) => name === 'POST /v1/dreams') as AskedRoute, a).body,
    }
    const retry: Call = { ...call, headers: { 'x-stainless-retry-count': '1' } }
    const lost = await ask('owner', { ...call, env: cutExchange() })
    expect(lost.status).toBe(200)
    for (const name of ['other', 'other admin']) {
      cells += 1
      const answer = await ask(name, retry)
      expect([answer.status, answer.text.includes(String(lost.json.id))]).toEqual([404, false])
    }
    cells += 2
    expect((await callAt(full.app, second, retry)).json.id).not.toBe(lost.json.id)
    expect((await ask('owner', retry)).json.id).toBe(lost.json.id)
  })
})

it('metrics tell of no workspace, key, path or text', async () => {
  const { status, text } = await callAt(full.app, null, { method: 'GET', path: '/metrics' })
  expect(status).toBe(200)
  expect(text).toContain('/v1/memory_stores/:memory_store_id')
  for (const word of [CANARY, 'wrkspc_', 'key_', ...Object.values(a), ...Object.values(b)]) {
    expect(text).not.toContain(word)
  }
})

describe('the owner', () => {
  it('is denied nothing, before and after all of this', async () => {
    const order = (route: AskedRoute): number =>
      route.method === 'GET' ? 0 : /archive|revert|discard/.test(route.path) ? 2 : 1
    const last = (route: AskedRoute): number => (route.method === 'DELETE' ? 3 : order(route))
    for (const route of routes.toSorted((one, two) => last(one) - last(two))) {
      cells += 1
      const { status } = await ask('owner', callOf(route, a))
      if (last(route) === 0) expect(status, route.name).toBe(200)
      else expect([401, 403, 500], route.name).not.toContain(status)
    }
  })

  it('was one of at least 1,000 cells', async ({ annotate }) => {
    await annotate(`${cells} cells`)
    expect(cells, `${cells} cells`).toBeGreaterThanOrEqual(1_000)
  })
})

function searchOf(path: string, ids: Ids, body: Json): Call {
  return { method: 'POST', path: path.replace('$', ids.memory_store_id ?? ''), body }
}

function hitsOf({ data }: Json): readonly unknown[] {
  return (data as readonly Json[]).map((hit) => shape(JSON.stringify(hit)))
}

/** A text with other ids, digests and times than any other has. */
function shape(text: string): string {
  return text
    .replaceAll(/\b([a-z]+)_[0-9a-f]{24}\b/g, '$1_')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
}

function without(ids: Ids, text: string): string {
  return Object.entries(ids).reduce((left, [name, id]) => left.replaceAll(id, name), text)
}

function withQuery(call: Call, name: string, value: string): Call {
  const sign = call.path.includes('?') ? '&' : '?'
  return { ...call, path: `${call.path}${sign}${name}=${encodeURIComponent(value)}` }
}

/** A connection that ended before its answer. */
function cutExchange(): object {
  const socket = Object.assign(new EventEmitter(), { destroyed: true, readableEnded: true })
  const outgoing = Object.assign(new EventEmitter(), { writableFinished: false })
  return { incoming: { socket }, outgoing }
}
