import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../core/ids.ts'
import {
  allPages,
  MEMORIES_MAX,
  openWireWorld,
  type Reply,
  type WireWorld,
} from '../test-support/wire-world.test-support.ts'
import { memoryRoutes } from './memories.ts'
import { memoryStoreRoutes } from './memory-stores.ts'

interface Store extends WireWorld {
  readonly list: string
  write(path: string, content?: string): Promise<Reply>
}

async function openStore(): Promise<Store> {
  const world = await openWireWorld([memoryStoreRoutes, memoryRoutes])
  const { body } = await world.post('/v1/memory_stores', { name: 'Notes' })
  const list = `/v1/memory_stores/${body.id}/memories`
  const write: Store['write'] = (path, content = 'text') => world.post(list, { path, content })
  return { ...world, list, write }
}

const STALE = '0'.repeat(64)
const precondition = (content_sha256: string) => ({ type: 'content_sha256', content_sha256 })

describe('making a memory', () => {
  it('answers all ten keys, the content in the full view alone', async () => {
    const store = await openStore()
    const { body } = await store.write('/a/b.md', 'grüße')
    expect(body).toEqual({
      id: expect.stringMatching(/^mem_/),
      type: 'memory',
      memory_store_id: store.list.split('/')[3],
      memory_version_id: expect.stringMatching(/^memver_/),
      path: '/a/b.md',
      content: null,
      content_sha256: sha256('grüße'),
      content_size_bytes: 7,
      created_at: expect.stringMatching(/Z$/),
      updated_at: body.created_at,
    })
    const full = await store.post(store.list, { path: '/c', content: '' }, { view: 'full' })
    expect(full.body.content).toBe('')
  })

  it('hashes the raw bytes of any text and gives it back as it was', async () => {
    const store = await openStore()
    const made = await store.write('/a', 'nothing yet')
    const path = `${store.list}/${made.body.id}`
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const changed = await store.post(path, { content })
        const { body } = await store.get(path)
        const size = Buffer.byteLength(content, 'utf8')
        expect(body).toMatchObject({ content, content_sha256: sha256(content) })
        expect(changed.body).toEqual({ ...body, content: null, content_size_bytes: size })
      }),
      { examples: [['a\r\nb'], ['e\u0301'], ['👩‍👩‍👧']] },
    )
  })

  it.each([
    ['102,400 bytes', 'a'.repeat(102_400), 200],
    ['102,401 bytes', 'a'.repeat(102_401), 400],
    ['102,400 bytes of two each', 'é'.repeat(51_200), 200],
    ['102,402 bytes of two each', 'é'.repeat(51_201), 400],
    ['null', null, 400],
    ['half a pair', '\ud800', 400],
  ])('a content of %s', async (_what, content, status) => {
    const store = await openStore()
    expect((await store.post(store.list, { path: '/a', content })).status).toBe(status)
  })

  it.each([
    ['/', 400],
    ['a', 400],
    ['', 400],
    ['/a/', 400],
    ['/a//b', 400],
    ['/a/./b', 400],
    ['/a/../b', 400],
    ['/a\u0000', 400],
    ['/a\u200bb', 400],
    ['/a\u2028b', 400],
    ['/e\u0301', 400],
    ['/é', 200],
    ['/ ', 200],
    ['/.hidden', 200],
    [`/${'s/'.repeat(19)}s`, 200],
    [`/${'s/'.repeat(20)}s`, 400],
    [`/${'a'.repeat(1_023)}`, 200],
    [`/${'a'.repeat(1_024)}`, 400],
    [`/${'é'.repeat(511)}a`, 200],
    [`/${'é'.repeat(512)}`, 400],
  ])('the path %j answers %i', async (path, status) => {
    expect((await (await openStore()).write(path)).status).toBe(status)
  })

  it.each([
    ['/notes', '/notes'],
    ['/notes', '/notes/todo.md'],
    ['/notes/todo.md', '/notes'],
  ])(
    'with %s there, %s is a conflict that names it and is not asked for again',
    async (there, path) => {
      const store = await openStore()
      const made = await store.write(there)
      const { status, headers, error } = await store.write(path)
      expect(status).toBe(409)
      expect(headers.get('x-should-retry')).toBe('false')
      expect(error).toMatchObject({
        type: 'memory_path_conflict_error',
        conflicting_path: there,
        conflicting_memory_id: made.body.id,
      })
    },
  )

  it('paths differ by case, and neighbours do not overlap', async () => {
    const store = await openStore()
    for (const path of ['/notes', '/Notes', '/notes-archive/x']) {
      expect((await store.write(path)).status).toBe(200)
    }
  })
})

describe('changing a memory', () => {
  it('new content makes a version, the same makes none, and the id stays', async () => {
    const store = await openStore()
    const made = await store.write('/a', 'one')
    const path = `${store.list}/${made.body.id}`
    const changed = await store.post(path, { content: 'two' }, { view: 'full' })
    expect(changed.body).toMatchObject({ id: made.body.id, content: 'two', path: '/a' })
    expect(changed.body.memory_version_id).not.toBe(made.body.memory_version_id)
    const again = await store.post(path, { content: 'two', path: '/a' }, { view: 'full' })
    expect(again.body).toEqual(changed.body)
  })

  it('a new path keeps the id and the content; null leaves a field as it is', async () => {
    const store = await openStore()
    const made = await store.write('/a', 'one')
    const path = `${store.list}/${made.body.id}`
    const { body } = await store.post(path, { path: '/b', content: null }, { view: 'full' })
    expect(body).toMatchObject({ id: made.body.id, path: '/b', content: 'one' })
    await store.write('/c')
    expect((await store.post(path, { path: '/c' })).error.conflicting_path).toBe('/c')
  })

  it.each([
    ['nothing', {}],
    ['nulls alone', { content: null, path: null }],
    ['a precondition alone', { precondition: precondition(STALE) }],
    ['a hash in upper case', { content: 'x', precondition: precondition('A'.repeat(64)) }],
    ['a hash of 63', { content: 'x', precondition: precondition('0'.repeat(63)) }],
    ['a precondition of another type', { content: 'x', precondition: { type: 'etag' } }],
    ['an unknown key', { content: 'x', force: true }],
  ])('%s answers 400', async (_what, body) => {
    const store = await openStore()
    const made = await store.write('/a')
    expect((await store.post(`${store.list}/${made.body.id}`, body)).status).toBe(400)
  })

  it('a stale hash is refused and tells nothing of the present state', async () => {
    const store = await openStore()
    const made = await store.write('/a', 'one')
    const path = `${store.list}/${made.body.id}`
    const reply = await store.post(path, { content: 'two', precondition: precondition(STALE) })
    expect(reply.status).toBe(409)
    expect(reply.headers.get('x-should-retry')).toBe('false')
    expect(Object.keys(reply.error).sort()).toEqual(['message', 'type'])
    expect(reply.error.type).toBe('memory_precondition_failed_error')
    const wanted = { content: 'one', path: '/a', precondition: precondition(STALE) }
    expect((await store.post(path, wanted)).status).toBe(200)
    const fresh = { content: 'two', precondition: precondition(sha256('one')) }
    expect((await store.post(path, fresh)).status).toBe(200)
  })
})

describe('deleting a memory', () => {
  it('needs the hash it was given, if any', async () => {
    const store = await openStore()
    const made = await store.write('/a', 'one')
    const path = `${store.list}/${made.body.id}`
    const stale = await store.remove(path, { expected_content_sha256: STALE })
    expect(stale.error.type).toBe('memory_precondition_failed_error')
    expect((await store.remove(path, { expected_content_sha256: 'x' })).status).toBe(400)
    const gone = await store.remove(path, { expected_content_sha256: sha256('one') })
    expect(gone.body).toEqual({ id: made.body.id, type: 'memory_deleted' })
    expect((await store.remove(path)).status).toBe(404)
    expect((await store.get(path)).status).toBe(404)
  })
})

describe('reading a memory', () => {
  it('shows the content unless the basic view is asked for, in its own store alone', async () => {
    const store = await openStore()
    const { body } = await store.write('/a', 'one')
    const path = `${store.list}/${body.id}`
    expect((await store.get(path)).body.content).toBe('one')
    expect((await store.get(path, { view: 'basic' })).body.content).toBeNull()
    expect((await store.get(path, { view: 'whole' })).status).toBe(400)
    const other = await store.post('/v1/memory_stores', { name: 'Other' })
    const elsewhere = `/v1/memory_stores/${other.body.id}/memories/${body.id}`
    expect((await store.get(elsewhere)).error.type).toBe('not_found_error')
  })
})

describe('listing memories', () => {
  const PATHS = ['/a', '/notes-archive/x', '/notes/deep/one', '/notes/deep/two', '/notes/todo.md']

  async function filled(): Promise<Store> {
    const store = await openStore()
    for (const path of PATHS) await store.write(path)
    return store
  }

  const pathsOf = (items: readonly Readonly<Record<string, unknown>>[]) =>
    items.map(({ type, path }) => (type === 'memory_prefix' ? `${path} (folder)` : path))

  it('a prefix matches whole segments', async () => {
    const store = await filled()
    const { data } = await store.get(store.list, { path_prefix: '/notes/' })
    expect(pathsOf(data)).toEqual(['/notes/deep/one', '/notes/deep/two', '/notes/todo.md'])
    expect((await store.get(store.list, { path_prefix: '/nothing/' })).data).toEqual([])
    expect(pathsOf((await store.get(store.list)).data)).toEqual(PATHS)
  })

  it('depth 1 rolls up what lies deeper, each folder once over all pages', async () => {
    const store = await filled()
    const shallow = await store.get(store.list, { depth: '1' })
    expect(pathsOf(shallow.data)).toEqual(['/a', '/notes-archive/ (folder)', '/notes/ (folder)'])
    expect(shallow.data[1]).toEqual({ type: 'memory_prefix', path: '/notes-archive/' })
    const below = await store.get(store.list, { depth: '1', path_prefix: '/notes/' })
    expect(pathsOf(below.data)).toEqual(['/notes/deep/ (folder)', '/notes/todo.md'])
    const pages = await allPages(store, store.list, { depth: '1', limit: '1' })
    expect(pathsOf(pages.flat())).toEqual(pathsOf(shallow.data))
  })

  it.each([
    [{ path_prefix: '/notes' }, 400],
    [{ path_prefix: 'notes/' }, 400],
    [{ path_prefix: '' }, 400],
    [{ path_prefix: '/' }, 200],
    [{ path_prefix: '/a/../b/' }, 400],
    [{ depth: '0' }, 200],
    [{ depth: '2' }, 400],
    [{ depth: '-1' }, 400],
    [{ depth: 'all' }, 400],
    [{ view: 'FULL' }, 400],
    [{ limit: '101', view: 'full' }, 400],
    [{ order_by: 'path', order: 'desc' }, 200],
  ])('%j answers %i', async (query, status) => {
    const store = await openStore()
    expect((await store.get(store.list, query as Record<string, string>)).status).toBe(status)
  })

  it('the full view gives 20 a page at most and goes on from there', async () => {
    const store = await openStore()
    for (let at = 0; at < 45; at += 1)
      await store.write(`/m${String(at).padStart(2, '0')}`, `${at}`)
    const full = await allPages(store, store.list, { view: 'full', limit: '100' })
    expect(full.map((page) => page.length)).toEqual([20, 20, 5])
    expect(full.flat().map(({ content }) => content)).toEqual(
      Array.from({ length: 45 }, (_, at) => `${at}`),
    )
    const basic = await allPages(store, store.list, { limit: '100' })
    expect(basic.map((page) => page.length)).toEqual([45])
    expect(basic.flat().every(({ content }) => content === null)).toBe(true)
  })

  it('a cursor of another folder, depth or store is refused', async () => {
    const store = await filled()
    const page = String((await store.get(store.list, { limit: '1' })).body.next_page)
    for (const query of [{ depth: '1' }, { path_prefix: '/notes/' }]) {
      expect((await store.get(store.list, { ...query, page })).status).toBe(400)
    }
    const other = await store.post('/v1/memory_stores', { name: 'Other' })
    const elsewhere = `/v1/memory_stores/${other.body.id}/memories`
    expect((await store.get(elsewhere, { page })).status).toBe(400)
  })
})

it('at its limit a store takes no new memories, and edits go on', async () => {
  const store = await openStore()
  const first = await store.write('/m0')
  for (let at = 1; at < MEMORIES_MAX; at += 1) await store.write(`/m${at}`)
  expect((await store.write('/one-more')).error.type).toBe('invalid_request_error')
  expect((await store.post(`${store.list}/${first.body.id}`, { content: 'new' })).status).toBe(200)
})
