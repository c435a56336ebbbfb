import type { Change } from '../../core/change.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import type { DreamInputs } from '../stages/snapshot.ts'

/** How many texts a question to the store brings up. */
export const TOP_K = 5

/** What an agent finds in the store as it is. */
export function textsBefore({ units }: DreamInputs): readonly string[] {
  return units.map(({ text }) => text)
}

/** What an agent finds in the store once the effective ones of some changes are applied. */
export function textsAfter(inputs: DreamInputs, changes: readonly Change[]): readonly string[] {
  const { delta, units } = planEffect(inputs.content, changes)
  const untouched = inputs.units.filter(({ path }) => !delta.has(path))
  return [...untouched, ...[...units.values()].flat()].map(({ text }) => text)
}

/** Units that a change names in the ledger: what left the text for a stated reason is not missed. */
export function explainedUnits(
  effective: readonly Change[],
  isExplained: (entry: LedgerDraft) => boolean = () => true,
): ReadonlySet<string> {
  const entries = effective.flatMap(({ ledger }) => ledger.filter(isExplained))
  return new Set(entries.flatMap(({ unitId }) => unitId ?? []))
}
