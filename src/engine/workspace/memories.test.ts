import { describe, expect, test } from 'vitest'
import type { MemoryStoreId } from '../../core/ids.ts'
import {
  hashOf,
  KEY,
  MEMORIES_MAX,
  openWorkspace,
  PERSON,
  STORAGES,
  type TestWorkspace,
} from './workspace.test-support.ts'

const REFUSED = { type: 'invalid_request_error' }

async function storeIn(at: TestWorkspace): Promise<MemoryStoreId> {
  return (await at.stores.create({ name: 'notes' }, KEY)).id
}

describe.each(STORAGES)('memories, $name', ({ open }) => {
  test('a create never overwrites: the path of a memory, above and below it', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a/b', content: 'x' }, KEY)

    for (const path of ['/a/b', '/a', '/a/b/c']) {
      const again = at.memories.create(id, { path, content: 'x' }, KEY)
      await expect(again).rejects.toMatchObject({
        type: 'memory_path_conflict_error',
        details: { conflicting_path: '/a/b', conflicting_memory_id: memory.id },
      })
    }
    await at.memories.create(id, { path: '/a/bc', content: '' }, KEY)
    expect((await at.audited()).map(({ act }) => act)).toEqual([
      'store.created',
      'memory.created',
      'memory.created',
    ])
  })

  test('an update keeps the id, makes a version and keeps what units are', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const content = '- The port is 1.\n- The owner is Ada.\n'
    const memory = await at.memories.create(id, { path: '/a.md', content }, KEY)
    const before = await at.storage.units.list(id)

    const change = { content: '- The port is 2.\n- The owner is Ada.\n', path: '/b.md' }
    const updated = await at.memories.update(id, memory.id, change, PERSON)

    expect(updated).toMatchObject({ id: memory.id, path: '/b.md', content: change.content })
    const after = await at.storage.units.list(id)
    expect(after.map((unit) => unit.id)).toEqual(before.map((unit) => unit.id))
    expect(after.map(({ origin, trust }) => [origin, trust])).toEqual([
      ['person', 'user'],
      ['imported', 'note'],
    ])
    const { items } = await at.versions.page(id, { limit: 10 })
    expect(items.map(({ operation, path }) => [operation, path])).toEqual([
      ['modified', '/b.md'],
      ['created', '/a.md'],
    ])
  })

  test('an update to what is there already makes no version and no line', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a.md', content: 'x' }, KEY)
    const lines = await at.audited()

    for (const change of [{ content: 'x' }, { path: '/a.md' }, { content: 'x', path: '/a.md' }]) {
      const stale = { ...change, expectedSha256: hashOf('something else') }
      expect(await at.memories.update(id, memory.id, change, KEY)).toEqual(memory)
      expect(await at.memories.update(id, memory.id, stale, KEY)).toEqual(memory)
    }
    expect(await at.audited()).toEqual(lines)
  })

  test('a precondition is on the content, also where the path changes', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a.md', content: 'x' }, KEY)
    const failed = { type: 'memory_precondition_failed_error' }
    const expectedSha256 = hashOf('other')

    for (const change of [{ content: 'y' }, { path: '/b.md' }]) {
      const stale = at.memories.update(id, memory.id, { ...change, expectedSha256 }, KEY)
      await expect(stale).rejects.toMatchObject(failed)
    }
    await expect(at.memories.remove(id, memory.id, expectedSha256, KEY)).rejects.toMatchObject(
      failed,
    )
    expect(await at.memories.get(id, memory.id)).toEqual(memory)

    const fresh = { path: '/b.md', expectedSha256: hashOf('x') }
    expect(await at.memories.update(id, memory.id, fresh, KEY)).toMatchObject({ path: '/b.md' })
    await at.memories.remove(id, memory.id, hashOf('x'), KEY)
    await expect(at.memories.get(id, memory.id)).rejects.toMatchObject({ type: 'not_found_error' })
  })

  test('a rename onto another memory or its folder conflicts', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const one = await at.memories.create(id, { path: '/one', content: 'x' }, KEY)
    const two = await at.memories.create(id, { path: '/two', content: 'x' }, KEY)
    for (const path of ['/two', '/two/deeper']) {
      await expect(at.memories.update(id, one.id, { path }, KEY)).rejects.toMatchObject({
        type: 'memory_path_conflict_error',
        details: { conflicting_path: '/two', conflicting_memory_id: two.id },
      })
    }
    await at.memories.update(id, one.id, { path: '/one/deeper' }, KEY)
  })

  test('a full store takes edits and no new memory', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    for (let n = 1; n < MEMORIES_MAX; n += 1) {
      await at.memories.create(id, { path: `/${n}`, content: 'x' }, KEY)
    }
    const last = await at.memories.create(id, { path: '/last', content: 'x' }, KEY)
    const more = at.memories.create(id, { path: '/more', content: 'x' }, KEY)
    await expect(more).rejects.toMatchObject(REFUSED)
    await at.memories.update(id, last.id, { content: 'y' }, KEY)
    await at.memories.remove(id, last.id, null, KEY)
    await at.memories.create(id, { path: '/more', content: 'x' }, KEY)
  })

  test('an archived store can be read and emptied, not written', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a', content: 'x' }, KEY)
    await at.stores.archive(id, KEY)

    await expect(at.memories.create(id, { path: '/a', content: 'x' }, KEY)).rejects.toMatchObject(
      REFUSED,
    )
    await expect(at.memories.update(id, memory.id, { content: 'y' }, KEY)).rejects.toMatchObject(
      REFUSED,
    )
    expect(await at.memories.get(id, memory.id)).toEqual(memory)
    await at.memories.remove(id, memory.id, null, KEY)
    const redacted = await at.versions.redact(id, memory.versionId, KEY)
    expect(redacted).toMatchObject({ content: null, path: null })
  })

  test('a memory belongs to one store', async () => {
    await using at = await openWorkspace(open)
    const [one, two] = [await storeIn(at), await storeIn(at)]
    const memory = await at.memories.create(one, { path: '/a', content: 'x' }, KEY)
    const missing = { type: 'not_found_error' }
    await expect(at.memories.get(two, memory.id)).rejects.toMatchObject(missing)
    await expect(at.memories.update(two, memory.id, { content: 'y' }, KEY)).rejects.toMatchObject(
      missing,
    )
    await expect(at.memories.remove(two, memory.id, null, KEY)).rejects.toMatchObject(missing)
    await expect(at.versions.get(two, memory.versionId)).rejects.toMatchObject(missing)
    await expect(at.versions.redact(two, memory.versionId, KEY)).rejects.toMatchObject(missing)
  })

  test('of 32 writers on one state, one wins', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a', content: '0' }, KEY)
    const expectedSha256 = hashOf('0')
    const tries = Array.from({ length: 32 }, (_, n) =>
      at.memories.update(id, memory.id, { content: `writer ${n}`, expectedSha256 }, KEY),
    )
    const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    expect((await at.versions.page(id, { limit: 50 })).items).toHaveLength(2)
  })
})

describe.each(STORAGES)('redaction, $name', ({ open }) => {
  test('wipes what a version held, once, and not the head of a live memory', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a.md', content: '- A secret.\n' }, KEY)
    const first = memory.versionId
    await expect(at.versions.redact(id, first, KEY)).rejects.toMatchObject(REFUSED)
    await at.memories.update(id, memory.id, { content: '- Nothing.\n' }, KEY)

    const redacted = await at.versions.redact(id, first, PERSON)

    const wiped = { content: null, path: null, contentSha256: null, contentSizeBytes: null }
    expect(redacted).toMatchObject({ ...wiped, redactedBy: PERSON, memoryId: memory.id })
    expect(await at.versions.redact(id, first, KEY)).toEqual(redacted)
    expect(await at.storage.units.ofVersion(first)).toEqual([])
    expect((await at.audited()).filter(({ act }) => act === 'version.redacted')).toHaveLength(1)
  })

  test('is not for agents', async () => {
    await using at = await openWorkspace(open)
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path: '/a.md', content: 'x' }, KEY)
    await at.memories.update(id, memory.id, { content: 'y' }, KEY)
    const agent = { type: 'session_actor', sessionId: at.newId('sesn') } as const
    await expect(at.versions.redact(id, memory.versionId, agent)).rejects.toMatchObject({
      type: 'permission_error',
    })
  })
})

describe('limits of a memory', () => {
  const segments = (count: number): string => '/s'.repeat(count)
  const fits = [
    ['content of 102,399 bytes', '/a', `${'é'.repeat(51_199)}a`],
    ['content of 102,400 bytes', '/a', 'é'.repeat(51_200)],
    ['no content', '/a', ''],
    ['19 segments', segments(19), ''],
    ['20 segments', segments(20), ''],
    ['a path of 1,023 bytes', `/${'é'.repeat(511)}`, ''],
    ['a path of 1,024 bytes', `/a${'é'.repeat(511)}`, ''],
    ['other letters', '/Über/日本/a b', ''],
  ] as const
  const breaks = [
    ['content of 102,401 bytes', '/a', `${'é'.repeat(51_200)}a`],
    ['21 segments', segments(21), ''],
    ['a path of 1,025 bytes', `/${'é'.repeat(512)}`, ''],
    ['no slash ahead', 'a', ''],
    ['an empty path', '', ''],
    ['a root', '/', ''],
    ['an empty segment', '/a//b', ''],
    ['a slash at the end', '/a/', ''],
    ['a dot', '/a/./b', ''],
    ['two dots', '/a/../b', ''],
    ['a control character', '/a\u0000', ''],
    ['a format character', '/a\u200b', ''],
    ['a line separator', '/a\u2028', ''],
    ['a paragraph separator', '/a\u2029', ''],
    ['form NFD', '/u\u0308', ''],
    ['half a pair in the path', '/\ud800', ''],
    ['half a pair in the content', '/a', '\ud800'],
  ] as const

  test.each(fits)('holds %s', async (_, path, content) => {
    await using at = await openWorkspace()
    const id = await storeIn(at)
    const memory = await at.memories.create(id, { path, content }, KEY)
    expect(await at.memories.get(id, memory.id)).toMatchObject({ path, content })
    const other = await at.memories.create(id, { path: '/other', content: 'x' }, KEY)
    await at.memories.remove(id, memory.id, null, KEY)
    expect(await at.memories.update(id, other.id, { path, content }, KEY)).toMatchObject({
      id: other.id,
      path,
      content,
    })
  })

  test.each(breaks)('refuses %s', async (_, path, content) => {
    await using at = await openWorkspace()
    const id = await storeIn(at)
    const other = await at.memories.create(id, { path: '/other', content: 'x' }, KEY)
    await expect(at.memories.create(id, { path, content }, KEY)).rejects.toMatchObject(REFUSED)
    await expect(at.memories.update(id, other.id, { path, content }, KEY)).rejects.toMatchObject(
      REFUSED,
    )
    expect(await at.memories.get(id, other.id)).toEqual(other)
  })

  test('refuses an update of nothing, and a prefix that is no folder', async () => {
    await using at = await openWorkspace()
    const id = await storeIn(at)
    const { id: memoryId } = await at.memories.create(id, { path: '/a/b', content: 'x' }, KEY)
    await expect(at.memories.update(id, memoryId, {}, KEY)).rejects.toMatchObject(REFUSED)
    for (const prefix of ['', 'a/', '/a', '//', '/a//']) {
      const page = at.memories.page(id, { prefix, isShallow: false, limit: 5 })
      await expect(page).rejects.toMatchObject(REFUSED)
    }
    const { items } = await at.memories.page(id, { prefix: '/a/', isShallow: false, limit: 5 })
    expect(items).toHaveLength(1)
  })
})
