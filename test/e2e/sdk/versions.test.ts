import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { aDream, all, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

type Client = Anthropic

/** A memory that was created, modified and deleted, beside one that still stands. */
async function aHistory(client: Client) {
  const { memories, memoryVersions } = client.beta.memoryStores
  const { id } = await client.beta.memoryStores.create({ name: 'versions' })
  const inStore = { memory_store_id: id }
  const memory = await memories.create(id, { path: '/a', content: 'one' })
  await memories.update(memory.id, { ...inStore, content: 'two' })
  await memories.delete(memory.id, inStore)
  const other = await memories.create(id, { path: '/b', content: 'b' })
  const list = (query: Parameters<typeof memoryVersions.list>[1] = {}) =>
    all(memoryVersions.list(id, { limit: 2, ...query }))
  return { id, inStore, memory, other, list, memoryVersions }
}

requirement('versions.list.newest-first', async ({ client }) => {
  const { list } = await aHistory(client)

  expect((await list()).map(({ operation, path }) => `${operation} ${path}`)).toEqual([
    'created /b',
    'deleted /a',
    'modified /a',
    'created /a',
  ])
})

requirement('versions.list.filters', async ({ client }) => {
  const { list, memory, other } = await aHistory(client)
  const [, , modified] = await list()
  const at = modified?.created_at ?? ''

  expect(await list({ memory_id: memory.id })).toHaveLength(3)
  expect(await list({ memory_id: other.id })).toHaveLength(1)
  expect(await list({ operation: 'modified' })).toMatchObject([{ id: modified?.id }])
  expect(await list({ session_id: 'sesn_none' })).toEqual([])
  expect(await list({ api_key_id: 'key_none' })).toEqual([])
  expect((await list({ 'created_at[gte]': at })).map(({ id }) => id)).toContain(modified?.id)
  expect((await list({ 'created_at[lte]': at })).map(({ id }) => id)).toContain(modified?.id)
})

requirement('versions.retrieve', async ({ client }) => {
  const { list, inStore, memoryVersions } = await aHistory(client)
  const [, deleted, modified] = await list()

  expect(modified?.content ?? null).toBeNull()
  const full = await memoryVersions.retrieve(modified?.id ?? '', inStore)
  expect(full).toMatchObject({ type: 'memory_version', content: 'two', content_size_bytes: 3 })
  expect(await memoryVersions.retrieve(deleted?.id ?? '', inStore)).toMatchObject({
    content: null,
    content_sha256: null,
    content_size_bytes: null,
    path: '/a',
  })
})

requirement('versions.actor', async ({ client }) => {
  const { list } = await aHistory(client)
  const { dream } = await aDream(client)
  const output = dream.outputs[0]?.memory_store_id ?? ''
  const [ofDream] = (await client.beta.memoryStores.memoryVersions.list(output)).data
  const [ofCaller] = await list()

  expect(ofCaller?.created_by?.type).toMatch(/^(?:api|user)_actor$/)
  expect(ofDream?.created_by).toEqual({ type: 'session_actor', session_id: dream.session_id })
})

requirement('versions.redact', async ({ client }) => {
  const { list, inStore, memoryVersions } = await aHistory(client)
  const [, , modified] = await list()
  const redacted = await memoryVersions.redact(modified?.id ?? '', inStore)

  expect(redacted).toMatchObject({
    id: modified?.id,
    content: null,
    path: null,
    content_sha256: null,
    content_size_bytes: null,
    redacted_at: expect.any(String),
    redacted_by: expect.anything(),
  })
  expect(await memoryVersions.redact(modified?.id ?? '', inStore)).toEqual(redacted)
  expect(await list()).toHaveLength(4)
})

requirement('versions.redact.head-400', async ({ client }) => {
  const { other, inStore, memoryVersions } = await aHistory(client)
  const call = memoryVersions.redact(other.memory_version_id, inStore)

  expect(await failureOf(call)).toMatchObject({ status: 400, type: 'invalid_request_error' })
})

onEveryClient()
