import { failureRange, logChance, type Margins } from './hypergeometric.ts'

/** One stratum as counted: `hits` of the sessions that show the condition failed. */
export interface Stratum extends Margins {
  readonly hits: number
}

/**
 * One-sided exact test over strata (Fisher's in each; all permutations of the labels inside the
 * strata, summed instead of drawn): the chance of so many failures with the condition, or more.
 * Strata in which only one outcome or one side occurs say nothing and change nothing.
 */
export function exactP(strata: readonly Stratum[]): number {
  const above = strata.reduce((sum, stratum) => sum + stratum.hits - failureRange(stratum)[0], 0)
  let chances: readonly number[] = [1]
  for (const stratum of strata) chances = convolved(chances, chancesOf(stratum))
  let p = 0
  // From the rarest: small terms are not lost beside large ones.
  for (let at = chances.length - 1; at >= above; at -= 1) p += chances[at] ?? 0
  return Math.min(1, p)
}

/** The smallest p that these margins allow, whatever the labels say: all failures that fit. */
export function leastP(strata: readonly Margins[]): number {
  const log = strata.reduce((sum, stratum) => sum + logChance(stratum, failureRange(stratum)[1]), 0)
  return Math.min(1, Math.exp(log))
}

/** Failures to be expected of the sessions with the condition if it made no difference. */
export function expectedHits(strata: readonly Margins[]): number {
  return strata.reduce(
    (sum, { sessions, failed, showing }) => sum + (failed * showing) / Math.max(1, sessions),
    0,
  )
}

/** Chances of each possible number of hits, from the fewest. */
function chancesOf(stratum: Margins): readonly number[] {
  const [fewest, most] = failureRange(stratum)
  return Array.from({ length: most - fewest + 1 }, (_, at) =>
    Math.exp(logChance(stratum, fewest + at)),
  )
}

function convolved(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length === 1) return a
  const sums = new Array<number>(a.length + b.length - 1).fill(0)
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) sums[i + j] = (sums[i + j] ?? 0) + x * y
  }
  return sums
}
