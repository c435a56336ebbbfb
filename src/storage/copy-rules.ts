import { type DreamId, derivedId, type MemoryStoreId } from '../core/ids.ts'
import type { LedgerEntry } from '../core/ledger.ts'

/**
 * Stands where a dream would in what a lineage has taken over from another one: no dream of either
 * gives it back, so a revert in the one leaves the other as it is.
 */
export const COPIED: DreamId = 'copied' as DreamId

/**
 * The entry as a clone of its store has it. It still names its dream, for people; that dream's
 * revert does not mark it.
 */
export function copiedEntry(entry: LedgerEntry, storeId: MemoryStoreId): LedgerEntry {
  return { ...entry, id: derivedId('led', storeId, entry.id), storeId }
}
