import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discovered, testable } from './false-discovery.ts'
import { logFactorial } from './hypergeometric.ts'
import { exactP, expectedHits, leastP, type Stratum } from './stratified-test.ts'

/** One session as a label and a side. */
interface Labelled {
  readonly isFailure: boolean
  readonly isShowing: boolean
}

const stratum = (sessions: readonly Labelled[]): Stratum => ({
  sessions: sessions.length,
  failed: sessions.filter(({ isFailure }) => isFailure).length,
  showing: sessions.filter(({ isShowing }) => isShowing).length,
  hits: sessions.filter(({ isFailure, isShowing }) => isFailure && isShowing).length,
})

/** Every way to give the failures of a stratum to its sessions, as numbers of hits. */
function hitsOfAllLabels(sessions: readonly Labelled[]): readonly number[] {
  const failed = sessions.filter(({ isFailure }) => isFailure).length
  const choose = (from: number, left: number, hits: number): readonly number[] => {
    if (left === 0) return [hits]
    if (sessions.length - from < left) return []
    const hit = hits + Number(sessions[from]?.isShowing)
    return [...choose(from + 1, left - 1, hit), ...choose(from + 1, left, hits)]
  }
  return choose(0, failed, 0)
}

/** By counting every labelling of all strata together. */
function countedP(strata: readonly (readonly Labelled[])[]): number {
  const seen = strata.reduce((sum, all) => sum + stratum(all).hits, 0)
  let totals: readonly number[] = [0]
  for (const all of strata) {
    const hits = hitsOfAllLabels(all)
    totals = totals.flatMap((total) => hits.map((more) => total + more))
  }
  return totals.filter((total) => total >= seen).length / totals.length
}

const sessions = fc.array(fc.record({ isFailure: fc.boolean(), isShowing: fc.boolean() }), {
  minLength: 1,
  maxLength: 7,
})
const RUNS = { seed: 11, numRuns: 200 }

describe('exactP', () => {
  it('is the share of all labellings inside the strata with as many failures or more', () => {
    fc.assert(
      fc.property(fc.array(sessions, { minLength: 1, maxLength: 3 }), (strata) => {
        expect(exactP(strata.map(stratum))).toBeCloseTo(countedP(strata), 10)
      }),
      RUNS,
    )
  })

  it('is never below the least that the margins allow, and at it for the most failures', () => {
    fc.assert(
      fc.property(fc.array(sessions, { minLength: 1, maxLength: 3 }), (all) => {
        const strata = all.map(stratum)
        const most = strata.map((it) => ({ ...it, hits: Math.min(it.failed, it.showing) }))

        expect(exactP(strata)).toBeGreaterThanOrEqual(leastP(strata) - 1e-12)
        expect(exactP(most)).toBeCloseTo(leastP(strata), 10)
      }),
      RUNS,
    )
  })

  it('is the known p of a known table: 8 of 10 against 1 of 6', () => {
    expect(exactP([{ sessions: 16, failed: 9, showing: 10, hits: 8 }])).toBeCloseTo(0.0244755, 6)
  })

  it('hears nothing of strata with one outcome or one side', () => {
    const telling = { sessions: 12, failed: 6, showing: 6, hits: 6 }
    const oneOutcome = { sessions: 40, failed: 40, showing: 20, hits: 20 }
    const oneSide = { sessions: 40, failed: 10, showing: 40, hits: 10 }

    expect(exactP([telling, oneOutcome, oneSide])).toBeCloseTo(exactP([telling]), 12)
  })

  it('stays a chance for thousands of sessions', () => {
    const even = exactP([{ sessions: 8_000, failed: 4_000, showing: 4_000, hits: 2_000 }])
    const uneven = exactP([{ sessions: 8_000, failed: 4_000, showing: 4_000, hits: 2_200 }])

    expect(even).toBeGreaterThan(0.5)
    expect(even).toBeLessThan(0.52)
    expect(uneven).toBeGreaterThan(0)
    expect(uneven).toBeLessThan(1e-15)
  })

  it('does not confuse a hard task with what is done in it', () => {
    const hard = { sessions: 40, failed: 36, showing: 20, hits: 18 }
    const easy = { sessions: 40, failed: 4, showing: 2, hits: 0 }

    expect(exactP([hard, easy])).toBeGreaterThan(0.5)
    expect(expectedHits([hard, easy])).toBeCloseTo(18.2, 10)
  })
})

describe('logFactorial', () => {
  it('goes on from the table without a step, and is exact where a sum is', () => {
    let sum = 0
    for (let n = 1; n <= 300; n += 1) {
      sum += Math.log(n)
      expect(Math.abs(logFactorial(n) - sum)).toBeLessThan(1e-9 * Math.max(1, sum))
    }
  })
})

describe('testable', () => {
  it('leaves out what could not be found even with all failures on its side', () => {
    expect(testable([0.001, 0.2, 0.04, 1], 0.1)).toEqual([true, false, true, false])
  })

  it('keeps at most as many as share the bound, and no fewer than can reach it', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })
    fc.assert(
      fc.property(ps, (least) => {
        const kept = testable(least, 0.1)
        const count = kept.filter(Boolean).length
        const bounds = least.map((_, at) => 0.1 / (at + 1))
        const k = bounds.findIndex((bound, at) => least.filter((p) => p <= bound).length <= at + 1)

        expect(count).toBe(k === -1 ? 0 : least.filter((p) => p <= (bounds[k] ?? 0)).length)
      }),
      RUNS,
    )
  })
})

describe('discovered', () => {
  it('takes the largest p under its share of q, and all below it', () => {
    expect(discovered([0.0001, 0.06, 0.07, 0.5], 0.1, 0.005)).toEqual([true, true, true, false])
  })

  it('takes none where the strongest alone may be chance', () => {
    expect(discovered([0.003, 0.06, 0.07, 0.5], 0.1, 0.005)).toEqual([false, false, false, false])
    expect(discovered([], 0.1, 0.005)).toEqual([])
  })
})
