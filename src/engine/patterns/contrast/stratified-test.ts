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
  let sum: Chances = { fewest: 0, chances: Float64Array.of(1) }
  for (const stratum of strata) sum = convolved(sum, chancesOf(stratum))
  const hits = strata.reduce((total, stratum) => total + stratum.hits, 0)
  let p = 0
  // From the rarest: small terms are not lost beside large ones.
  for (let at = sum.chances.length - 1; at >= Math.max(0, hits - sum.fewest); at -= 1) {
    p += sum.chances[at] ?? 0
  }
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

/** Standard deviation of the failures with the condition if it made no difference. */
export function spreadOfHits(strata: readonly Margins[]): number {
  const variance = strata.reduce((sum, { sessions: n, failed, showing }) => {
    const pairs = n * n * Math.max(1, n - 1)
    return sum + (n === 0 ? 0 : (failed * showing * (n - failed) * (n - showing)) / pairs)
  }, 0)
  return Math.sqrt(variance)
}

/** Chances of numbers of hits, from `fewest` on. */
interface Chances {
  readonly fewest: number
  readonly chances: Float64Array
}

/** Far below any p that is asked about; without such ends sums over many strata stay short. */
const NEGLIGIBLE = 1e-30

function chancesOf(stratum: Margins): Chances {
  const [fewest, most] = failureRange(stratum)
  const chances = new Float64Array(most - fewest + 1)
  for (let hits = fewest; hits <= most; hits += 1) {
    chances[hits - fewest] = Math.exp(logChance(stratum, hits))
  }
  return trimmed({ fewest, chances })
}

function convolved(a: Chances, b: Chances): Chances {
  const chances = new Float64Array(a.chances.length + b.chances.length - 1)
  for (let i = 0; i < a.chances.length; i += 1) {
    const chance = a.chances[i] ?? 0
    for (let j = 0; j < b.chances.length; j += 1) {
      chances[i + j] = (chances[i + j] ?? 0) + chance * (b.chances[j] ?? 0)
    }
  }
  return trimmed({ fewest: a.fewest + b.fewest, chances })
}

function trimmed({ fewest, chances }: Chances): Chances {
  let from = 0
  let to = chances.length
  while (from < to - 1 && (chances[from] ?? 0) < NEGLIGIBLE) from += 1
  while (to - 1 > from && (chances[to - 1] ?? 0) < NEGLIGIBLE) to -= 1
  return { fewest: fewest + from, chances: chances.subarray(from, to) }
}
