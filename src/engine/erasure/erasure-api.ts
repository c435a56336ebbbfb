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
   * anew what rested on them, in every store, in one transaction; then the file gives its free pages
   * back. What is gone is gone. Leaves one audit line without contents.
   */
  erase(subject: ErasureSubject, by: Actor): Promise<Erasure>
}
