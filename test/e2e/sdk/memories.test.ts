import { createHash } from 'node:crypto'
import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { all, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

type Client = Anthropic

const INVALID = { status: 400, type: 'invalid_request_error' }
const STALE = { status: 409, type: 'memory_precondition_failed_error' }

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** An empty store and short calls for it. */
async function anEmptyStore(client: Client) {
  const { memories, memoryVersions } = client.beta.memoryStores
  const { id } = await client.beta.memoryStores.create({ name: 'memories' })
  type Update = Parameters<typeof memories.update>[1]
  return {
    create: (path: string, content = 'text', view: 'basic' | 'full' = 'basic') =>
      memories.create(id, { path, content, view }),
    update: (memoryId: string, change: Omit<Update, 'memory_store_id'>) =>
      memories.update(memoryId, { memory_store_id: id, ...change }),
    retrieve: (memoryId: string, view?: 'basic' | 'full') =>
      memories.retrieve(memoryId, { memory_store_id: id, ...(view === undefined ? {} : { view }) }),
    remove: (memoryId: string, expected_content_sha256?: string) =>
      memories.delete(memoryId, {
        memory_store_id: id,
        ...(expected_content_sha256 === undefined ? {} : { expected_content_sha256 }),
      }),
    list: (query: Parameters<typeof memories.list>[1] = {}) => memories.list(id, query),
    versions: async () => all(memoryVersions.list(id)),
  }
}

requirement('memories.create', async ({ client }) => {
  const store = await anEmptyStore(client)
  const memory = await store.create('/notes/a.md', 'Ä\n')

  expect(memory).toEqual({
    id: expect.stringMatching(/^mem_/),
    type: 'memory',
    memory_store_id: expect.stringMatching(/^memstore_/),
    memory_version_id: expect.stringMatching(/^memver_/),
    path: '/notes/a.md',
    content: null,
    content_sha256: sha256('Ä\n'),
    content_size_bytes: 3,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  })
})

requirement('memories.create.full-view', async ({ client }) => {
  const store = await anEmptyStore(client)

  expect((await store.create('/a', 'words', 'full')).content).toBe('words')
})

requirement('memories.sha256', async ({ client }) => {
  const store = await anEmptyStore(client)
  for (const [n, content] of ['a\r\nb', 'e\u0301', '🧠', ' \n', '\u0000'].entries()) {
    const memory = await store.create(`/${n}`, content, 'full')

    expect(memory.content_sha256).toBe(sha256(content))
    expect((await store.retrieve(memory.id)).content).toBe(content)
  }
})

requirement('memories.content-bounds', async ({ client }) => {
  const store = await anEmptyStore(client)

  expect((await store.create('/most', 'x'.repeat(102_400))).content_size_bytes).toBe(102_400)
  expect(await failureOf(store.create('/more', 'x'.repeat(102_401)))).toMatchObject(INVALID)
  expect(await failureOf(store.create('/umlauts', 'ä'.repeat(51_201)))).toMatchObject(INVALID)
  expect((await store.create('/none', '')).content_size_bytes).toBe(0)
})

requirement('memories.path-rules', async ({ client }) => {
  const store = await anEmptyStore(client)
  const wrong = ['', 'a', '/', '/a/', '//a', '/a//b', '/./a', '/a/..', '/a\u0000', '/a\u200b']
  for (const path of [...wrong, '/a\u2028', '/e\u0301', '/a\n']) {
    expect(await failureOf(store.create(path)), JSON.stringify(path)).toMatchObject(INVALID)
  }
  expect((await store.create('/Case')).id).not.toBe((await store.create('/case')).id)
})

requirement('memories.path-bounds', async ({ client }) => {
  const store = await anEmptyStore(client)
  const deep = (n: number) => '/d'.repeat(n)

  expect((await store.create(deep(20))).path).toBe(deep(20))
  expect(await failureOf(store.create(`/x${deep(20)}`))).toMatchObject(INVALID)
  expect((await store.create(`/${'p'.repeat(1_023)}`)).path).toHaveLength(1_024)
  expect(await failureOf(store.create(`/${'p'.repeat(1_024)}`))).toMatchObject(INVALID)
})

requirement('memories.path-conflict', async ({ client }) => {
  const store = await anEmptyStore(client)
  const memory = await store.create('/notes/todo.md')
  for (const path of ['/notes/todo.md', '/notes', '/notes/todo.md/x']) {
    const failure = await failureOf(store.create(path))

    expect(failure).toMatchObject({ status: 409, type: 'memory_path_conflict_error' })
    expect(failure.body).toMatchObject({
      error: { conflicting_path: '/notes/todo.md', conflicting_memory_id: memory.id },
    })
  }
  expect((await store.create('/notes/other.md')).path).toBe('/notes/other.md')
  expect((await store.create('/notes.md')).path).toBe('/notes.md')
})

requirement('memories.retrieve.full-by-default', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a', 'words')

  expect((await store.retrieve(id)).content).toBe('words')
  expect((await store.retrieve(id, 'basic')).content).toBeNull()
})

requirement('memories.update.content', async ({ client }) => {
  const store = await anEmptyStore(client)
  const memory = await store.create('/a', 'old')
  const updated = await store.update(memory.id, { content: 'new' })

  expect(updated.id).toBe(memory.id)
  expect(updated.memory_version_id).not.toBe(memory.memory_version_id)
  expect((await store.retrieve(memory.id)).content).toBe('new')
})

requirement('memories.update.rename', async ({ client }) => {
  const store = await anEmptyStore(client)
  const memory = await store.create('/a')
  const renamed = await store.update(memory.id, { path: '/b/c' })
  const taken = await store.create('/taken')

  expect(renamed).toMatchObject({ id: memory.id, path: '/b/c' })
  expect((await store.versions())[1]).toMatchObject({ operation: 'modified', path: '/b/c' })
  const clash = store.update(taken.id, { path: '/b' })
  expect(await failureOf(clash)).toMatchObject({ status: 409, type: 'memory_path_conflict_error' })
})

requirement('memories.update.needs-something', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a')

  expect(await failureOf(store.update(id, {}))).toMatchObject(INVALID)
})

requirement('memories.update.no-op', async ({ client }) => {
  const store = await anEmptyStore(client)
  const memory = await store.create('/a', 'same')
  const again = await store.update(memory.id, { content: 'same', path: '/a' })

  expect(again.memory_version_id).toBe(memory.memory_version_id)
  expect(await store.versions()).toHaveLength(1)
})

const precondition = (of: string) =>
  ({ type: 'content_sha256', content_sha256: sha256(of) }) as const

requirement('memories.update.precondition', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a', 'old')
  const stale = store.update(id, { content: 'new', precondition: precondition('other') })

  expect(await failureOf(stale)).toMatchObject(STALE)
  const fresh = await store.update(id, { content: 'new', precondition: precondition('old') })
  expect(fresh.content_sha256).toBe(sha256('new'))
})

requirement('memories.update.satisfied-precondition', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a', 'wanted')
  const again = await store.update(id, { content: 'wanted', precondition: precondition('other') })

  expect(again.content_sha256).toBe(sha256('wanted'))
})

requirement('memories.delete', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a', 'text')

  expect(await store.remove(id)).toEqual({ id, type: 'memory_deleted' })
  expect(await failureOf(store.retrieve(id))).toMatchObject({ status: 404 })
  expect((await store.versions()).map(({ operation }) => operation)).toEqual(['deleted', 'created'])
})

requirement('memories.delete.expected-hash', async ({ client }) => {
  const store = await anEmptyStore(client)
  const { id } = await store.create('/a', 'text')

  expect(await failureOf(store.remove(id, sha256('other')))).toMatchObject(STALE)
  expect((await store.remove(id, sha256('text'))).type).toBe('memory_deleted')
})

requirement('memories.list.prefix', async ({ client }) => {
  const store = await anEmptyStore(client)
  for (const path of ['/notes/x', '/notes-archive/x', '/notes2']) await store.create(path)
  const paths = (await store.list({ path_prefix: '/notes/' })).data.map(({ path }) => path)

  expect(paths).toEqual(['/notes/x'])
  expect(await failureOf(Promise.resolve(store.list({ path_prefix: '/notes' })))).toMatchObject(
    INVALID,
  )
})

requirement('memories.list.depth', async ({ client }) => {
  const store = await anEmptyStore(client)
  for (const path of ['/a.md', '/p/foo/x', '/p/foo/y', '/p/z', '/q/r']) await store.create(path)
  const shown = async (query: Parameters<typeof store.list>[0]) =>
    (await all(store.list({ limit: 1, ...query }))).map(({ type, path }) => `${type} ${path}`)

  expect(await shown({ depth: 1 })).toEqual([
    'memory /a.md',
    'memory_prefix /p/',
    'memory_prefix /q/',
  ])
  expect(await shown({ depth: 1, path_prefix: '/p/' })).toEqual([
    'memory_prefix /p/foo/',
    'memory /p/z',
  ])
  expect(await shown({ depth: 0 })).toHaveLength(5)
  expect(await failureOf(Promise.resolve(store.list({ depth: 2 })))).toMatchObject(INVALID)
})

requirement('memories.list.full-view-20', async ({ client }) => {
  const store = await anEmptyStore(client)
  for (let n = 0; n < 21; n += 1) await store.create(`/m${n}`, `text ${n}`)

  const full = await store.list({ view: 'full', limit: 100 })
  expect(full.data).toHaveLength(20)
  expect(full.next_page).not.toBeNull()
  expect((await store.list({ limit: 100 })).data).toHaveLength(21)
})

onEveryClient()
