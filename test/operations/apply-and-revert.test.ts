import { chmodSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FolderWorld, theChange } from '../support/folder-world.ts'

const DATABASE = '# Database\r\n\r\n- The staging database listens on port 5432.\r\n- Keep me.'
const DEPLOYS = '# Deploys\n\n- Deploys run from the main branch.\n'
const BUILD = '# Build\n\n- Deploys run from the main branch through the build pipeline.\n'
const INDEX = '# Memory\n\n- [Database](database.md): ports\n- [Deploys](deploys.md): how\n'

const MEMORIES = {
  'MEMORY.md': INDEX,
  'database.md': DATABASE,
  'deploys.md': DEPLOYS,
  'build.md': BUILD,
}

/** Replaces a port in a CRLF file, merges away a whole file with its index line, makes a new file. */
async function richWorld(): Promise<FolderWorld> {
  const world = await FolderWorld.open(MEMORIES)
  world.say('monday', [
    'The staging database listens on port 6000 now.',
    'Remember: the warehouse closes at 16:00 on Fridays.',
  ])
  return world
}

describe('a plan', () => {
  test('writes nothing into the folder, neither when made nor when shown', async () => {
    await using world = await richWorld()
    const before = world.files()

    const { dream, changes } = await world.dream()
    await world.reverie.show(dream.id)
    await world.reverie.preview(dream.id)

    expect(changes.length).toBeGreaterThan(2)
    expect(world.files()).toEqual(before)
  })

  test('that is made again over the same inputs is the same dream', async () => {
    await using world = await richWorld()

    const first = await world.dream()
    const again = await world.dream()

    expect(again.isNew).toBe(false)
    expect(again.dream.id).toBe(first.dream.id)
    expect(again.changes).toEqual(first.changes)
  })
})

describe('apply', () => {
  test('writes exactly the bytes that preview showed, and touches no other file', async () => {
    await using world = await richWorld()
    const before = world.files()
    const { dream } = await world.dream()
    const shown = await world.reverie.preview(dream.id)

    const { files } = await world.reverie.apply(dream.id)

    const expected: Record<string, string> = { ...before }
    for (const { path, after } of shown) {
      const name = path.slice(1)
      if (after === null) delete expected[name]
      else expected[name] = Buffer.from(after).toString('latin1')
    }
    expect(world.files()).toEqual(expected)
    expect(files.toSorted()).toEqual(shown.map(({ path }) => path).toSorted())
    expect(world.files()['deploys.md']).toBeUndefined()
    expect(world.files()['facts.md']).toContain('16:00 on Fridays')
  })

  test('after which an identical run plans nothing', async () => {
    await using world = await richWorld()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)

    const next = await world.dream()

    expect(next.changes).toEqual([])
    expect(next.dream.planStatus).toBe('empty')
  })

  test.each([
    ['a file was edited', (world: FolderWorld) => world.note('build.md', '- Other.\n')],
    ['a file was added', (world: FolderWorld) => world.note('new.md', '- New.\n')],
    ['a file was deleted', (world: FolderWorld) => unlinkSync(join(world.memory, 'build.md'))],
  ])('throws conflict_error and writes nothing when %s outside since the plan', async (_, edit) => {
    await using world = await richWorld()
    const { dream } = await world.dream()
    edit(world)
    const before = world.files()

    await expect(world.reverie.apply(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })

    expect(world.files()).toEqual(before)
    expect((await world.reverie.show(dream.id)).dream.planStatus).toBe('waiting')
  })

  test('of a dream that is applied, discarded or reverted already is a conflict_error', async () => {
    await using world = await richWorld()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    await expect(world.reverie.apply(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })
    await world.reverie.revert(dream.id)
    await expect(world.reverie.apply(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })
    await expect(world.reverie.revert(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })
    const again = await world.dream()
    await world.reverie.discard(again.dream.id)
    await expect(world.reverie.apply(again.dream.id)).rejects.toMatchObject({
      type: 'conflict_error',
    })
  })
})

describe('revert', () => {
  test('restores every byte: line ends, missing last line end, deleted and created files', async () => {
    await using world = await richWorld()
    const before = world.files()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    expect(world.files()).not.toEqual(before)

    await world.reverie.revert(dream.id)

    expect(world.files()).toEqual(before)
  })

  test('and apply keep the modes of files', async () => {
    await using world = await richWorld()
    chmodSync(join(world.memory, 'database.md'), 0o640)
    chmodSync(join(world.memory, 'MEMORY.md'), 0o604)
    const { dream } = await world.dream()

    await world.reverie.apply(dream.id)
    expect([world.modeOf('database.md'), world.modeOf('MEMORY.md')]).toEqual([0o640, 0o604])

    await world.reverie.revert(dream.id)
    expect([world.modeOf('database.md'), world.modeOf('MEMORY.md')]).toEqual([0o640, 0o604])
  })

  test('throws conflict_error and writes nothing when a touched file was edited outside', async () => {
    await using world = await richWorld()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    world.note('database.md', `${readFileSync(join(world.memory, 'database.md'), 'utf8')}\n- More.`)
    const before = world.files()

    await expect(world.reverie.revert(dream.id)).rejects.toMatchObject({
      type: 'conflict_error',
      message: expect.stringContaining(`moved on since ${dream.id} was applied: /database.md.`),
      next: expect.stringContaining(`reverie show ${dream.id} --diff`),
    })

    expect(world.files()).toEqual(before)
    expect((await world.reverie.show(dream.id)).dream.planStatus).toBe('applied')
  })

  test('leaves alone what was written since into files that the dream did not touch', async () => {
    await using world = await richWorld()
    const before = world.files()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    world.note('build.md', `${BUILD}- Written since.\n`)
    world.note('diary.md', '- New since.\n')

    await world.reverie.revert(dream.id)

    expect(world.files()).toEqual({
      ...before,
      'build.md': `${BUILD}- Written since.\n`,
      'diary.md': '- New since.\n',
    })
  })

  test('gives back what was read: the same run plans the same changes again', async () => {
    await using world = await richWorld()
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    await world.reverie.revert(first.dream.id)

    const again = await world.dream()

    expect(again.dream.id).not.toBe(first.dream.id)
    expect(again.changes.map(({ id }) => id)).toEqual(first.changes.map(({ id }) => id))
  })

  test('marks what stood in the ledger as reverted', async () => {
    await using world = await richWorld()
    const { dream } = await world.dream()
    await world.reverie.apply(dream.id)
    const applied = await world.reverie.ledger(world.memory)
    expect(applied.map(({ text }) => text)).toContain('The staging database listens on port 5432.')

    await world.reverie.revert(dream.id)

    expect(await world.reverie.ledger(world.memory)).toEqual([])
  })
})

describe('discard', () => {
  test('drops the plan; the same run plans the same changes anew', async () => {
    await using world = await richWorld()
    const first = await world.dream()

    const discarded = await world.reverie.discard(first.dream.id)
    const again = await world.dream()

    expect(discarded.planStatus).toBe('discarded')
    expect(again.isNew).toBe(true)
    expect(again.dream.id).not.toBe(first.dream.id)
    expect(again.changes.map(({ id }) => id)).toEqual(first.changes.map(({ id }) => id))
  })
})

test('two dreams are undone one after the other, the newer one first', async () => {
  await using world = await richWorld()
  const start = world.files()
  const first = await world.dream()
  await world.reverie.apply(first.dream.id)
  const between = world.files()
  world.say('tuesday', [
    { content: 'The staging database listens on port 7000 now.', at: '2026-11-02T10:00:00Z' },
  ])
  const second = await world.dream()
  expect(theChange(second, 'supersede').after[0]?.text).toContain('7000')
  await world.reverie.apply(second.dream.id)

  await expect(world.reverie.revert(first.dream.id)).rejects.toMatchObject({
    type: 'conflict_error',
  })
  await world.reverie.revert(second.dream.id)
  expect(world.files()).toEqual(between)
  await world.reverie.revert(first.dream.id)
  expect(world.files()).toEqual(start)
})
