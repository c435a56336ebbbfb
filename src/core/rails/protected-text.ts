import type { Edit } from '../change.ts'
import { isOperatorText } from '../memory-path.ts'
import type { Unit } from '../unit.ts'
import type { Rail, RailFacts } from './rail-facts.ts'

/**
 * Rail 6, what is nobody's to touch: pinned units, closed memories, words of a person or operator.
 * That nothing moved since is asked when a plan is applied (`memory_moved`).
 */
export const protectedText: Rail = ({ edits }, facts) => {
  if (edits.some((edit) => isPinnedPlace(edit, facts))) return { act: 'hold', why: 'pinned' }
  return editedUnits(edits, facts).some(isAPersons) ? { act: 'hold', why: 'person_wrote_it' } : null
}

function editedUnits(edits: readonly Edit[], { units }: RailFacts): readonly Unit[] {
  return edits.flatMap((edit) => (edit.op === 'append' ? [] : (units.get(edit.unitId) ?? [])))
}

function isPinnedPlace(edit: Edit, facts: RailFacts): boolean {
  if (edit.op === 'append') return facts.isClosed(edit.path)
  const isPinned = facts.units.get(edit.unitId)?.isPinned ?? false
  return isPinned || facts.pinned.has(edit.unitId)
}

function isAPersons({ origin, trust, path }: Unit): boolean {
  return origin === 'person' || trust === 'operator' || isOperatorText(path)
}
