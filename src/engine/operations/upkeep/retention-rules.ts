import type { SessionId } from '../../../core/ids.ts'

/** Why a transcript stays. */
export type KeptBecause =
  | 'no dream has read it'
  | 'a dream over it is not decided'
  | 'a change that waits cites it'
  | 'a memory still waits to read more of it'
  | 'it is kept for ever'

/** What is known of a stored transcript. */
export interface TranscriptFacts {
  readonly id: SessionId
  /** Dreams that read it to their end; null = its plan is not decided, or it is under way. */
  readonly decidedAt: readonly (string | null)[]
  /** Some change that is not decided cites it. */
  readonly isCited: boolean
  /** A memory that was shown it has not read all of it, and no decision took that back. */
  readonly isAwaited: boolean
}

export type TranscriptFate =
  | { readonly id: SessionId; readonly stays: KeptBecause }
  /** Goes from this time on, ISO 8601. */
  | { readonly id: SessionId; readonly stays: null; readonly goesAt: string }

const DAY_MS = 86_400_000

/**
 * When a transcript goes: so many days after the last dream that read it was decided (applied,
 * discarded, reverted, found empty), while nothing waits for it. Null days = never. One that no
 * dream has read stays, however old it is.
 */
export function fateOf(facts: TranscriptFacts, days: number | null): TranscriptFate {
  const { id, decidedAt, isCited, isAwaited } = facts
  const decided = decidedAt.filter((at) => at !== null)
  const last = decided.toSorted().at(-1)
  if (days === null) return { id, stays: 'it is kept for ever' }
  if (decided.length < decidedAt.length) return { id, stays: 'a dream over it is not decided' }
  if (last === undefined) return { id, stays: 'no dream has read it' }
  if (isCited) return { id, stays: 'a change that waits cites it' }
  if (isAwaited) return { id, stays: 'a memory still waits to read more of it' }
  return { id, stays: null, goesAt: new Date(Date.parse(last) + days * DAY_MS).toISOString() }
}
