import { sha256 } from '../../../core/ids.ts'
import { type ComparedRun, knowsAll } from './compared-runs.ts'
import { CONTRAST_LIMITS } from './contrast-limits.ts'
import type { FeatureKind } from './session-features.ts'

/** What a session did or met, that may go with failing or with succeeding. */
export interface Condition {
  readonly kind: FeatureKind | 'before' | 'calls'
  /** Feature key: what follows `feature:` in a pattern; of `before` the one that came first. */
  readonly feature: string
  /** Of `before`, the key of the tool that came later; else empty. */
  readonly later: string
  /** Of `calls`, more than so many; else 0. */
  readonly calls: number
}

/**
 * `failure`: sessions that show the condition fail more often. `success`: those that do not show it
 * do, though it would have been possible.
 */
export interface Hypothesis {
  readonly key: string
  readonly condition: Condition
  readonly direction: 'failure' | 'success'
  /** By place of the run: shows what fails, is compared with it, or takes no part. */
  readonly sides: Uint8Array
}

export const NO_PART = 0
export const FAILING = 1
export const OTHER = 2

/** More calls than these, each for itself. */
const CALLS_OVER = [10, 30, 100] as const

/**
 * Everything that these runs can be asked, in a fixed order; of questions that part the runs alike
 * only the first. A side of fewer sessions than a lesson needs asks nothing.
 */
export function hypothesesOf(runs: readonly ComparedRun[]): readonly Hypothesis[] {
  const columns = new FeatureColumns(runs)
  const seen = new Set<string>()
  return conditionsOf(runs).flatMap((condition) => {
    const shown = shownIn(condition, runs, columns)
    return directionsOf(condition).flatMap((direction): readonly Hypothesis[] => {
      const failing = direction === 'failure' ? 1 : 0
      const sides = shown.map((it) => (it === UNKNOWN ? NO_PART : it === failing ? FAILING : OTHER))
      if (!isSupported(sides)) return []
      const parted = sha256(String.fromCharCode(...sides))
      if (seen.has(parted)) return []
      seen.add(parted)
      return [{ key: keyOf(direction, condition), condition, direction, sides }]
    })
  })
}

export function keyOf(direction: Hypothesis['direction'], condition: Condition): string {
  const { kind, feature, later, calls } = condition
  if (kind === 'before') {
    return `${direction}:before:${feature.slice(USED.length)}:${later.slice(USED.length)}`
  }
  return `${direction}:${kind === 'calls' ? `calls:${calls}` : feature}`
}

const USED = 'used:'

function isSupported(sides: Uint8Array): boolean {
  const counts = [0, 0, 0]
  for (const side of sides) counts[side] = (counts[side] ?? 0) + 1
  return Math.min(counts[FAILING] ?? 0, counts[OTHER] ?? 0) >= CONTRAST_LIMITS.contrastSessionsMin
}

/** What only ever goes wrong is not asked whether it helps. */
function directionsOf({ kind }: Condition): readonly Hypothesis['direction'][] {
  if (kind === 'used' || kind === 'before') return ['failure', 'success']
  return kind === 'verify' ? ['success'] : ['failure']
}

/** Where a run could not have shown it, or not all of it is known. */
const UNKNOWN = 2

/** For each run whether it shows the condition: 1, 0 or unknown. */
function shownIn(
  { kind, feature, later, calls }: Condition,
  runs: readonly ComparedRun[],
  columns: FeatureColumns,
): Uint8Array {
  if (kind === 'calls') return Uint8Array.from(runs, (run) => Number(run.calls > calls))
  const first = columns.of(feature)
  if (kind === 'before') {
    const second = columns.of(later)
    return Uint8Array.from(runs, (run, at) => {
      const place = second[at] ?? ABSENT
      if (place === ABSENT || !knowsAll(run, 'used')) return UNKNOWN
      return Number((first[at] ?? ABSENT) < place)
    })
  }
  return Uint8Array.from(runs, (run, at) => {
    const isAsked = kind === 'verify' ? run.hasEdited : knowsAll(run, kind)
    return isAsked ? Number(first[at] !== ABSENT) : UNKNOWN
  })
}

const ABSENT = Number.POSITIVE_INFINITY

/** Where each run first shows a feature, read once for all that is asked about it. */
class FeatureColumns {
  readonly #runs: readonly ComparedRun[]
  readonly #columns = new Map<string, Float64Array>()

  constructor(runs: readonly ComparedRun[]) {
    this.#runs = runs
  }

  of(feature: string): Float64Array {
    const known = this.#columns.get(feature)
    if (known !== undefined) return known
    const column = Float64Array.from(this.#runs, ({ features }) => {
      const place = features.get(feature)?.detail.place
      return place === undefined ? ABSENT : Number(place)
    })
    this.#columns.set(feature, column)
    return column
  }
}

function conditionsOf(runs: readonly ComparedRun[]): readonly Condition[] {
  const none = { feature: '', later: '', calls: 0 }
  const counts = new Map<string, number>()
  for (const { features } of runs) {
    for (const key of features.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const keys = [...counts]
    .filter(([, count]) => count >= CONTRAST_LIMITS.contrastSessionsMin)
    .map(([key]) => key)
    .sort()
  const single = FEATURE_ORDER.flatMap((kind) =>
    keys
      .filter((key) => key.startsWith(`${kind}:`))
      .map((feature): Condition => ({ ...none, kind, feature })),
  )
  const calls = CALLS_OVER.map((over): Condition => ({ ...none, kind: 'calls', calls: over }))
  const all = [...single, ...calls, ...ordersOf(runs, new Set(keys))]
  return all.slice(0, CONTRAST_LIMITS.contrastHypothesesMax)
}

/** What is easiest to act on comes first. */
const FEATURE_ORDER: readonly FeatureKind[] = ['error', 'verify', 'repeat', 'retry', 'used']

/**
 * Pairs of tools of which one came before the other in as many sessions as a lesson needs, those of
 * most sessions first.
 */
function ordersOf(
  runs: readonly ComparedRun[],
  frequent: ReadonlySet<string>,
): readonly Condition[] {
  const pairs = new Map<string, { readonly condition: Condition; count: number }>()
  for (const run of runs) {
    const used = [...run.features]
      .filter(([key]) => key.startsWith(USED) && frequent.has(key))
      .sort(([, a], [, b]) => Number(a.detail.place) - Number(b.detail.place))
    for (const [at, [feature]] of used.entries()) {
      for (const [later] of used.slice(at + 1)) {
        const key = `${feature}\n${later}`
        const pair = pairs.get(key)
        if (pair !== undefined) pair.count += 1
        else pairs.set(key, { condition: { kind: 'before', feature, later, calls: 0 }, count: 1 })
      }
    }
  }
  return [...pairs]
    .filter(([, { count }]) => count >= CONTRAST_LIMITS.contrastSessionsMin)
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([, { condition }]) => condition)
}
