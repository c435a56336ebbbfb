import { DREAM_LIMITS } from '../dream-limits.ts'

/** Largest chance at which so many breaks are not taken for noise. */
const ALPHA = 0.05

/** What became of the probes of a plan, each asked of the old and of the new store. */
export interface PairedResults {
  readonly n: number
  /** Answered before, not after. */
  readonly broken: number
  /** Not answered before, but after. */
  readonly repaired: number
}

/**
 * Whether answers of a model speak for letting a plan through: not more than the share allowed are
 * broken, and breaks do not clearly outweigh repairs. Of fewer than 1 / share probes none may break:
 * so few cannot tell noise from loss, and what is held only waits.
 */
export function isAccepted({ n, broken, repaired }: PairedResults): boolean {
  const most = Math.floor(DREAM_LIMITS.brokenProbesShareMax * n)
  return broken <= most && signTest(broken, repaired) > ALPHA
}

/** One-sided: the chance of at least `broken` of all differing results, were either way as likely. */
export function signTest(broken: number, repaired: number): number {
  const n = broken + repaired
  let term = 0.5 ** n
  let sum = 0
  for (let k = 0; k <= n; k += 1) {
    if (k >= broken) sum += term
    term *= (n - k) / (k + 1)
  }
  return Math.min(1, sum)
}
