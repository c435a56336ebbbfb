import { type Change, isEffective } from '../change.ts'
import type { UnitId } from '../ids.ts'
import type { LedgerDraft } from '../ledger.ts'
import { asUnitText, collapsed } from '../text/unit-text.ts'
import type { ParsedUnit, Unit } from '../unit.ts'
import type { DreamFacts } from './dream-facts.ts'

export const unitsBefore: View<readonly Unit[]> = once(({ before }) =>
  [...before.memories.values()].flatMap(({ units }) => units),
)

/** Every unit of the store as the dream leaves it, by path. */
export const storeAfter: View<ReadonlyMap<string, readonly ParsedUnit[]>> = once((facts) => {
  const untouched = [...facts.before.memories.values()].map(
    ({ path, units }) => [path, units] as const,
  )
  return new Map<string, readonly ParsedUnit[]>([...untouched, ...facts.after])
})

/** Texts of the store afterwards, on one line each. */
export const textsAfter: View<ReadonlySet<string>> = once(
  (facts) => new Set([...storeAfter(facts).values()].flat().map(({ text }) => collapsed(text))),
)

export const effective: View<readonly Change[]> = once(({ changes }) => changes.filter(isEffective))

/** Texts that a change writes as a unit's whole text. */
export function writtenTexts({ edits }: Change): readonly string[] {
  return edits.flatMap((edit) =>
    edit.op === 'replace' || edit.op === 'append' ? [asUnitText(edit.text)] : [],
  )
}

/** Remarks that a change adds behind a unit, without their brackets. */
export function writtenSuffixes({ edits }: Change): readonly string[] {
  return edits.flatMap((edit) => (edit.op === 'suffix' ? [collapsed(edit.text)] : []))
}

/** Units whose text a change takes away. */
export function displacedUnits({ edits }: Change): readonly UnitId[] {
  return edits.flatMap((edit) =>
    edit.op === 'replace' || edit.op === 'delete' ? [edit.unitId] : [],
  )
}

/** Units that a change edits in any way. */
export function editedUnits({ edits }: Change): readonly UnitId[] {
  return edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId]))
}

export function generatedLines({ ledger }: Change): readonly LedgerDraft[] {
  return ledger.filter(({ kind }) => kind === 'generated')
}

type View<T> = (facts: DreamFacts) => T

/** Facts are values, and every invariant asks for the same views of them, once per change. */
function once<T>(compute: View<T>): View<T> {
  const known = new WeakMap<DreamFacts, { readonly view: T }>()
  return (facts) => {
    const found = known.get(facts) ?? { view: compute(facts) }
    known.set(facts, found)
    return found.view
  }
}
