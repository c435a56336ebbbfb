import { LIMITS } from '../../../config.ts'
import { sha256 } from '../../../core/ids.ts'
import { type ComparedRun, knowsAll } from './compared-runs.ts'
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
  const seen = new Set<string>()
  return conditionsOf(runs).flatMap((condition) => {
    const shows = runs.map((run) => showsCondition(condition, run))
    return directionsOf(condition).flatMap((direction): readonly Hypothesis[] => {
      const sides = Uint8Array.from(shows, (shown) => {
        if (shown === null) return NO_PART
        return shown === (direction === 'failure') ? FAILING : OTHER
      })
      if (!isSupported(sides)) return []
      const parted = sha256(sides.join(''))
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
  const min = LIMITS.contrastSessionsMin
  const count = (side: number): number => sides.filter((it) => it === side).length
  return count(FAILING) >= min && count(OTHER) >= min
}

/** What only ever goes wrong is not asked whether it helps. */
function directionsOf({ kind }: Condition): readonly Hypothesis['direction'][] {
  if (kind === 'used' || kind === 'before') return ['failure', 'success']
  return kind === 'verify' ? ['success'] : ['failure']
}

/** Null where the run could not have shown it, or not all of it is known. */
function showsCondition(condition: Condition, run: ComparedRun): boolean | null {
  const { kind, feature, later, calls } = condition
  switch (kind) {
    case 'calls':
      return run.calls > calls
    case 'before': {
      const after = run.features.get(later)
      if (!knowsAll(run, 'used') || after === undefined) return null
      const before = run.features.get(feature)
      return before !== undefined && Number(before.detail.place) < Number(after.detail.place)
    }
    case 'verify':
      return run.hasEdited ? run.features.has(feature) : null
    default:
      return knowsAll(run, kind) ? run.features.has(feature) : null
  }
}

function conditionsOf(runs: readonly ComparedRun[]): readonly Condition[] {
  const none = { feature: '', later: '', calls: 0 }
  const counts = new Map<string, number>()
  for (const { features } of runs) {
    for (const key of features.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const keys = [...counts]
    .filter(([, count]) => count >= LIMITS.contrastSessionsMin)
    .map(([key]) => key)
    .sort()
  const single = FEATURE_ORDER.flatMap((kind) =>
    keys
      .filter((key) => key.startsWith(`${kind}:`))
      .map((feature): Condition => ({ ...none, kind, feature })),
  )
  const calls = CALLS_OVER.map((over): Condition => ({ ...none, kind: 'calls', calls: over }))
  return [...single, ...ordersOf(runs, new Set(keys)), ...calls]
}

/** What is easiest to act on comes first. */
const FEATURE_ORDER: readonly FeatureKind[] = ['error', 'verify', 'repeat', 'retry', 'used']

/** Pairs of tools of which one came before the other in as many sessions as a lesson needs. */
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
    .filter(([, { count }]) => count >= LIMITS.contrastSessionsMin)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { condition }]) => condition)
}
