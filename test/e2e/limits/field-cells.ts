import { expect } from 'vitest'
import {
  type Asked,
  atLeast,
  type Cell,
  type Ground,
  get,
  pairs,
  post,
  times,
  upTo,
} from './cell.ts'

type Named = (fields: Readonly<Record<string, unknown>>, ground: Ground) => Asked

const store: Named = (fields) => post('/v1/memory_stores', { name: 'n', ...fields })
const agent: Named = (fields) => post('/v1/agents', { name: 'n', model: 'embedded', ...fields })
const environment: Named = (fields) => post('/v1/environments', { name: 'n', ...fields })
const session: Named = (fields, ground) =>
  post('/v1/sessions', { agent: ground.agent, environment_id: ground.environment, ...fields })

function textUpTo(what: string, max: number, ask: Named, field: string): readonly Cell[] {
  const of = (char: string) => (n: number, ground: Ground) =>
    ask({ [field]: char.repeat(n) }, ground)
  // Two units of UTF-16 are one character.
  return [...upTo(what, max, of('x')), ...upTo(`${what} beyond the basic plane`, max, of('🙂'))]
}

/** The same bounds wherever metadata is made. */
function metadataOf(what: string, ask: Named): readonly Cell[] {
  return [
    ...upTo(`pairs of metadata of ${what}`, 16, (n, ground) => ask({ metadata: pairs(n) }, ground)),
    ...upTo(`key of metadata of ${what}`, 64, (n, ground) =>
      ask({ metadata: { ['k'.repeat(n)]: 'v' } }, ground),
    ),
    ...upTo(`value of metadata of ${what}`, 512, (n, ground) =>
      ask({ metadata: { k: 'v'.repeat(n) } }, ground),
    ),
    {
      what: `an empty key of metadata of ${what}`,
      status: 400,
      ask: (ground) => ask({ metadata: { '': 'v' } }, ground),
    },
  ]
}

const server = (n: number): unknown => ({ type: 'url', name: `s${n}`, url: 'https://example.com' })
const toolset = (n: number): unknown => ({ type: 'mcp_toolset', mcp_server_name: `s${n}` })
const tool = (n: number): unknown => ({ type: 'custom', name: `t${n}` })

const agents: readonly Cell[] = [
  ...textUpTo('name of an agent', 256, agent, 'name'),
  ...atLeast('name of an agent', 1, (n) => agent({ name: 'x'.repeat(n) }, {} as Ground)),
  ...upTo('description of an agent', 2_048, (n, g) => agent({ description: 'x'.repeat(n) }, g)),
  ...upTo('system prompt', 100_000, (n, g) => agent({ system: 'x'.repeat(n) }, g)),
  ...upTo('model id of an agent', 256, (n, g) => agent({ model: 'x'.repeat(n) }, g)),
  ...upTo('tools', 256, (n, g) => agent({ tools: times(n, tool) }, g)),
  ...upTo('mcp_servers', 20, (n, g) =>
    agent({ mcp_servers: times(n, server), tools: times(n, toolset) }, g),
  ),
  ...upTo('skills', 64, (n, g) => agent({ skills: times(n, tool) }, g)),
]

const stores: readonly Cell[] = [
  ...textUpTo('name of a store', 255, store, 'name'),
  ...atLeast('name of a store', 1, (n) => store({ name: 'x'.repeat(n) }, {} as Ground)),
  { what: 'a control character in a name', status: 400, ask: (g) => store({ name: 'a\tb' }, g) },
  ...textUpTo('description of a store', 1_024, store, 'description'),
  { what: 'a key that nobody knows', status: 400, ask: (g) => store({ more: 1 }, g) },
  {
    what: 'a seventeenth pair by a patch',
    status: 400,
    ask: ({ stores: [id] }) => post(`/v1/memory_stores/${id}`, { metadata: pairs(17) }),
  },
  {
    what: 'sixteen pairs by a patch',
    status: 200,
    ask: ({ stores: [id] }) => post(`/v1/memory_stores/${id}`, { metadata: pairs(16) }),
  },
  {
    what: 'one more pair than sixteen by a second patch',
    status: 400,
    ask: ({ stores: [id] }) => post(`/v1/memory_stores/${id}`, { metadata: { other: 'v' } }),
  },
  {
    what: 'one pair in place of another',
    status: 200,
    ask: ({ stores: [id] }) =>
      post(`/v1/memory_stores/${id}`, { metadata: { k0: null, other: 'v' } }),
  },
]

const says = (n: number): unknown => ({
  type: 'user.message',
  content: [{ type: 'text', text: `${n}` }],
})
const attached = (id: string | undefined, more: object = {}): unknown => ({
  type: 'memory_store',
  memory_store_id: id,
  ...more,
})
const events = ({ sessions: [id] }: Ground, list: readonly unknown[]): Asked =>
  post(`/v1/sessions/${id}/events`, { events: list })

const sessions: readonly Cell[] = [
  ...upTo('title of a session', 1_024, (n, g) => session({ title: 'x'.repeat(n) }, g)),
  ...upTo('stores of a session', 8, (n, g) =>
    session({ resources: g.stores.slice(0, n).map((id) => attached(id)) }, g),
  ),
  {
    what: 'a store attached twice',
    status: 400,
    ask: (g) => session({ resources: [attached(g.stores[0]), attached(g.stores[0])] }, g),
  },
  {
    what: 'an archived store, attached',
    status: 400,
    ask: (g) => session({ resources: [attached(g.archived)] }, g),
  },
  {
    what: 'a store that is not there, attached',
    status: 404,
    ask: (g) => session({ resources: [attached('memstore_none')] }, g),
  },
  ...upTo('instructions of an attached store', 4_096, (n, g) =>
    session({ resources: [attached(g.stores[0], { instructions: 'x'.repeat(n) })] }, g),
  ),
  ...upTo('initial events', 50, (n, g) => session({ initial_events: times(n, says) }, g)),
  ...upTo('vaults', 100, (n, g) => session({ vault_ids: times(n, (at) => `vlt_${at}`) }, g)),
  ...atLeast('events of a request', 1, (n, g) => events(g, times(n, says))),
  ...upTo('events of a request', 1_000, (n, g) => events(g, times(n, says))),
  ...atLeast('blocks of a message', 1, (n, g) =>
    events(g, [{ type: 'user.message', content: times(n, () => ({ type: 'text', text: 'x' })) }]),
  ),
  {
    what: 'an event of an agent from a client',
    status: 400,
    ask: (g) => events(g, [{ type: 'agent.message', content: [{ type: 'text', text: 'x' }] }]),
  },
]

const searches: readonly Cell[] = [
  ...upTo('words of a search', 1_000, (n, g) =>
    post(`/v1/reverie/memory_stores/${g.store}/search`, { query: '🙂'.repeat(n) }),
  ),
]

/** Lists of at most a hundred items. */
const LISTS: Readonly<Record<string, (ground: Ground) => string>> = {
  stores: () => '/v1/memory_stores',
  memories: (g) => `/v1/memory_stores/${g.store}/memories`,
  versions: (g) => `/v1/memory_stores/${g.store}/memory_versions`,
  sessions: () => '/v1/sessions',
  agents: () => '/v1/agents',
  environments: () => '/v1/environments',
  dreams: () => '/v1/dreams',
  schedules: () => '/v1/reverie/schedules',
  'collective dreams': () => '/v1/reverie/collective_dreams',
}

const limits: readonly Cell[] = Object.entries(LISTS).flatMap(([what, list]) =>
  ([0, 1, 100, 101] as const).map((n) => ({
    what: `a page of ${n} ${what}`,
    status: n === 0 || n === 101 ? 400 : 200,
    itemsMax: n,
    ask: (g: Ground) => get(`${list(g)}?limit=${n}`),
  })),
)

const memories = (g: Ground, query: string): Asked => get(`${LISTS.memories?.(g)}?${query}`)

const lists: readonly Cell[] = [
  ...limits,
  ...upTo('a page of events', 1_000, (n, g) =>
    get(`/v1/sessions/${g.sessions[0]}/events?limit=${n}`),
  ),
  {
    what: 'a page with contents',
    status: 200,
    itemsMax: 20,
    ask: (g) => memories(g, 'view=full&limit=100'),
  },
  ...[-1, 0, 1, 2].map((n) => ({
    what: `depth: ${n}`,
    status: n === 0 || n === 1 ? 200 : 400,
    ask: (g: Ground) => memories(g, `depth=${n}`),
  })),
  {
    what: 'a prefix without a slash at its end',
    status: 400,
    ask: (g) => memories(g, 'path_prefix=/a'),
  },
  {
    what: 'a prefix without a slash at its start',
    status: 400,
    ask: (g) => memories(g, 'path_prefix=a/'),
  },
  { what: 'a prefix', status: 200, ask: (g) => memories(g, 'path_prefix=/a/') },
  { what: 'a cursor of its list', status: 200, ask: (g) => get(`/v1/sessions?page=${g.cursor}`) },
  { what: 'a cursor of another list', status: 400, ask: (g) => get(`/v1/agents?page=${g.cursor}`) },
  {
    what: 'a cursor of another order',
    status: 400,
    ask: (g) => get(`/v1/sessions?order=asc&page=${g.cursor}`),
  },
  ...[8_192, 8_193].map((n) => ({
    what: `a cursor of ${n} characters`,
    status: 400,
    tells: { message: expect.stringContaining(n > 8_192 ? 'Too big' : 'not a cursor') },
    ask: () => get(`/v1/sessions?page=${'p'.repeat(n)}`),
  })),
  {
    what: 'a time without a zone',
    status: 400,
    ask: () => get('/v1/dreams?created_at[gt]=2026-11-22T10:00:00'),
  },
]

export const FIELD_CELLS: readonly Cell[] = [
  ...stores,
  ...agents,
  ...upTo('name of an environment', 256, (n, g) => environment({ name: 'x'.repeat(n) }, g)),
  ...metadataOf('a store', store),
  ...metadataOf('an agent', agent),
  ...metadataOf('a session', session),
  ...metadataOf('an environment', environment),
  ...sessions,
  ...searches,
  ...lists,
]
