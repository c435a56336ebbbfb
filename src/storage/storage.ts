import type { Change, ChangeStatus, HeldReason } from '../core/change.ts'
import type { Sighting } from '../core/counter.ts'
import type { Dream, DreamFailureType, Plan, PlanStatus } from '../core/dream.ts'
import type {
  ChangeId,
  DreamId,
  MemoryId,
  MemoryStoreId,
  MemoryVersionId,
  SessionEventId,
  SessionId,
  UnitId,
  WorkspaceId,
} from '../core/ids.ts'
import type { LedgerEntry } from '../core/ledger.ts'
import type { Actor, Memory, MemoryVersion } from '../core/memory.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { Session } from '../core/session.ts'
import type { SessionEvent } from '../core/session-event.ts'
import type { Unit } from '../core/unit.ts'

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
  /**
   * Runs `work` atomically: all its writes land, or none do. Use the storage passed in; nested
   * calls join, and one that throws fails the whole. Everybody else waits until it ends: never
   * call a model inside.
   */
  transaction<T>(work: (storage: Storage) => Promise<T>): Promise<T>
  /** The same storage, and the same transaction where there is one, seen from another workspace. */
  inWorkspace(id: WorkspaceId): Storage
  /** Waits for the calls made so far; later ones throw. */
  close(): Promise<void>
}

export interface MemoryStores {
  /** A folder has one store that is not archived; a second one throws `conflict_error`. */
  create(store: MemoryStore): Promise<void>
  get(id: MemoryStoreId): Promise<MemoryStore | null>
  /** The store that mirrors this absolute folder path and is not archived. */
  findByFolder(folder: string): Promise<MemoryStore | null>
  /** By creation time, then id. */
  list(): Promise<readonly MemoryStore[]>
  /** Throws `not_found_error`. Archiving again keeps the first time. */
  archive(id: MemoryStoreId, at: string): Promise<void>
}

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
  readonly newIds: { readonly memory: MemoryId; readonly version: MemoryVersionId }
}

export interface Memories {
  /** By path, binary collation. */
  list(storeId: MemoryStoreId): Promise<readonly Memory[]>
  getByPath(storeId: MemoryStoreId, path: string): Promise<Memory | null>
  /**
   * Creates or modifies the memory at a path and makes a version. Equal content makes no version
   * and returns the memory as it is. Throws `not_found_error` (store), `invalid_request_error`
   * (archived store).
   */
  write(write: MemoryWrite): Promise<Memory>
  /** Makes a `deleted` version; throws `not_found_error` where there is no memory at the path. */
  remove(write: Omit<MemoryWrite, 'content'>): Promise<MemoryVersion>
  /** Newest first. */
  versions(
    storeId: MemoryStoreId,
    filter?: { readonly path?: string; readonly limit?: number },
  ): Promise<readonly MemoryVersion[]>
  version(id: MemoryVersionId): Promise<MemoryVersion | null>
  /** Full text over live memories, best first; any query text is legal and never a syntax error. */
  search(storeId: MemoryStoreId, query: string, limit: number): Promise<readonly SearchHit[]>
}

export interface SearchHit {
  readonly path: string
  readonly snippet: string
  readonly score: number
}

export interface Units {
  /** Units of live memories, by path then ordinal. */
  list(storeId: MemoryStoreId): Promise<readonly Unit[]>
  /**
   * Records the units of one memory version, in place of any recorded before, and makes them the
   * memory's current ones. Throws `not_found_error` where the memory is not live or the version
   * not its own, `invalid_request_error` where units name another version or share an ordinal.
   */
  record(memoryId: MemoryId, versionId: MemoryVersionId, units: readonly Unit[]): Promise<void>
  /** Units as they were recorded with a version, by ordinal. `isPinned` is always today's. */
  ofVersion(versionId: MemoryVersionId): Promise<readonly Unit[]>
  /** Throws `not_found_error`. Survives later versions of the memory. */
  setPinned(id: UnitId, isPinned: boolean): Promise<void>
}

export interface Sessions {
  /** Inserts or updates the session row by id. */
  put(session: Session): Promise<void>
  /**
   * Adds events whose id is not stored yet, in whatever session; returns how many were new.
   * Idempotent. Throws `not_found_error` (session).
   */
  append(sessionId: SessionId, events: readonly SessionEvent[]): Promise<number>
  get(id: SessionId): Promise<Session | null>
  /** By first event time (undated last), then id. */
  list(): Promise<readonly Session[]>
  /** By ordinal, then id. */
  events(id: SessionId): Promise<readonly SessionEvent[]>
  event(id: SessionEventId): Promise<SessionEvent | null>
  /** Removes the session, its events and its consumption, if there; ledger quotes stay. */
  remove(id: SessionId): Promise<void>
  readonly consumption: Consumption
}

/** Which events a lineage has dreamt over. Grows at commit or apply only; revert gives it back. */
export interface Consumption {
  /** Event ids of the session, by ordinal, that this lineage has not consumed. */
  unread(lineageId: string, sessionId: SessionId): Promise<readonly SessionEventId[]>
  /** Events that are not stored (any more) are passed over. */
  consume(lineageId: string, dreamId: DreamId, eventIds: readonly SessionEventId[]): Promise<void>
  /** What another dream consumed too stays consumed. */
  giveBack(dreamId: DreamId): Promise<void>
}

/** Held by the one process that runs a dream; a write under an older token throws `conflict_error`. */
export interface Lease {
  readonly dreamId: DreamId
  readonly token: number
}

/** A dream that is named and not there throws `not_found_error`. */
export interface Dreams {
  create(dream: Dream): Promise<void>
  get(id: DreamId): Promise<Dream | null>
  /** Newest first. */
  list(storeId?: MemoryStoreId): Promise<readonly Dream[]>
  /**
   * Claims a pending dream, or a running one whose lease has run out, and sets it running;
   * null = somebody else holds it or it has ended.
   */
  claim(id: DreamId, now: string, leaseUntil: string): Promise<Lease | null>
  /** Prolongs a lease; throws `conflict_error` when somebody else holds the dream by now. */
  renew(lease: Lease, leaseUntil: string): Promise<void>
  /**
   * Ends a running dream with its plan and changes, atomically; legal transitions only. The plan
   * is then `waiting`, or `empty` without changes.
   */
  complete(lease: Lease, at: string, plan: Plan, changes: readonly Change[]): Promise<void>
  fail(lease: Lease, at: string, error: { type: DreamFailureType; message: string }): Promise<void>
  /** Legal transitions only, else `conflict_error`. */
  setPlanStatus(id: DreamId, status: PlanStatus): Promise<void>
  readonly changes: Changes
}

export interface ChangeDecision {
  readonly status: ChangeStatus
  readonly heldReason: HeldReason | null
  /** Who decided and when; null for the engine's own. */
  readonly decidedBy: string | null
  readonly at: string
}

export interface Changes {
  /** In plan order. */
  list(dreamId: DreamId): Promise<readonly Change[]>
  /** The newest dream's change of this id. */
  find(id: ChangeId): Promise<{ readonly dreamId: DreamId; readonly change: Change } | null>
  /** Legal transitions only, else `conflict_error`; `not_found_error` where there is none. */
  decide(dreamId: DreamId, id: ChangeId, decision: ChangeDecision): Promise<void>
  /**
   * Distinct ids, in order, of changes of a store's dreams with one of these statuses (discarded
   * dreams left out).
   */
  idsWith(storeId: MemoryStoreId, statuses: readonly ChangeStatus[]): Promise<readonly ChangeId[]>
}

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
}

export interface Counters {
  /** A sighting of (lineage, pattern, session) that is stored already is left as it is. */
  add(dreamId: DreamId, sightings: readonly Sighting[]): Promise<void>
  /** By pattern, then session id. */
  list(lineageId: string): Promise<readonly Sighting[]>
  giveBack(dreamId: DreamId): Promise<void>
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
