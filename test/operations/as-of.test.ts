import { describe, expect, test } from 'vitest'
import { FolderWorld } from '../support/folder-world.ts'

const NOTES = { 'database.md': '# Database\n\n- The search index lives in eu-west-1.\n' }

/** The same property at three times, each said on the day it became so. */
const SAID = [
  { at: '2026-03-02T10:00:00Z', content: 'The staging database listens on port 5432.' },
  { at: '2026-06-01T10:00:00Z', content: 'The staging database listens on port 5433.' },
  { at: '2026-09-15T10:00:00Z', content: 'The staging database listens on port 6000.' },
] as const

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

async function learned(order: readonly number[], isOneDream: boolean): Promise<FolderWorld> {
  const world = await FolderWorld.open(NOTES)
  for (const n of order) {
    const said = SAID[n]
    if (said === undefined) throw new Error(`Nothing was said as number ${n}.`)
    world.say(`session-${n}`, [said])
    if (!isOneDream) await settle(world)
  }
  if (isOneDream) await settle(world)
  return world
}

async function settle(world: FolderWorld): Promise<void> {
  const { dream } = await world.dream()
  if (dream.planStatus === 'waiting') await world.reverie.apply(dream.id)
}

async function portAsOf(world: FolderWorld, date: string): Promise<readonly string[]> {
  const statements = await world.reverie.memories.asOf(world.memory, date)
  return statements.flatMap(({ text }) => /port (\d+)/.exec(text)?.[1] ?? [])
}

describe('what was true at a date', () => {
  test.each(ORDERS.flatMap((order) => [true, false].map((isOneDream) => ({ order, isOneDream }))))(
    'does not depend on the order of arrival: $order, one dream: $isOneDream',
    async ({ order, isOneDream }) => {
      await using world = await learned(order, isOneDream)

      expect(await portAsOf(world, '2026-12-01')).toEqual(['6000'])
      expect(await portAsOf(world, '2026-07')).toEqual(['5433'])
      expect(await portAsOf(world, '2026-06-01')).toEqual(['5433'])
      expect(await portAsOf(world, '2026-04-30')).toEqual(['5432'])
      expect(await portAsOf(world, '2025')).toEqual([])
    },
  )

  test('is known of a note that a statement replaced, from the beginning', async () => {
    await using world = await FolderWorld.open({
      'database.md': '# Database\n\n- The staging database listens on port 5432.\n',
    })
    world.say('monday', [{ ...SAID[1], content: 'The staging database listens on port 6000 now.' }])
    await settle(world)

    expect(await portAsOf(world, '2026-05-31')).toEqual(['5432'])
    expect(await portAsOf(world, '2026-06-02')).toEqual(['6000'])
  })

  test('lists what never changed, and not what a revert took back', async () => {
    await using world = await FolderWorld.open(NOTES)
    world.say('one', [SAID[0]])
    await settle(world)
    world.say('two', [SAID[1]])
    const second = await world.dream()
    await world.reverie.apply(second.dream.id)
    await world.reverie.revert(second.dream.id)

    const statements = await world.reverie.memories.asOf(world.memory, '2026-12')

    expect(statements.map(({ text }) => text)).toContain('The search index lives in eu-west-1.')
    expect(await portAsOf(world, '2026-12')).toEqual(['5432'])
  })

  test('refuses what is no date', async () => {
    await using world = await FolderWorld.open(NOTES)

    await expect(world.reverie.memories.asOf(world.memory, 'last week')).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
  })
})
