import type { StoreContent, StoredMemory } from '../../core/store-content.ts'
import type { Unit } from '../../core/unit.ts'
import type { RemoveFinding } from './findings.ts'
import { orderToModelAt, speaksOfAttacks } from './order-to-model.ts'

/**
 * Notes that are no knowledge but an order to the model that reads them. The order leaves the
 * note, with all that follows it; what stands before it stays. In a memory or below a heading
 * that is about such orders they are left alone.
 */
export function findInjectedOrders({ memories }: StoreContent): readonly RemoveFinding[] {
  return [...memories.values()].flatMap((memory) =>
    memory.units.flatMap((unit): readonly RemoveFinding[] => {
      const start = orderToModelAt(unit.text)
      if (start === null || unit.kind === 'index-line') return []
      if (surroundingsOf(memory, unit).some(isAboutOrders)) return []
      const keptText = keptTextOf(unit, unit.text.slice(0, start).trim())
      return [{ kind: 'remove', unit, reasons: [REASON], keptText }]
    }),
  )
}

const REASON = 'This orders the model that reads the note to break its rules; it is no knowledge'
const HEAD_INSTEAD = 'An order to the model stood here'

/** A bullet with others below it cannot go alone. */
function keptTextOf({ kind }: Unit, before: string): string | null {
  if (/[\p{L}\p{N}]/u.test(before)) return before
  return kind === 'parent-bullet' ? HEAD_INSTEAD : null
}

/** What stands over a note: its path, headings and bullets, and the paragraph before a list. */
function surroundingsOf({ units }: StoredMemory, unit: Unit): readonly string[] {
  const above = units.findLast(
    ({ kind, ordinal, context }) =>
      kind === 'paragraph' && ordinal < unit.ordinal && context.join() === unit.context.join(),
  )
  const lead = above !== undefined && unit.kind !== 'paragraph' ? [above.text] : []
  return [unit.path.replace(/[-_/.]+/g, ' '), ...unit.context, ...lead]
}

/** Examples and things to refuse or report are shown, not given. */
function isAboutOrders(text: string): boolean {
  return speaksOfAttacks(text) || /\b(?:payloads?|examples?|refuse|report)\b/i.test(text)
}
