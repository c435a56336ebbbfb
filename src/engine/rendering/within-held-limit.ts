import type { Change } from '../../core/change.ts'
import type { ChangeSetId } from '../../core/ids.ts'

/** What a plan keeps for a review, and how many held changes were left out of it. */
export interface HeldWithin {
  readonly changes: readonly Change[]
  readonly leftOut: number
}

/**
 * Bounds what people are asked to review: of the held changes that only add a text, the first
 * change-sets in plan order stay, at most `max` changes. Who writes to sessions can make any number
 * of those; held changes of notes are as many as there are notes, and stay.
 */
export function withinHeldLimit(changes: readonly Change[], max: number): HeldWithin {
  const sets = Map.groupBy(changes, ({ changeSet }) => changeSet)
  const left = new Set<ChangeSetId>()
  let kept = 0
  for (const [id, set] of sets) {
    if (!set.every(isHeldAddition)) continue
    if (kept + set.length > max) left.add(id)
    else kept += set.length
  }
  const stay = changes.filter(({ changeSet }) => !left.has(changeSet))
  return { changes: stay, leftOut: changes.length - stay.length }
}

function isHeldAddition({ status, units, edits }: Change): boolean {
  return status === 'held' && units.length === 0 && edits.every(({ op }) => op === 'append')
}
