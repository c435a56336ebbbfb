import type { Change, Disposition } from '../change.ts'
import { digestOf } from '../ids.ts'
import type { ContentDelta } from '../store-content.ts'
import type { DreamFacts, InvariantNumber, Violation } from './dream-facts.ts'

/** What two runs are compared by. */
export interface ComparedPlan {
  readonly changes: readonly Change[]
  readonly dispositions: readonly Disposition[]
  readonly delta: ContentDelta
}

/**
 * 7, within one dream: no change comes back that a person rejected or that waits as held, and no
 * lesson is told twice.
 */
export function settledStaysSettled({ snapshot, changes }: DreamFacts): readonly Violation[] {
  const settled = new Set<string>(snapshot.settledChanges)
  const told = new Set(snapshot.settledPatterns)
  return changes
    .filter(
      ({ id, kind, pattern }) =>
        settled.has(id) || (kind === 'insight' && pattern !== null && told.has(pattern)),
    )
    .map(({ id }) => violation(7, id, 'The change was decided on before and is proposed again.'))
}

/** 7. plan(inputs) = plan(inputs), and after apply plan(inputs) = ∅. */
export function fixpoint(
  plan: ComparedPlan,
  rerun: ComparedPlan,
  afterApply: ComparedPlan,
): readonly Violation[] {
  const restless = afterApply.changes.map(({ id }) =>
    violation(7, id, 'A run after apply plans the change again.'),
  )
  return [...compare(7, plan, rerun), ...restless]
}

/** 8. ∀ permutation π of sessions with equal or unknown times: plan(π(inputs)) = plan(inputs). */
export function orderIndependence(
  plan: ComparedPlan,
  permuted: ComparedPlan,
): readonly Violation[] {
  return compare(8, plan, permuted)
}

/** 12. A run that was cut off anywhere and run again = a run that was not, to the byte. */
export function resume(plan: ComparedPlan, resumed: ComparedPlan): readonly Violation[] {
  return compare(12, plan, resumed)
}

/** Whether two runs came to the same changes, dispositions and bytes, order of changes included. */
export function samePlan(a: ComparedPlan, b: ComparedPlan): boolean {
  return differences(a, b).length === 0
}

function compare(
  invariant: InvariantNumber,
  a: ComparedPlan,
  b: ComparedPlan,
): readonly Violation[] {
  return differences(a, b).map((subject) =>
    violation(invariant, subject, 'The two runs differ here.'),
  )
}

/** Ids of changes and units, and paths, in which two plans differ. */
function differences(a: ComparedPlan, b: ComparedPlan): readonly string[] {
  const left = digests(a)
  const right = digests(b)
  const subjects = new Set([...left.keys(), ...right.keys()])
  const unequal = [...subjects].filter((subject) => left.get(subject) !== right.get(subject))
  const isReordered =
    digestOf(a.changes.map(({ id }) => id)) !== digestOf(b.changes.map(({ id }) => id))
  return unequal.length === 0 && isReordered ? ['order of changes'] : unequal
}

function digests({ changes, dispositions, delta }: ComparedPlan): ReadonlyMap<string, string> {
  return new Map<string, string>([
    ...changes.map((change) => [change.id, digestOf(change)] as const),
    ...dispositions.map((item) => [item.unitId, digestOf(item)] as const),
    ...[...delta].map(([path, content]) => [path, digestOf(content)] as const),
  ])
}

function violation(invariant: InvariantNumber, subject: string, message: string): Violation {
  return { invariant, subject, message }
}
