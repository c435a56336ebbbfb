import type { ChangeId, DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { LedgerEntry, Sighting } from '../../core/ledger.ts'

export interface Ledger {
  /** Throws `not_found_error` (store). */
  append(entries: readonly LedgerEntry[]): Promise<void>
  /** Newest first; reverted entries only on request. */
  list(
    storeId: MemoryStoreId,
    filter?: { readonly path?: string; readonly withReverted?: boolean },
  ): Promise<readonly LedgerEntry[]>
  /** Marks the entries of a dream, or of these changes of it. */
  markReverted(dreamId: DreamId, changeIds?: readonly ChangeId[]): Promise<void>
  /**
   * Copies the entries of a store for its clone, but for those of these dreams; ids are derived from
   * store and entry.
   */
  copy(
    fromStoreId: MemoryStoreId,
    toStoreId: MemoryStoreId,
    except?: readonly DreamId[],
  ): Promise<void>
}

export interface Counters {
  /** A sighting of (lineage, pattern, session) that is stored already is left as it is. */
  add(dreamId: DreamId, sightings: readonly Sighting[]): Promise<void>
  /** By pattern, then session id. */
  list(lineageId: string): Promise<readonly Sighting[]>
  giveBack(dreamId: DreamId): Promise<void>
  /** As `Consumption.copy`. */
  copy(fromLineageId: string, toLineageId: string, except?: readonly DreamId[]): Promise<void>
}

/** Results of expensive steps under the hash of their inputs, stored before use (design, 6). */
export interface StepResults {
  get(key: string): Promise<string | null>
  /** The first result under a key stays: it may have been used already. */
  put(key: string, result: string): Promise<void>
  /** Those that are there, by key: `get` for thousands at once. */
  getAll(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** `put` for thousands at once: all or none. */
  putAll(results: readonly (readonly [key: string, result: string])[]): Promise<void>
}
