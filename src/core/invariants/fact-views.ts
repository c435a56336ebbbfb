import { type Change, isEffective } from '../change.ts'
import type { UnitId } from '../ids.ts'
import type { LedgerDraft } from '../ledger.ts'
import { asUnitText, collapsed } from '../text/unit-text.ts'
import type { ParsedUnit, Unit } from '../unit.ts'
import type { DreamFacts } from './dream-facts.ts'

export function unitsBefore({ before }: DreamFacts): readonly Unit[] {
  return [...before.memories.values()].flatMap(({ units }) => units)
}

/** Every unit of the store as the dream leaves it, by path. */
export function storeAfter(facts: DreamFacts): ReadonlyMap<string, readonly ParsedUnit[]> {
  const untouched = [...facts.before.memories.values()].map(
    ({ path, units }) => [path, units] as const,
  )
  return new Map<string, readonly ParsedUnit[]>([...untouched, ...facts.after])
}

/** Texts of the store afterwards, on one line each. */
export function textsAfter(facts: DreamFacts): ReadonlySet<string> {
  return new Set([...storeAfter(facts).values()].flat().map(({ text }) => collapsed(text)))
}

export function effective({ changes }: DreamFacts): readonly Change[] {
  return changes.filter(isEffective)
}

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
