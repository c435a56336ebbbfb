import type { DreamId, SessionEventId, SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { EventLabel, SessionEvent } from '../../core/session-event.ts'

export interface Sessions {
  /** Inserts or updates the session row by id; `purgedAt` is not written here. */
  put(session: Session): Promise<void>
  /**
   * Adds events whose id is not stored yet, in whatever session; returns how many were new.
   * Idempotent. A purged session that gets events is purged no more. Throws `not_found_error`
   * (session).
   */
  append(sessionId: SessionId, events: readonly SessionEvent[]): Promise<number>
  get(id: SessionId): Promise<Session | null>
  /** By first event time (undated last), then id. */
  list(): Promise<readonly Session[]>
  /** By ordinal, then id. */
  events(id: SessionId): Promise<readonly SessionEvent[]>
  event(id: SessionEventId): Promise<SessionEvent | null>
  /** What the source says of events of the session; those of which it says nothing are left out. */
  labels(id: SessionId): Promise<ReadonlyMap<SessionEventId, EventLabel>>
  /** Removes the session, its events and its consumption, if there; ledger quotes stay. */
  remove(id: SessionId): Promise<void>
  readonly consumption: Consumption
  readonly retention: Retention
}

/** Transcripts that have served and leave. What lineages have read of them stays known. */
export interface Retention {
  /**
   * Removes the events of a session and its title, and notes when; the row and the consumption stay,
   * so that the same events are read already when they come again. Returns how many events went.
   * Throws `not_found_error`.
   */
  purge(id: SessionId, at: string): Promise<number>
  /** Lineages that have read events of the session, also of one that is purged; in binary order. */
  readers(id: SessionId): Promise<readonly string[]>
}

/** Which events a lineage has dreamt over. Grows at commit or apply only; revert gives it back. */
export interface Consumption {
  /** Ids of stored events of the session, by ordinal, that this lineage has not consumed. */
  unread(lineageId: string, sessionId: SessionId): Promise<readonly SessionEventId[]>
  /** Events that are not stored (any more) are passed over. */
  consume(lineageId: string, dreamId: DreamId, eventIds: readonly SessionEventId[]): Promise<void>
  /** What another dream consumed too stays consumed. */
  giveBack(dreamId: DreamId): Promise<void>
  /**
   * The second lineage has read what the first has, but for what these dreams have read; from now on
   * each goes its own way.
   */
  copy(fromLineageId: string, toLineageId: string, except?: readonly DreamId[]): Promise<void>
}
