import { expect } from 'vitest'
import { all, aStore, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

const INVALID = { status: 400, type: 'invalid_request_error' }

requirement('stores.create', async ({ client }) => {
  const plain = await client.beta.memoryStores.create({ name: 'plain' })
  const full = await client.beta.memoryStores.create({
    name: 'full',
    description: 'all of it',
    metadata: { team: 'shop' },
  })

  expect(plain).toEqual({
    id: expect.stringMatching(/^memstore_/),
    type: 'memory_store',
    name: 'plain',
    description: '',
    metadata: {},
    created_at: expect.any(String),
    updated_at: plain.created_at,
    archived_at: null,
  })
  expect(full).toMatchObject({ description: 'all of it', metadata: { team: 'shop' } })
})

requirement('stores.name-bounds', async ({ client }) => {
  const create = (name: string) => client.beta.memoryStores.create({ name })

  for (const wrong of ['', 'n'.repeat(256), 'a\u0000b', 'a\nb']) {
    expect(await failureOf(create(wrong))).toMatchObject(INVALID)
  }
  expect((await create('n'.repeat(255))).name).toHaveLength(255)
  expect((await create('same')).id).not.toBe((await create('same')).id)
})

requirement('stores.description-bounds', async ({ client }) => {
  const create = (length: number) =>
    client.beta.memoryStores.create({ name: 'x', description: 'd'.repeat(length) })

  expect((await create(1_024)).description).toHaveLength(1_024)
  expect(await failureOf(create(1_025))).toMatchObject(INVALID)
})

requirement('stores.metadata-bounds', async ({ client }) => {
  const pairs = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, k) => [`k${k}`, 'v']))
  const create = (metadata: Record<string, string>) =>
    client.beta.memoryStores.create({ name: 'x', metadata })

  for (const wrong of [pairs(17), { '': 'v' }, { ['k'.repeat(65)]: 'v' }, { k: 'v'.repeat(513) }]) {
    expect(await failureOf(create(wrong))).toMatchObject(INVALID)
  }
  expect((await create(pairs(16))).metadata).toEqual(pairs(16))
  const widest = { ['k'.repeat(64)]: 'v'.repeat(512) }
  expect((await create(widest)).metadata).toEqual(widest)
})

requirement('stores.retrieve', async ({ client }) => {
  const store = await client.beta.memoryStores.create({ name: 'x' })

  expect(await client.beta.memoryStores.retrieve(store.id)).toEqual(store)
})

requirement('stores.list', async ({ client }) => {
  const first = await client.beta.memoryStores.create({ name: 'first' })
  const second = await client.beta.memoryStores.create({ name: 'second' })
  await client.beta.memoryStores.archive(first.id)
  const ids = async (query: Parameters<typeof client.beta.memoryStores.list>[0]) =>
    (await all(client.beta.memoryStores.list(query))).map(({ id }) => id)

  expect((await ids({})).at(0)).toBe(second.id)
  expect(await ids({})).not.toContain(first.id)
  expect((await ids({ include_archived: true })).slice(0, 2)).toEqual([second.id, first.id])
  expect(await ids({ 'created_at[gte]': second.created_at })).toContain(second.id)
  expect(await ids({ 'created_at[lte]': second.created_at })).toContain(second.id)
})

requirement('stores.update', async ({ client }) => {
  const store = await client.beta.memoryStores.create({ name: 'x', metadata: { a: '1', b: '2' } })
  const updated = await client.beta.memoryStores.update(store.id, {
    name: 'y',
    description: 'new',
    metadata: { a: null, c: '3' },
  })

  expect(updated).toMatchObject({ name: 'y', description: 'new', metadata: { b: '2', c: '3' } })
  expect(updated.metadata).toEqual({ b: '2', c: '3' })
})

requirement('stores.update.description-cleared', async ({ client }) => {
  for (const description of [null, '']) {
    const store = await client.beta.memoryStores.create({ name: 'x', description: 'old' })
    const updated = await client.beta.memoryStores.update(store.id, { description })

    expect(updated.description).toBe('')
  }
})

requirement('stores.updated-at', async ({ client }) => {
  const store = await client.beta.memoryStores.create({ name: 'x' })
  await client.beta.memoryStores.memories.create(store.id, { path: '/a.md', content: 'a' })
  expect((await client.beta.memoryStores.retrieve(store.id)).updated_at).toBe(store.updated_at)

  await new Promise((resolve) => setTimeout(resolve, 2))
  const updated = await client.beta.memoryStores.update(store.id, { name: 'y' })
  expect(updated.updated_at > (store.updated_at ?? '')).toBe(true)
})

requirement('stores.archive', async ({ client }) => {
  const store = await aStore(client)
  const archived = await client.beta.memoryStores.archive(store.id)
  const { memories } = client.beta.memoryStores
  const [memory] = (await memories.list(store.id)).data
  if (memory?.type !== 'memory') throw new Error('There is no memory to change.')

  expect(archived.archived_at).not.toBeNull()
  expect(await client.beta.memoryStores.archive(store.id)).toEqual(archived)
  expect(await failureOf(memories.create(store.id, { path: '/b', content: '' }))).toMatchObject(
    INVALID,
  )
  const update = memories.update(memory.id, { memory_store_id: store.id, content: 'x' })
  expect(await failureOf(update)).toMatchObject(INVALID)
  expect(await failureOf(client.beta.memoryStores.update(store.id, { name: 'y' }))).toMatchObject(
    INVALID,
  )
})

requirement('stores.archive.deletes-allowed', async ({ client }) => {
  const store = await aStore(client)
  await client.beta.memoryStores.archive(store.id)
  const [memory] = (await client.beta.memoryStores.memories.list(store.id)).data
  if (memory?.type !== 'memory') throw new Error('There is no memory to delete.')
  const { memories } = client.beta.memoryStores

  expect(await memories.delete(memory.id, { memory_store_id: store.id })).toMatchObject({
    type: 'memory_deleted',
  })
})

requirement('stores.delete', async ({ client }) => {
  const store = await aStore(client)
  const [version] = (await client.beta.memoryStores.memoryVersions.list(store.id)).data

  expect(await client.beta.memoryStores.delete(store.id)).toEqual({
    id: store.id,
    type: 'memory_store_deleted',
  })
  const gone = { status: 404, type: 'not_found_error' }
  expect(await failureOf(client.beta.memoryStores.retrieve(store.id))).toMatchObject(gone)
  const look = client.beta.memoryStores.memoryVersions.retrieve(version?.id ?? '', {
    memory_store_id: store.id,
  })
  expect(await failureOf(look)).toMatchObject(gone)
})

onEveryClient()
