import { isEffective } from '../change.ts'
import { collapsed } from '../text/unit-text.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { displacedUnits, editedUnits, effective, storeAfter, unitsBefore } from './fact-views.ts'

/**
 * 6. ∀ pinned unit: kept (or in a conflict, which leaves it), named by no effective edit, and in
 * its memory afterwards. ∀ unit a person wrote: displaced only by a change a person accepted.
 */
export function pinsAndPersons(facts: DreamFacts): readonly Violation[] {
  return [...pinViolations(facts), ...personViolations(facts)]
}

function pinViolations(facts: DreamFacts): readonly Violation[] {
  const pinned = new Set<string>(facts.snapshot.pinnedUnits)
  const edited = new Set<string>(effective(facts).flatMap(editedUnits))
  const after = storeAfter(facts)
  const settled = new Map(facts.changes.map((change) => [change.id, isEffective(change)]))
  const moved = new Set<string>(
    facts.dispositions
      .filter(({ kind }) => kind !== 'keep' && kind !== 'conflict')
      .filter(({ changeId }) => changeId === null || settled.get(changeId) !== false)
      .map(({ unitId }) => unitId),
  )
  return unitsBefore(facts)
    .filter(({ id, isPinned }) => isPinned || pinned.has(id))
    .filter(({ id, path, text }) => {
      const standing = (after.get(path) ?? []).map((unit) => collapsed(unit.text))
      return edited.has(id) || moved.has(id) || !standing.includes(collapsed(text))
    })
    .map(({ id }) => violation(id, 'The unit is pinned and does not stay as it is.'))
}

function personViolations(facts: DreamFacts): readonly Violation[] {
  const written = new Set<string>(
    unitsBefore(facts).flatMap(({ id, origin }) => (origin === 'person' ? [id] : [])),
  )
  return effective(facts)
    .filter(({ status }) => status !== 'accepted')
    .flatMap(displacedUnits)
    .filter((id) => written.has(id))
    .map((id) => violation(id, 'A person wrote the unit, and no person accepted its replacement.'))
}

function violation(subject: string, message: string): Violation {
  return { invariant: 6, subject, message }
}
