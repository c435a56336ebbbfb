import type { Change } from '../../core/change.ts'
import type { AutoApply } from '../../core/dream.ts'
import { assertNever } from '../../core/errors.ts'
import type { UnitId } from '../../core/ids.ts'
import { isAtLeast } from '../../core/trust.ts'
import type { Unit } from '../../core/unit.ts'

/** Whether a level writes a change without a person. */
export function isLetThrough(
  change: Change,
  level: AutoApply,
  units: ReadonlyMap<UnitId, Unit>,
): boolean {
  switch (level) {
    case 'all':
      return true
    case 'trusted':
      return isAtLeast(change.trust, 'user') || isSafe(change, units)
    case 'safe':
      return isSafe(change, units)
    case 'off':
      return false
    default:
      return assertNever(level)
  }
}

/** An exact duplicate that goes, or a line of an index that leads nowhere. */
function isSafe(change: Change, units: ReadonlyMap<UnitId, Unit>): boolean {
  return isExactDuplicate(change) || isIndexRepair(change, units)
}

/** Every text of it is the same but for white space, so that no word leaves the store. */
function isExactDuplicate({ kind, before, after, isWordedByModel }: Change): boolean {
  if (kind !== 'merge' || isWordedByModel) return false
  const texts = [...before, ...after].map(({ text }) => text.replace(/\s+/gu, ' ').trim())
  return new Set(texts).size === 1
}

function isIndexRepair(
  { kind, edits, units: ids }: Change,
  units: ReadonlyMap<UnitId, Unit>,
): boolean {
  const touched = [...ids, ...edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId]))]
  return (
    kind === 'remove' &&
    touched.length > 0 &&
    edits.every(({ op }) => op === 'delete') &&
    touched.every((id) => units.get(id)?.kind === 'index-line')
  )
}
