import type { MEMORY_FORMATS } from '../../config.ts'
import type { Memory, MemoryVersion } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'

export type MemoryFormat = (typeof MEMORY_FORMATS)[number]

/** Memories that live in the state folder, beside those that mirror a folder. */
export interface StoreOperations {
  /** `audience` says who may read it, `team:support`; absent = the person here alone. */
  create(name: string, audience?: string): Promise<MemoryStore>
  /** All that are known, archived ones last. */
  list(): Promise<readonly MemoryStore[]>
  /** It stays readable for good, and is not written to. A folder is not archived. */
  archive(storeRef: string): Promise<MemoryStore>
  /**
   * Writes a store into a new or an empty folder: its memories as files, and one file with what files
   * cannot say. All or nothing; throws `conflict_error` where something stands already.
   */
  export(
    storeRef: string,
    folder: string,
    /** The files alone. */
    options?: { readonly markdownOnly?: boolean },
  ): Promise<StoreExport>
  /** Makes a new store of what stands at a path. All or nothing. */
  import(from: string, options?: StoreImportOptions): Promise<StoreImport>
}

export interface StoreExport {
  readonly store: MemoryStore
  /** Absolute. */
  readonly folder: string
  readonly memories: number
  /** Null = only the files were wanted. */
  readonly kept: StoredParts | null
  /** Memories whose path is no file name that every system can hold and tell from the others. */
  readonly renamed: readonly {
    readonly path: string
    readonly file: string
    readonly reason: string
  }[]
  readonly warnings: readonly string[]
}

/** What is carried besides the files, in numbers. */
export interface StoredParts {
  readonly versions: number
  readonly units: number
  readonly pinned: number
  readonly ledger: number
  readonly dreams: number
}

export interface StoreImportOptions {
  /** Absent = what the source calls it. */
  readonly name?: string
  /** Who may read it; absent = as it was for an exported store, else the person here alone. */
  readonly audience?: string
  /** Absent = judged by what is there. */
  readonly format?: MemoryFormat
  /** Whose memories of a source that holds those of several users. */
  readonly user?: string
  /** Name or id of the agent, of a source that holds several. */
  readonly agent?: string
}

export interface StoreImport {
  readonly store: MemoryStore
  readonly format: MemoryFormat
  readonly memories: number
  readonly kept: StoredParts
  readonly warnings: readonly string[]
}

export interface MemoryPut {
  readonly path: string
  readonly content: string
  /** The hash the memory must have now; null = it must not exist; absent = any. */
  readonly expectedSha256?: string | null
}

/** A person's own act on one memory. */
export interface MemoryActs {
  /**
   * Writes a memory of a store or a file of a folder as a person's; equal content changes nothing.
   * Throws `invalid_request_error` for an empty or oversized text or a path that is none,
   * `conflict_error` where the memory is not as expected or moved on meanwhile.
   */
  put(storeRef: string, put: MemoryPut): Promise<PutMemory>
  /**
   * Writes again what a version of the store said; null = what stood at the path before its last
   * change or removal. Throws as `put`, and `not_found_error`.
   */
  putVersion(storeRef: string, path: string, versionId: string | null): Promise<PutMemory>
  /** Removes a memory; its versions stay. Throws `not_found_error`, `conflict_error`. */
  remove(storeRef: string, path: string, expectedSha256?: string): Promise<RemovedMemory>
}

export interface PutMemory {
  readonly store: MemoryStore
  readonly memory: Memory
  readonly outcome: 'created' | 'modified' | 'unchanged'
}

export interface RemovedMemory {
  readonly store: MemoryStore
  readonly path: string
  /** The version to go back to. */
  readonly last: MemoryVersion['id']
}
