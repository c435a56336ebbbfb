import type { MemoryStoreId } from '../../core/ids.ts'
import type { Page, PageQuery } from './page.ts'

/** Every kind of row that may hold somebody's words. */
export const TEXT_PLACES = [
  'store',
  'session',
  'event',
  'version',
  'dream',
  'change',
  'ledger',
  'sighting',
  'step',
  'document',
  'line',
] as const

export type TextPlace = (typeof TEXT_PLACES)[number]

/** Places whose rows may go one by one; what depends on a row goes with it. */
export type RemovablePlace = 'event' | 'sighting' | 'step' | 'line'

/** What a row says, by names of the adapter's own. Structured values are JSON text. */
export interface TextRow {
  /** Event: id. Sighting: lineage, pattern, session. Line: stream, id. Change: dream, id. Document: kind, id. */
  readonly key: readonly string[]
  /** Empty fields are left out. Evidence stands under `evidence`, as a JSON list. */
  readonly texts: Readonly<Record<string, string>>
}

/** Finds words wherever they stand, and takes them out. Rules for what they are live in the engine. */
export interface Erasure {
  /** All rows of a place, each once, in a stable order. */
  page(place: TextPlace, query: PageQuery): Promise<Page<TextRow>>
  /**
   * Puts these texts in place of those of the rows; other fields stay. A version is redacted and
   * never rewritten: `invalid_request_error`. So are lines of the audit.
   */
  rewrite(place: TextPlace, rows: readonly TextRow[]): Promise<void>
  /** Returns how many there were. `permission_error` for lines of the audit. */
  remove(place: RemovablePlace, keys: readonly TextRow['key'][]): Promise<number>
  /** Says when a store was archived; null = it may be written. Memories of archived stores are erased too. */
  setArchived(storeId: MemoryStoreId, at: string | null): Promise<void>
  /** Makes the index that search uses anew, so that no word of a removed text is left in it. */
  reindex(): Promise<void>
  /**
   * Gives back what removed texts left in files of the storage. Not inside a transaction. Returns
   * the files that could not be cleaned, because another process still reads them.
   */
  settle(): Promise<readonly string[]>
}
