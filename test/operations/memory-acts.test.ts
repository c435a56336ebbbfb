import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { sha256 } from '../../src/core/ids.ts'
import { FolderWorld, filesBelow } from '../support/folder-world.ts'

const NOTE = '# Team\n\n- Mira owns the search service.\n'
const EDITED = '# Team\n\n- Mira owns the search service.\n- Jonas owns the billing service.\n'

/** The memory under each of its two names: what holds for a folder holds for a store. */
async function both(work: (world: FolderWorld, memory: string) => Promise<void>): Promise<void> {
  await using world = await FolderWorld.open({})
  const { id } = await world.reverie.stores.create('qa')
  for (const memory of [world.memory, `store:${id}`]) await work(world, memory)
}

describe('a memory that a person puts', () => {
  test('is written as it is, and its new units are the person’s own', async () => {
    await both(async ({ reverie }, memory) => {
      const put = await reverie.memories.put(memory, { path: 'a/team.md', content: NOTE })
      const { memory: read, units } = await reverie.memories.get(memory, '/a/team.md')

      expect(put.outcome).toBe('created')
      expect(read.content).toBe(NOTE)
      expect(units).toMatchObject([{ origin: 'person', trust: 'user' }])
    })
  })

  test('keeps the authors of units that were there', async () => {
    await using world = await FolderWorld.open({ 'team.md': NOTE })
    const { memories } = world.reverie

    const put = await memories.put(world.memory, { path: '/team.md', content: EDITED })
    const { units } = await memories.get(world.memory, '/team.md')

    expect(put.outcome).toBe('modified')
    expect(world.files()['team.md']).toBe(EDITED)
    expect(units.map(({ origin }) => origin)).toEqual(['imported', 'person'])
  })

  test('makes no version of equal text', async () => {
    await both(async ({ reverie }, memory) => {
      const first = await reverie.memories.put(memory, { path: '/team.md', content: NOTE })
      const again = await reverie.memories.put(memory, { path: '/team.md', content: NOTE })

      expect(again.outcome).toBe('unchanged')
      expect(again.memory.versionId).toBe(first.memory.versionId)
    })
  })

  test('is refused where the memory is not as the person expects', async () => {
    await both(async ({ reverie }, memory) => {
      const put = (content: string, expectedSha256: string | null): Promise<unknown> =>
        reverie.memories.put(memory, { path: '/team.md', content, expectedSha256 })

      await put(NOTE, null)
      await expect(put(EDITED, null)).rejects.toMatchObject({ type: 'conflict_error' })
      await expect(put(EDITED, sha256('other'))).rejects.toMatchObject({ type: 'conflict_error' })
      await put(EDITED, sha256(NOTE))

      expect((await reverie.memories.get(memory, '/team.md')).memory.content).toBe(EDITED)
    })
  })

  test('is refused where it says nothing or too much', async () => {
    await using world = await FolderWorld.open({})
    const { id } = await world.reverie.stores.create('qa')
    const large = 'x'.repeat(LIMITS.memoryBytesMax + 1)
    const put = (memory: string, content: string): Promise<{ readonly outcome: string }> =>
      world.reverie.memories.put(memory, { path: '/a.md', content })

    await expect(put(`store:${id}`, '')).rejects.toMatchObject({ type: 'invalid_request_error' })
    await expect(put(`store:${id}`, large)).rejects.toMatchObject({ type: 'request_too_large' })
    // The wire's limit binds stores only.
    expect((await put(world.memory, large)).outcome).toBe('created')
    await expect(
      put(world.memory, 'x'.repeat(LIMITS.folderFileBytesMax + 1)),
    ).rejects.toMatchObject({
      type: 'request_too_large',
    })
  })

  test.each([
    '/../out.md',
    '/a/../../out.md',
    '/.git/a.md',
    '/a.txt',
    '/CLAUDE.md',
    '/\u202e.md/..',
  ])('goes to no place outside of the folder or hidden in it: %j', async (path) => {
    await using world = await FolderWorld.open({ 'a.md': NOTE })
    const before = filesBelow(world.memory)

    await expect(
      world.reverie.memories.put(world.memory, { path, content: NOTE }),
    ).rejects.toThrow()

    expect(filesBelow(world.memory)).toEqual(before)
  })

  test('goes through no symbolic link', async () => {
    await using world = await FolderWorld.open({})
    mkdirSync(join(world.base, 'outside'))
    writeFileSync(join(world.base, 'outside/a.md'), NOTE)
    symlinkSync(join(world.base, 'outside'), join(world.memory, 'sub'))
    symlinkSync(join(world.base, 'outside/a.md'), join(world.memory, 'link.md'))

    for (const path of ['/sub/new.md', '/sub/a.md', '/link.md']) {
      const put = world.reverie.memories.put(world.memory, { path, content: EDITED })
      await expect(put).rejects.toThrow()
    }

    expect(filesBelow(join(world.base, 'outside'))).toEqual({ 'a.md': NOTE })
  })

  test('is not replaced by a dream without a statement of equal authority', async () => {
    await using world = await FolderWorld.open({})
    await world.reverie.memories.put(world.memory, {
      path: '/ports.md',
      content: '---\nmodified: 2026-10-01\n---\n\n- The staging database listens on port 5433.\n',
    })
    world.say('monday', ['The staging database listens on port 6000 now.'])

    const { changes } = await world.dream()

    expect(changes.map(({ heldReason }) => heldReason)).toContain('person_wrote_it')
  })
})

describe('a memory that a person removes', () => {
  test('is gone, and one act puts it back', async () => {
    await both(async ({ reverie }, memory) => {
      await reverie.memories.put(memory, { path: '/team.md', content: NOTE })

      await reverie.memories.remove(memory, '/team.md')
      await expect(reverie.memories.get(memory, '/team.md')).rejects.toMatchObject({
        type: 'not_found_error',
      })
      const back = await reverie.memories.putVersion(memory, '/team.md', null)

      expect(back).toMatchObject({ outcome: 'created', memory: { content: NOTE } })
    })
  })

  test('was there, and is as the person expects', async () => {
    await both(async ({ reverie }, memory) => {
      await reverie.memories.put(memory, { path: '/team.md', content: NOTE })
      const remove = (path: string, sha?: string): Promise<unknown> =>
        reverie.memories.remove(memory, path, sha)

      await expect(remove('/other.md')).rejects.toMatchObject({ type: 'not_found_error' })
      await expect(remove('/team.md', sha256('x'))).rejects.toMatchObject({
        type: 'conflict_error',
      })
      await remove('/team.md', sha256(NOTE))
    })
  })

  test('brings back what any of its versions said', async () => {
    await both(async ({ reverie }, memory) => {
      const first = await reverie.memories.put(memory, { path: '/team.md', content: NOTE })
      await reverie.memories.put(memory, { path: '/team.md', content: EDITED })

      await reverie.memories.putVersion(memory, '/team.md', first.memory.versionId)

      expect((await reverie.memories.get(memory, '/team.md')).memory.content).toBe(NOTE)
      await expect(
        reverie.memories.putVersion(memory, '/team.md', 'memver_x'),
      ).rejects.toMatchObject({ type: 'not_found_error' })
      await expect(reverie.memories.putVersion(memory, '/new.md', null)).rejects.toMatchObject({
        type: 'not_found_error',
      })
    })
  })
})

describe('a pin', () => {
  test('is set and taken off by path or by a shortened id, and counted in the status', async () => {
    await using world = await FolderWorld.open({ 'team.md': EDITED })
    const { memories, status } = world.reverie
    const pinned = async (): Promise<number | undefined> => (await status()).stores[0]?.pinned

    const both = await memories.setPinned(world.memory, '/team.md', true)
    expect(both).toHaveLength(2)
    expect(await pinned()).toBe(2)

    const [first = ''] = both
    expect(await memories.setPinned(world.memory, first.slice(0, -4), false)).toEqual([first])
    expect(await pinned()).toBe(1)
    await expect(memories.setPinned(world.memory, 'unit_none', true)).rejects.toMatchObject({
      type: 'not_found_error',
    })
  })
})
