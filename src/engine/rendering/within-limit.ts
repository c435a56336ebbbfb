import { type Change, isEffective } from '../../core/change.ts'
import type { ChangeSetId } from '../../core/ids.ts'

/** What a plan holds, and what is left for the next dream. */
export interface Limited {
  readonly changes: readonly Change[]
  readonly waiting: readonly Change[]
}

/**
 * The first changes in the order given, at most `changesMax`, in whole change-sets: a set that
 * does not fit waits, and a smaller one further on may take its place.
 */
export function withinLimit(changes: readonly Change[], changesMax: number): Limited {
  if (changes.length <= changesMax) return { changes, waiting: [] }
  const sizes = new Map<ChangeSetId, number>()
  for (const { changeSet } of changes) sizes.set(changeSet, (sizes.get(changeSet) ?? 0) + 1)
  const taken = new Set<ChangeSetId>()
  let count = 0
  for (const change of inReadingOrder(changes)) {
    const size = sizes.get(change.changeSet) ?? 0
    if (taken.has(change.changeSet) || count + size > changesMax) continue
    taken.add(change.changeSet)
    count += size
  }
  const isTaken = ({ changeSet }: Change): boolean => taken.has(changeSet)
  return {
    changes: changes.filter(isTaken),
    waiting: changes.filter((change) => !isTaken(change)),
  }
}

/** What is held waits for a person anyway. */
function inReadingOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes.filter(isEffective), ...changes.filter((change) => !isEffective(change))]
}
