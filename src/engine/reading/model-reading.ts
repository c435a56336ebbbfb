import type { Claim } from '../../core/claim.ts'
import type { ClaimId, SessionEventId, UnitId } from '../../core/ids.ts'

/** What models read out of the sessions, checked word by word. */
export interface ModelReading {
  /** Those of the rules and those of models, each statement once. */
  readonly claims: readonly Claim[]
  readonly hints: readonly Hint[]
  readonly twins: readonly Twins[]
  /** Events that no model has read: no budget, or no valid answer. They do not count as read. */
  readonly unread: readonly SessionEventId[]
  /** Statements that code did not let through, by reason. */
  readonly discarded: readonly { readonly reason: string; readonly count: number }[]
}

/** A note that a claim is said to change: a pair worth judging, whatever its words have in common. */
export interface Hint {
  readonly claimId: ClaimId
  readonly unitId: UnitId
  /** Exact words of the note and the quoted ones in their place; null = none were named. */
  readonly exchange: Exchange | null
}

/** A statement, and the note as the same words change it: one thing, if the note is replaced. */
export interface Twins {
  readonly statement: ClaimId
  readonly change: ClaimId
}

export interface Exchange {
  readonly former: string
  readonly value: string
}

export const NOTHING_READ: ModelReading = {
  claims: [],
  hints: [],
  twins: [],
  unread: [],
  discarded: [],
}
