import { describe, expect, it } from 'vitest'
import { allPages, openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { memoryRoutes } from './memories.ts'
import { memoryStoreRoutes } from './memory-stores.ts'

const LIST = '/v1/memory_stores'

const open = (): Promise<WireWorld> => openWireWorld([memoryStoreRoutes, memoryRoutes])

async function storeIn(world: WireWorld, name = 'Notes'): Promise<string> {
  return String((await world.post(LIST, { name })).body.id)
}

const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'value']))

describe('making a memory store', () => {
  it('answers all eight keys, with an empty description and metadata where unset', async () => {
    const { status, body } = await (await open()).post(LIST, { name: 'Notes' }, { beta: 'true' })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^memstore_/),
      type: 'memory_store',
      name: 'Notes',
      description: '',
      metadata: {},
      created_at: expect.stringMatching(/Z$/),
      updated_at: body.created_at,
      archived_at: null,
    })
  })

  it.each([
    ['a name of 1', { name: 'a' }, 200],
    ['a name of 255', { name: 'a'.repeat(255) }, 200],
    ['a name of 256', { name: 'a'.repeat(256) }, 400],
    ['an empty name', { name: '' }, 400],
    ['a name with a line break', { name: 'a\nb' }, 400],
    ['a name of null', { name: null }, 400],
    ['no name', {}, 400],
    ['a description of 1,024', { name: 'a', description: 'd'.repeat(1_024) }, 200],
    ['a description of 1,025', { name: 'a', description: 'd'.repeat(1_025) }, 400],
    ['16 pairs', { name: 'a', metadata: pairs(16) }, 200],
    ['17 pairs', { name: 'a', metadata: pairs(17) }, 400],
    ['an empty key', { name: 'a', metadata: { '': 'v' } }, 400],
    ['a key of 64', { name: 'a', metadata: { ['k'.repeat(64)]: 'v' } }, 200],
    ['a key of 65', { name: 'a', metadata: { ['k'.repeat(65)]: 'v' } }, 400],
    ['a value of 512', { name: 'a', metadata: { k: 'v'.repeat(512) } }, 200],
    ['a value of 513', { name: 'a', metadata: { k: 'v'.repeat(513) } }, 400],
    ['a value of null', { name: 'a', metadata: { k: null } }, 400],
    ['an unknown key', { name: 'a', colour: 'red' }, 400],
  ])('%s: the bound is exact', async (_what, body, status) => {
    const reply = await (await open()).post(LIST, body)
    expect(reply.status).toBe(status)
    if (status === 400) expect(reply.error.type).toBe('invalid_request_error')
  })
})

describe('changing a memory store', () => {
  it('changes what is given, takes out keys that are null and moves the time', async () => {
    const world = await open()
    const made = await world.post(LIST, {
      name: 'a',
      description: 'd',
      metadata: { k: '1', l: '2' },
    })
    const path = `${LIST}/${made.body.id}`
    const { body } = await world.post(path, { name: 'b', metadata: { k: null, m: '3' } })
    expect(body).toMatchObject({ name: 'b', description: 'd', metadata: { l: '2', m: '3' } })
    expect(String(body.updated_at) > String(made.body.updated_at)).toBe(true)
    expect((await world.get(path)).body).toEqual(body)
  })

  it('a change that changes nothing leaves the time', async () => {
    const world = await open()
    const made = await world.post(LIST, { name: 'a', description: 'd', metadata: { k: '1' } })
    const path = `${LIST}/${made.body.id}`
    for (const same of [{}, { name: 'a', metadata: { k: '1', gone: null } }]) {
      expect((await world.post(path, same)).body).toEqual(made.body)
    }
  })

  it.each([[null], ['']])('a description of %j clears it', async (description) => {
    const world = await open()
    const made = await world.post(LIST, { name: 'a', description: 'd' })
    const { body } = await world.post(`${LIST}/${made.body.id}`, { description })
    expect(body.description).toBe('')
  })

  it('null leaves name and metadata as they are', async () => {
    const world = await open()
    const made = await world.post(LIST, { name: 'a', metadata: { k: '1' } })
    const { body } = await world.post(`${LIST}/${made.body.id}`, { name: null, metadata: null })
    expect(body).toMatchObject({ name: 'a', metadata: { k: '1' } })
  })

  it('a patch may not lead to more than 16 pairs', async () => {
    const world = await open()
    const made = await world.post(LIST, { name: 'a', metadata: pairs(16) })
    const path = `${LIST}/${made.body.id}`
    expect((await world.post(path, { metadata: { more: 'x' } })).status).toBe(400)
    expect((await world.post(path, { metadata: { key0: null, more: 'x' } })).status).toBe(200)
  })

  it('is not moved in time by its memories', async () => {
    const world = await open()
    const made = await world.post(LIST, { name: 'a' })
    const path = `${LIST}/${made.body.id}`
    await world.post(`${path}/memories`, { path: '/a', content: 'x' })
    expect((await world.get(path)).body.updated_at).toBe(made.body.updated_at)
  })
})

describe('archiving and deleting a memory store', () => {
  it('archives once: read-only, hidden, and its memories can still be deleted', async () => {
    const world = await open()
    const path = `${LIST}/${await storeIn(world)}`
    const memory = await world.post(`${path}/memories`, { path: '/a', content: 'x' })
    const archived = await world.post(`${path}/archive`)
    expect(archived.body.archived_at).toEqual(expect.any(String))
    expect((await world.post(`${path}/archive`)).body).toEqual(archived.body)
    expect((await world.post(path, { name: 'b' })).status).toBe(400)
    expect((await world.post(`${path}/memories`, { path: '/b', content: 'x' })).status).toBe(400)
    const one = `${path}/memories/${memory.body.id}`
    expect((await world.post(one, { content: 'y' })).status).toBe(400)
    expect((await world.get(one)).status).toBe(200)
    expect((await world.remove(one)).status).toBe(200)
    expect((await world.get(LIST)).data).toEqual([])
    expect((await world.get(LIST, { include_archived: 'true' })).data).toHaveLength(1)
  })

  it('deletes for good', async () => {
    const world = await open()
    const id = await storeIn(world)
    expect((await world.remove(`${LIST}/${id}`)).body).toEqual({ id, type: 'memory_store_deleted' })
    for (const reply of [
      await world.get(`${LIST}/${id}`),
      await world.remove(`${LIST}/${id}`),
      await world.get(`${LIST}/${id}/memories`),
    ]) {
      expect(reply.status).toBe(404)
      expect(reply.error.type).toBe('not_found_error')
      expect(reply.body.request_id).toBe(reply.headers.get('request-id'))
    }
  })
})

describe('listing memory stores', () => {
  it('gives every store once, newest first, also while others are made', async () => {
    const world = await open()
    const ids: string[] = []
    for (let at = 0; at < 7; at += 1) ids.unshift(await storeIn(world, `s${at}`))
    const first = await world.get(LIST, { limit: '3' })
    await storeIn(world, 'later')
    const page = String(first.body.next_page)
    const rest = await world.get(LIST, { limit: '100', page })
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids)
    expect(rest.body.next_page).toBeNull()
    expect(await allPages(world, LIST, { limit: '8' })).toHaveLength(1)
  })

  it('bounds of time include the bound, in any offset', async () => {
    const world = await open()
    const made: string[] = []
    for (let at = 0; at < 3; at += 1) {
      made.push(String((await world.post(LIST, { name: `s${at}` })).body.created_at))
    }
    const named = async (query: Record<string, string>): Promise<unknown> =>
      (await world.get(LIST, query)).data.map(({ name }) => name)
    expect(await named({ 'created_at[gte]': made[1] ?? '' })).toEqual(['s2', 's1'])
    expect(await named({ 'created_at[lte]': made[1] ?? '' })).toEqual(['s1', 's0'])
    const elsewhere = (made[1] ?? '').replace('T10:', 'T12:').replace('.000Z', '+02:00')
    expect(await named({ 'created_at[gte]': elsewhere, 'created_at[lte]': elsewhere })).toEqual([
      's1',
    ])
  })

  it.each([
    [{ limit: '0' }, 400],
    [{ limit: '1' }, 200],
    [{ limit: '100' }, 200],
    [{ limit: '101' }, 400],
    [{ limit: '1e1' }, 400],
    [{ limit: '' }, 400],
    [{ include_archived: 'true' }, 200],
    [{ include_archived: 'false' }, 200],
    [{ include_archived: '1' }, 400],
    [{ include_archived: 'TRUE' }, 400],
    [{ 'created_at[gte]': '2026-11-22' }, 400],
    [{ 'created_at[gte]': 'yesterday' }, 400],
    [{ page: 'page_nonsense' }, 400],
    [{ page: '' }, 200],
    [{ unknown: 'x', beta: 'true' }, 200],
  ])('%j answers %i', async (query, status) => {
    expect((await (await open()).get(LIST, query as Record<string, string>)).status).toBe(status)
  })
})
