import { type Asked, type Ground, get, post, times } from './cell.ts'

type Ask = (asked: Asked) => Promise<Readonly<Record<string, unknown>>>

/** As many as a store may hold in these tests. */
const MEMORIES_MAX = 120

/** Makes everything that the cells ask about. */
export async function groundOf(ask: Ask): Promise<Ground> {
  const idOf = async (asked: Asked): Promise<string> => String((await ask(asked)).id)
  const aStore = (name: string): Promise<string> => idOf(post('/v1/memory_stores', { name }))
  const agent = await idOf(post('/v1/agents', { name: 'coder', model: 'embedded' }))
  const environment = await idOf(post('/v1/environments', { name: 'laptop' }))
  const stores: string[] = []
  for (const n of times(9, (at) => at)) stores.push(await aStore(`store ${n}`))
  const teamStores: string[] = []
  for (const n of times(21, (at) => at)) {
    const metadata = { audience: 'team:limits' }
    teamStores.push(await idOf(post('/v1/memory_stores', { name: `team ${n}`, metadata })))
  }
  const sessions: string[] = []
  for (const _ of times(101, (at) => at)) {
    sessions.push(await idOf(post('/v1/sessions', { agent, environment_id: environment })))
  }
  const [tree, full, archived] = [await aStore('tree'), await aStore('full'), await aStore('old')]
  const memoryIn = (id: string, path: string): Promise<string> =>
    idOf(post(`/v1/memory_stores/${id}/memories`, { path, content: path }))
  for (const path of ['/tree/a/b', '/tree/other']) await memoryIn(tree, path)
  const fullMemory = await memoryIn(full, '/first')
  for (const n of times(MEMORIES_MAX - 1, (at) => at)) await memoryIn(full, `/full/${n}`)
  const archivedMemory = await memoryIn(archived, '/a')
  await ask(post(`/v1/memory_stores/${archived}/archive`))
  const page = await ask(get('/v1/sessions?limit=5'))
  return {
    ...{
      agent,
      environment,
      stores,
      teamStores,
      sessions,
      tree,
      full,
      fullMemory,
      archived,
      archivedMemory,
    },
    ...(await twoVersions(ask, await aStore('cells'))),
    cursor: String(page.next_page),
  }
}

type OfMemory = Pick<Ground, 'store' | 'memory' | 'memorySha' | 'oldVersion' | 'headVersion'>

async function twoVersions(ask: Ask, store: string): Promise<OfMemory> {
  const list = `/v1/memory_stores/${store}/memories`
  const first = await ask(post(list, { path: '/kept/note', content: 'one' }))
  const second = await ask(post(`${list}/${first.id}`, { content: 'two' }))
  return {
    store,
    memory: String(first.id),
    memorySha: String(second.content_sha256),
    oldVersion: String(first.memory_version_id),
    headVersion: String(second.memory_version_id),
  }
}
