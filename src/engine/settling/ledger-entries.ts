import type { Change } from '../../core/change.ts'
import { type DreamId, derivedId, type MemoryStoreId } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'

/** What changes put into the ledger when they are applied; `at` is ISO 8601. */
export function ledgerEntries(
  dreamId: DreamId,
  storeId: MemoryStoreId,
  changes: readonly Change[],
  at: string,
): readonly LedgerEntry[] {
  return changes.flatMap((change) =>
    change.ledger.map((draft, n) => ({
      ...draft,
      id: derivedId('led', dreamId, change.id, String(n), at),
      storeId,
      dreamId,
      changeId: change.id,
      recordedAt: at,
      isReverted: false,
    })),
  )
}
