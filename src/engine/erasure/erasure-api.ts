import type { ErasureId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'

/** What shall be forgotten: one session, all of one user, or every place of some words. */
export type ErasureSubject =
  | { readonly kind: 'session'; readonly sessionId: SessionId }
  | { readonly kind: 'user'; readonly userId: string }
  /** At least `erasureQuoteCharsMin` characters, so that nobody erases every "the". */
  | { readonly kind: 'quote'; readonly text: string }

/** A memory whose words rest on what shall be forgotten, and what becomes of it. */
export interface TracedMemory {
  readonly storeId: MemoryStoreId
  readonly path: string
  readonly line: number
  /** `withdrawn`: nothing else supports it. `reworded`: told anew from what is left. `kept`: others said the same. */
  readonly outcome: 'withdrawn' | 'reworded' | 'kept'
}

/** Where the words are, counted by kind of place; names and counts, never the words. */
export interface ErasureTrace {
  readonly sessions: readonly SessionId[]
  readonly events: number
  readonly memories: readonly TracedMemory[]
  /** Versions, ledger entries, changes, counters, kept steps, documents, log lines, by these names. */
  readonly places: Readonly<Record<string, number>>
  /**
   * Files that hold the words, or may, and that nobody rewrites here: recordings elsewhere, folders
   * out of reach, files that a person changed meanwhile, a database that others still read.
   */
  readonly leftIn: readonly string[]
}

export interface Erasure extends ErasureTrace {
  readonly id: ErasureId
  readonly at: string
}

export interface WorkspaceErasures {
  /** Looks and changes nothing. */
  trace(subject: ErasureSubject): Promise<ErasureTrace>
  /**
   * Removes the words from sessions, versions, indexes, caches, plans and logs, and withdraws or tells
   * anew what rested on them, in every store, in one transaction; then mirrored folders are written,
   * and the file gives its free pages back. What is gone is gone. Leaves audit lines without
   * contents. Throws `invalid_request_error` for a quote that is too short or too long, or an actor
   * that is an agent, `not_found_error` for a session that is not there.
   */
  erase(subject: ErasureSubject, by: Actor): Promise<Erasure>
}

/** Files beside the database that may hold words of sessions. */
export interface KeptFiles {
  /** Files of the state folder, and at or below these paths, in which the words are found. Changes nothing. */
  holding(holds: (text: string) => boolean, paths: readonly string[]): Promise<readonly string[]>
  /** Removes answers of models that hold them from the state folder; returns what holds them still. */
  clean(holds: (text: string) => boolean, paths: readonly string[]): Promise<readonly string[]>
  /** Whether a folder may still be where it was put; one whose disk is away may be. */
  mayStand(folder: string): Promise<boolean>
}
