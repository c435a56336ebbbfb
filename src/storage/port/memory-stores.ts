import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Page, PageQuery, TimeRange } from './page.ts'

export interface MemoryStoreQuery extends PageQuery {
  readonly withArchived?: boolean
  readonly created?: TimeRange
}

/** What is given is changed. */
export interface MemoryStorePatch {
  readonly name?: string
  readonly description?: string
  /** In place of all there was. */
  readonly metadata?: Readonly<Record<string, string>>
}

export interface MemoryStores {
  /** A folder has one store that is not archived; a second one throws `conflict_error`. */
  create(store: MemoryStore): Promise<void>
  get(id: MemoryStoreId): Promise<MemoryStore | null>
  /** The store that mirrors this absolute folder path and is not archived. */
  findByFolder(folder: string): Promise<MemoryStore | null>
  /** By creation time, then id. */
  list(): Promise<readonly MemoryStore[]>
  /** Newest first; stores that mirror a folder are left out. */
  page(query: MemoryStoreQuery): Promise<Page<MemoryStore>>
  /** Throws `not_found_error`, `invalid_request_error` (archived). */
  update(id: MemoryStoreId, patch: MemoryStorePatch, at: string): Promise<MemoryStore>
  /** Throws `not_found_error`. Archiving again keeps the first time. */
  archive(id: MemoryStoreId, at: string): Promise<void>
  /**
   * Removes the store for good: memories, versions, units, ledger, what its lineage has read, and the
   * changes of dreams whose output it is. These stay as rows without texts. Throws `not_found_error`.
   */
  remove(id: MemoryStoreId): Promise<void>
}
