import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seeded-random.ts'
import { FAILING, type Hypothesis, OTHER } from './hypotheses.ts'
import { weighed } from './proven-contrasts.ts'
import {
  aRun,
  looksOver,
  PUBLISHED,
  type Simulated,
  simulatedRuns,
} from './simulated-runs.test-support.ts'

/** The bench runs more. */
const REPEATS = Number(process.env.CONTRAST_SIMULATIONS ?? 10)

function found(simulated: Simulated): { readonly real: number; readonly others: number } {
  const { proven } = weighed(simulated.hypotheses, simulated.runs)
  const places = proven.map(({ key }) => Number(key.split(':').at(-1)))
  const real = places.filter((place) => place < PUBLISHED.real).length
  return { real, others: places.length - real }
}

const sums = (all: readonly ReturnType<typeof found>[]): ReturnType<typeof found> => ({
  real: all.reduce((sum, { real }) => sum + real, 0),
  others: all.reduce((sum, { others }) => sum + others, 0),
})
const repeated = (of: typeof PUBLISHED): readonly Simulated[] =>
  Array.from({ length: REPEATS }, (_, n) => simulatedRuns(of, seededRandom(n + 1)))

describe('weighed', () => {
  it('finds at most one false of a thousand features on average, and enough of the real ones', () => {
    const { real, others } = sums(repeated(PUBLISHED).map(found))

    expect(others / REPEATS).toBeLessThanOrEqual(1)
    expect(real / REPEATS).toBeGreaterThanOrEqual(7)
  })

  it('finds nothing where nothing is real', () => {
    const nothing = repeated({ ...PUBLISHED, real: 0 }).map((one) =>
      weighed(one.hypotheses, one.runs),
    )

    expect(nothing.flatMap(({ proven }) => proven)).toEqual([])
    expect(nothing.every(({ open }) => open > 0)).toBe(true)
  })

  it('finds nothing where nothing is real though it looks again with every ten sessions', () => {
    const looks = repeated({ ...PUBLISHED, real: 0, features: 200 })
      .slice(0, 5)
      .flatMap((one) => looksOver(one, 10))

    expect(looks.flatMap((one) => weighed(one.hypotheses, one.runs).proven)).toEqual([])
  })

  const hypothesis = (sides: readonly number[]): Hypothesis => ({
    key: 'failure:used:x',
    condition: { kind: 'used', feature: 'used:x', later: '', calls: 0 },
    direction: 'failure',
    sides: Uint8Array.from(sides),
  })
  const even = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? FAILING : OTHER))

  it('asks for the same direction among the latest third', () => {
    const always = even.map((side, n) => aRun(n, side === FAILING ? n % 10 !== 0 : n % 10 === 1))
    const turned = always.map((run, n) => (n < 40 ? run : aRun(n, even[n] === OTHER)))

    expect(weighed([hypothesis(even)], always).proven).toHaveLength(1)
    const later = weighed([hypothesis(even)], turned)
    expect(later.proven).toEqual([])
    expect([...later.counted.values()][0]).toMatchObject({ latest: 'turned' })
  })

  it('asks for a difference that is worth telling', () => {
    const sides = Array.from({ length: 4_000 }, (_, n) => (n % 2 === 0 ? FAILING : OTHER))
    const small = sides.map((side, n) => aRun(n, n % 20 < (side === FAILING ? 14 : 11)))

    const [contrast] = weighed([hypothesis(sides)], small).counted.values()
    expect(contrast?.p).toBeLessThan(1e-6)
    expect(contrast?.lift).toBeLessThan(1.3)
    expect(weighed([hypothesis(sides)], small).proven).toEqual([])
  })
})
