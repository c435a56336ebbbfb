import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { ChangeSetId } from '../../core/ids.ts'
import { SEED } from '../../testing/arbitraries.ts'
import { guiltySets } from './guilty-sets.ts'

function setsOf(count: number): readonly ChangeSetId[] {
  return Array.from({ length: count }, (_, n) => `cset_${n}` as ChangeSetId)
}

test('finds the one set that breaks a probe, with as many questions as its number has bits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (count, at) => {
      const sets = setsOf(count)
      const guilty = sets[at % count] as ChangeSetId
      let questions = 0
      const found = await guiltySets(sets, async (first) => {
        questions += 1
        return first.includes(guilty)
      })

      expect(found).toEqual([guilty])
      expect(questions).toBeLessThanOrEqual(Math.ceil(Math.log2(count)))
    }),
    { seed: SEED },
  )
})

it('blames the last of several that only break it together', async () => {
  const sets = setsOf(9)

  const found = await guiltySets(
    sets,
    async (first) =>
      first.includes(sets[2] as ChangeSetId) && first.includes(sets[6] as ChangeSetId),
  )

  expect(found).toEqual([sets[6]])
})

it('blames all that may be meant where it cannot tell', async () => {
  const sets = setsOf(8)

  const found = await guiltySets(sets, async (first) => (first.length === 4 ? false : null))

  expect(found).toEqual(sets.slice(4))
})
