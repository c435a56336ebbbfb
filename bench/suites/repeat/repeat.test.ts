import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { inNights, type Night, sleep, survivors } from './nights.ts'
import { seededLife } from './seeded-life.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

function told(content: string, at: string): Night {
  return [[{ role: 'user', content, at }]]
}

describe('nights', () => {
  it('keep what they knew, replace what changed, and change nothing over nothing new', async () => {
    world = await openBenchWorld({})
    const { mornings, changedAgain } = await sleep(world.cases, [
      told('I own three bikes. I have two cats, Miso and Bean.', '2031-02-01T09:00:00Z'),
      told('I own four bikes now.', '2031-03-01T09:00:00Z'),
    ])
    const [first, last] = mornings

    expect(changedAgain).toBe(0)
    expect(last?.current.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'The user said: “I own four bikes now.”',
        'The user said: “I have two cats, Miso and Bean.”',
      ]),
    )
    if (first === undefined || last === undefined) throw new Error('Two nights, two mornings.')
    expect(survivors(first, last)).toEqual({ kept: 2, of: 2 })
    expect(survivors(first, { ...last, current: [], ledger: [] })).toEqual({ kept: 0, of: 2 })
  })
})

describe('inNights', () => {
  it('gives every item to one night, in order', () => {
    expect(inNights([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([
      [1, 2, 3],
      [4, 5],
      [6, 7],
    ])
    expect(inNights([1, 2], 5).flat()).toEqual([1, 2])
  })
})

describe('seededLife', () => {
  it('gives the same bytes for a seed, and another life for another', () => {
    expect(seededLife(3)).toEqual(seededLife(3))
    expect(seededLife(3).nights).not.toEqual(seededLife(4).nights)
  })

  it('knows of ten nights more each, with the last value as the true one', () => {
    const { nights, truths } = seededLife(1)

    expect(nights).toHaveLength(10)
    expect(truths.map(({ length }) => length)).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40])
    for (const { current, former } of truths.at(-1) ?? []) expect(former).not.toContain(current)
  })
})
