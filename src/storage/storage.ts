import type { WorkspaceId } from '../core/ids.ts'
import type { Documents } from './port/documents.ts'
import type { Dreams } from './port/dreams.ts'
import type { Erasure } from './port/erasure.ts'
import type { Counters, Ledger, StepResults } from './port/ledger.ts'
import type { Logs } from './port/logs.ts'
import type { Memories } from './port/memories.ts'
import type { MemoryStores } from './port/memory-stores.ts'
import type { Sessions } from './port/sessions.ts'
import type { Units } from './port/units.ts'

export * from './port/documents.ts'
export type * from './port/dreams.ts'
export * from './port/erasure.ts'
export type * from './port/ledger.ts'
export type * from './port/logs.ts'
export type * from './port/memories.ts'
export type * from './port/memory-stores.ts'
export type * from './port/page.ts'
export type * from './port/sessions.ts'
export type * from './port/units.ts'

/**
 * Where everything lives, seen from one workspace: no method reads or writes another one's rows.
 * Every write is atomic, and durable when its promise resolves. Lists have a stable, stated order;
 * text is ordered by its UTF-8 bytes, "newest" is what was written last. Any text but one with half
 * a surrogate pair (`invalid_request_error`) comes back exactly as it was given. An id that has to
 * be new and is not throws `conflict_error`.
 */
export interface Storage {
  readonly stores: MemoryStores
  readonly memories: Memories
  readonly units: Units
  readonly sessions: Sessions
  readonly dreams: Dreams
  readonly ledger: Ledger
  readonly counters: Counters
  readonly steps: StepResults
  readonly documents: Documents
  readonly logs: Logs
  readonly erasure: Erasure
  /**
   * Runs `work` atomically: all its writes land, or none do. Use the storage passed in; nested
   * calls join, and one that throws fails the whole. Everybody else waits until it ends: never
   * call a model inside.
   */
  transaction<T>(work: (storage: Storage) => Promise<T>): Promise<T>
  /** The same storage, and the same transaction where there is one, seen from another workspace. */
  inWorkspace(id: WorkspaceId): Storage
  /** Ids of all workspaces that have a memory store or a document, in binary order. */
  workspaces(): Promise<readonly WorkspaceId[]>
  /** Waits for the calls made so far; later ones throw. */
  close(): Promise<void>
}
