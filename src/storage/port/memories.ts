import type { MemoryId, MemoryStoreId, MemoryVersionId } from '../../core/ids.ts'
import type { Actor, Memory, MemoryOperation, MemoryVersion } from '../../core/memory.ts'
import type { Page, PageQuery, TimeRange } from './page.ts'

export interface MemoryWrite {
  readonly storeId: MemoryStoreId
  readonly path: string
  readonly content: string
  readonly actor: Actor
  readonly at: string
  /**
   * The hash the memory must have now; null = it must not exist; absent = write in any case.
   * Otherwise throws `memory_precondition_failed_error` and writes nothing.
   */
  readonly expectedSha256?: string | null
  /** How many memories the store may hold; absent = any number. */
  readonly memoriesMax?: number
  readonly newIds: { readonly memory: MemoryId; readonly version: MemoryVersionId }
}

/** Gives a memory another path, and another content where one is named. */
export interface MemoryMove {
  readonly storeId: MemoryStoreId
  readonly id: MemoryId
  readonly path: string
  readonly content?: string
  readonly actor: Actor
  readonly at: string
  /** As in `MemoryWrite`; a memory that is as wanted already passes in any case. */
  readonly expectedSha256?: string
  readonly newVersionId: MemoryVersionId
}

export interface MemoryQuery extends PageQuery {
  /** Ends with `/`; memories below it. `/` = all. */
  readonly prefix: string
  /** True: what lies deeper than one level is rolled up into prefixes. */
  readonly isShallow: boolean
}

/** A memory, or a folder of deeper ones: `/projects/foo/`. */
export type MemoryItem = { readonly memory: Memory } | { readonly prefix: string }

export interface Memories {
  /** By path, binary collation. */
  list(storeId: MemoryStoreId): Promise<readonly Memory[]>
  /** By path, binary collation; a prefix stands where its path does. */
  page(storeId: MemoryStoreId, query: MemoryQuery): Promise<Page<MemoryItem>>
  get(storeId: MemoryStoreId, id: MemoryId): Promise<Memory | null>
  getByPath(storeId: MemoryStoreId, path: string): Promise<Memory | null>
  /**
   * Creates or modifies the memory at a path and makes a version. Equal content makes no version
   * and returns the memory as it is. Throws `not_found_error` (store), `invalid_request_error`
   * (archived store, or `memoriesMax` reached), `memory_path_conflict_error` where a new path is
   * above or below another one (details: `conflicting_path`, `conflicting_memory_id`).
   */
  write(write: MemoryWrite): Promise<Memory>
  /**
   * Throws as `write` does, and `memory_path_conflict_error` where another memory has the path,
   * `not_found_error` (memory). Nothing to change makes no version.
   */
  move(move: MemoryMove): Promise<Memory>
  /**
   * Makes a `deleted` version, in an archived store too; throws `not_found_error` where there is no
   * memory at the path.
   */
  remove(write: Omit<MemoryWrite, 'content'>): Promise<MemoryVersion>
  /** Memories below a prefix, counted up to `most`. */
  count(storeId: MemoryStoreId, prefix: string, most: number): Promise<number>
  /** The memories at these paths, by path; a path without one is left out. */
  atPaths(storeId: MemoryStoreId, paths: readonly string[]): Promise<readonly Memory[]>
  /** Full text over live memories, best first; any query text is legal and never a syntax error. */
  search(storeId: MemoryStoreId, query: string, limit: number): Promise<readonly SearchHit[]>
  readonly versions: MemoryVersions
}

export interface MemoryVersionQuery extends PageQuery {
  readonly memoryId?: MemoryId
  readonly operation?: MemoryOperation
  /** Id of the session, key or person that wrote it. */
  readonly actorId?: string
  readonly created?: TimeRange
}

export interface MemoryVersions {
  /** Newest first. */
  list(
    storeId: MemoryStoreId,
    filter?: { readonly path?: string; readonly limit?: number },
  ): Promise<readonly MemoryVersion[]>
  /** Newest first. */
  page(storeId: MemoryStoreId, query: MemoryVersionQuery): Promise<Page<MemoryVersion>>
  get(id: MemoryVersionId): Promise<MemoryVersion | null>
  /**
   * Wipes content, path, hash and size, and the units recorded with the version; again changes
   * nothing. Throws `not_found_error`, `invalid_request_error` for the head of a live memory.
   */
  redact(id: MemoryVersionId, by: Actor, at: string): Promise<MemoryVersion>
}

export interface SearchHit {
  readonly path: string
  readonly snippet: string
  readonly score: number
}
