/** Sessions of one stratum: how many there are, how many failed, how many show a condition. */
export interface Margins {
  readonly sessions: number
  readonly failed: number
  readonly showing: number
}

/** The fewest and the most failures that sessions with the condition can have. */
export function failureRange({ sessions, failed, showing }: Margins): readonly [number, number] {
  return [Math.max(0, failed + showing - sessions), Math.min(failed, showing)]
}

/**
 * The logarithm of the chance that exactly `hits` of the sessions that show the condition are
 * among those that failed, when failing has nothing to do with it. Logarithms, so that thousands
 * of sessions neither overflow nor vanish.
 */
export function logChance({ sessions, failed, showing }: Margins, hits: number): number {
  return (
    logChoose(failed, hits) +
    logChoose(sessions - failed, showing - hits) -
    logChoose(sessions, showing)
  )
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

const EXACT_MAX = 20
const EXACT: readonly number[] = exactLogFactorials()

/** ln n!, to the last digits: a table, above it Stirling's series with its first four terms. */
export function logFactorial(n: number): number {
  const exact = EXACT[n]
  if (exact !== undefined) return exact
  const inverse = 1 / n
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series
}

function exactLogFactorials(): readonly number[] {
  const factorials = [1]
  for (let n = 1; n <= EXACT_MAX; n += 1) factorials.push((factorials[n - 1] ?? 1) * n)
  return factorials.map(Math.log)
}
