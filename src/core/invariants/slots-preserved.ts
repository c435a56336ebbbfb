import type { Change } from '../change.ts'
import { collapsed } from '../text/unit-text.ts'
import type { Unit } from '../unit.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import {
  displacedUnits,
  effective,
  textsAfter,
  unitsBefore,
  writtenSuffixes,
  writtenTexts,
} from './fact-views.ts'

/**
 * 4. ∀ unit u that a merge or replacement displaces: slots(u) ⊆ slots(what the change leaves in
 * the store) ∪ slots(its ledger drafts).
 */
export function slotsPreserved(facts: DreamFacts): readonly Violation[] {
  const units = new Map(unitsBefore(facts).map((unit) => [unit.id, unit]))
  const standing = textsAfter(facts)
  return effective(facts)
    .filter(({ kind }) => kind === 'merge' || kind === 'supersede')
    .flatMap((change) => {
      const kept = new Set(survivingTexts(change, units, standing).flatMap(facts.slotsOf))
      return displacedUnits(change).flatMap((id) => {
        const lost = facts.slotsOf(units.get(id)?.text ?? '').filter((slot) => !kept.has(slot))
        if (lost.length === 0) return []
        const message = `${lost.length} slots of the unit are neither in the store nor in the ledger.`
        return [{ invariant: 4 as const, subject: id, message }]
      })
    })
}

/** A change may show a text as its result that it does not write; such a one must really stand. */
function survivingTexts(
  change: Change,
  units: ReadonlyMap<string, Unit>,
  standing: ReadonlySet<string>,
): readonly string[] {
  const displaced = new Set(displacedUnits(change))
  const members = change.units.filter((id) => !displaced.has(id))
  return [
    ...writtenTexts(change),
    ...writtenSuffixes(change),
    ...change.after.map(({ text }) => text).filter((text) => standing.has(collapsed(text))),
    ...members
      .map((id) => units.get(id)?.text ?? '')
      .filter((text) => standing.has(collapsed(text))),
    ...change.ledger.map(({ text }) => text),
  ]
}
