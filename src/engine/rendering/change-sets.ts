import type { Change } from '../../core/change.ts'
import { type ChangeSetId, derivedId } from '../../core/ids.ts'

/**
 * Gives changes that depend on each other one change-set: those that share a unit, and those that
 * `links` names (a file emptied together, a remark on a replacement). Sets are accepted, dropped
 * and reverted alone, so a set with a held change waits as a whole.
 */
export function assignChangeSets(
  changes: readonly Change[],
  links: readonly (readonly [string, string])[],
): readonly Change[] {
  const parent = new Map<string, string>(changes.map(({ id }) => [id, id]))
  const rootOf = (id: string): string => {
    let root = id
    for (
      let next = parent.get(root);
      next !== undefined && next !== root;
      next = parent.get(root)
    ) {
      root = next
    }
    return root
  }
  const join = (a: string, b: string): void => {
    parent.set(rootOf(a), rootOf(b))
  }
  const firstWith = new Map<string, string>()
  for (const change of changes) {
    for (const unit of touchedUnits(change)) {
      const first = firstWith.get(unit)
      if (first === undefined) firstWith.set(unit, change.id)
      else join(first, change.id)
    }
  }
  for (const [a, b] of links) join(a, b)
  const members = new Map<string, string[]>()
  for (const { id } of changes) members.set(rootOf(id), [...(members.get(rootOf(id)) ?? []), id])
  const setOf = (id: string): ChangeSetId =>
    derivedId('cset', ...[...(members.get(rootOf(id)) ?? [])].sort())
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
