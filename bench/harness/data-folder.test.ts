import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenchWorld, openBenchWorld } from './bench-world.test-support.ts'
import { itemsOf } from './suite.ts'

interface Item {
  readonly id: number
}

const ids = (items: readonly Item[] | null): readonly number[] | null =>
  items?.map(({ id }) => id) ?? null

let world: BenchWorld

beforeAll(async () => {
  world = await openBenchWorld({
    'supersede/letta.dev.jsonl': [{ id: 1 }],
    'supersede/letta.held-out.jsonl': [{ id: 2 }, { id: 3 }],
    'supersede/letta-long.dev.jsonl': [{ id: 4 }],
  })
})

afterAll(() => world.close())

describe('a data folder', () => {
  it('reads a set under any suffix, and not a set whose name only begins alike', () => {
    expect(ids(world.data.items<Item>('supersede', 'letta'))).toEqual([1, 2, 3])
  })

  it('tells an absent set from an empty one', () => {
    expect(world.data.items('supersede', 'none')).toBeNull()
    expect(world.data.items('nowhere', 'letta')).toBeNull()
  })

  it('lists the sets of a folder once each', () => {
    expect(world.data.sets('supersede')).toEqual(['letta', 'letta-long'])
    expect(world.data.sets('nowhere')).toEqual([])
  })
})

describe('the items of a figure', () => {
  it('are none, with a note, where the set is absent', () => {
    expect(itemsOf(world.context, 'supersede', 'none')).toEqual([])
    expect(world.notes.join()).toContain('no supersede/none.*.jsonl')
  })

  it('are a sample under the seed where the run is limited', () => {
    const limited = { ...world.context, limit: 2 }
    const draw = (seed: number): readonly number[] | null =>
      ids(itemsOf<Item>({ ...limited, seed }, 'supersede', 'letta'))

    expect(draw(1)).toHaveLength(2)
    expect(draw(1)).toEqual(draw(1))
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => String(draw(seed)))).size).toBeGreaterThan(1)
  })

  it('are drawn from those that the figure is of', () => {
    const isOdd = ({ id }: Item): boolean => id % 2 === 1

    expect(ids(itemsOf<Item>({ ...world.context, limit: 2 }, 'supersede', 'letta', isOdd))).toEqual(
      [1, 3],
    )
  })
})
