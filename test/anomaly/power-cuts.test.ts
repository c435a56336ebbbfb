import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/testing/seeded-random.ts'
import { whyNoDisk } from '../support/unbreakable/loop-disk.ts'
import { PowerRun } from '../support/unbreakable/power-run.ts'

/** Hundreds are done by hand; these few keep the test alive. */
const CUTS = Number(process.env.REVERIE_POWER_CUTS ?? '2')
const SEED = Number(process.env.REVERIE_POWER_SEED ?? '1')
/** Wrong ways of writing are found within so many cuts; 0 = they are not tried. */
const MUTANT_CUTS = Number(process.env.REVERIE_POWER_MUTANT_CUTS ?? '0')
const HOUR_MS = 3_600_000

const why = whyNoDisk()

describe.skipIf(why !== null)(`power cuts${why === null ? '' : ` (not here: ${why})`}`, () => {
  test('lose nothing that was acknowledged, and leave old or new', {
    timeout: HOUR_MS,
  }, async () => {
    await using run = new PowerRun(seededRandom(SEED), 'none')

    for (let n = 0; n < CUTS; n += 1) await run.cut()

    expect(run.tally.problems).toEqual([])
    expect(run.tally.cuts).toBe(CUTS)
  })

  test.skipIf(MUTANT_CUTS === 0).each(['no-flush-of-rows', 'no-flush-of-files'] as const)(
    'would show a way of writing that loses something: %s',
    { timeout: HOUR_MS },
    async (mutant) => {
      await using run = new PowerRun(seededRandom(SEED), mutant)

      while (run.tally.problems.length === 0 && run.tally.cuts < MUTANT_CUTS) await run.cut()

      expect(run.tally.problems).not.toEqual([])
    },
  )
})
