import type { Change } from '../../core/change.ts'
import { type ChangeSetId, derivedId } from '../../core/ids.ts'
import { DisjointSets } from '../disjoint-sets.ts'

/**
 * Gives changes that depend on each other one change-set: those that share a unit, and those that
 * `links` names (a file emptied together, a remark on a replacement). Sets are accepted, dropped
 * and reverted alone, so a set with a held change waits as a whole.
 */
export function assignChangeSets(
  changes: readonly Change[],
  links: readonly (readonly [string, string])[],
): readonly Change[] {
  const sets = new DisjointSets()
  const firstWith = new Map<string, string>()
  for (const change of changes) {
    for (const unit of touchedUnits(change)) {
      const first = firstWith.get(unit)
      if (first === undefined) firstWith.set(unit, change.id)
      else sets.join(first, change.id)
    }
  }
  for (const [a, b] of links) sets.join(a, b)
  const members = new Map<string, string[]>()
  for (const { id } of changes)
    members.set(sets.rootOf(id), [...(members.get(sets.rootOf(id)) ?? []), id])
  const setOf = (id: string): ChangeSetId =>
    derivedId('cset', ...[...(members.get(sets.rootOf(id)) ?? [])].sort())
  return holdTogether(changes.map((change) => ({ ...change, changeSet: setOf(change.id) })))
}

function holdTogether(changes: readonly Change[]): readonly Change[] {
  const reasons = new Map(
    changes.flatMap(({ changeSet, status, heldReason }) =>
      status === 'held' ? [[changeSet, heldReason] as const] : [],
    ),
  )
  return changes.map((change) => {
    const heldReason = reasons.get(change.changeSet)
    return heldReason === undefined || change.status === 'held'
      ? change
      : { ...change, status: 'held', heldReason }
  })
}

/** Units whose disposition or bytes the change takes part in. */
export function touchedUnits(change: Change): ReadonlySet<string> {
  return new Set([
    ...change.units,
    ...change.edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId])),
  ])
}
