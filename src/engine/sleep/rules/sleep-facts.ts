import type { DreamId } from '../../../core/ids.ts'

/** All that a decision rests on besides the schedule and the time. */
export interface SleepFacts {
  /** False: the store is archived or gone. */
  readonly isStoreOpen: boolean
  /** A pending or running dream of the store, whoever asked for it. */
  readonly dreamUnderWay: DreamId | null
  /** Newest event of the sessions or write to the store that no dream made; ISO 8601. */
  readonly lastActivityAt: string | null
  /** What neither the lineage nor a dream of this schedule has read; own output never counts. */
  readonly fresh: Amounts
  /** False: there is no session that a dream could be asked to read. */
  readonly hasSessions: boolean
  readonly store: StoreSide
  /** Tokens that the schedule's dreams of this day have used. */
  readonly tokensToday: number
  /** Sessions of an earlier result that nobody has looked at, which the next one replaces. */
  readonly unreviewedSessions: number
  /** Share of accepted changes among those of the last dream that were decided; null = none was. */
  readonly acceptedShare: number | null
  /** The last try came to nothing. */
  readonly hasFailed: boolean
  /** When a dream was last asked for, in vain or not; ISO 8601. */
  readonly lastTriedAt: string | null
}

export interface Amounts {
  readonly sessions: number
  readonly tokens: number
  readonly units: number
}

/** What is wrong with the store itself, estimated without a model. */
export interface StoreSide {
  /** Of all units, 0 to 1. */
  readonly duplicateShare: number
  readonly openConflicts: number
  /** Of the memories that it may hold, 0 to 1. */
  readonly sizeShare: number
}
