import type { Interval } from './claim.ts'
import type { Evidence } from './evidence.ts'
import type { ChangeId, DreamId, LedgerEntryId, MemoryStoreId, SessionId, UnitId } from './ids.ts'

/** What left the current text, why, and the words of both sides. */
export interface LedgerDraft {
  readonly kind: 'merged' | 'superseded' | 'removed' | 'generated'
  readonly unitId: UnitId | null
  readonly path: string
  /** The text that left; for `generated` the line that was written without a quote of its own. */
  readonly text: string
  /** When it was true, as far as anybody said. */
  readonly interval: Interval
  readonly reason: string
  readonly evidence: readonly Evidence[]
}

/** A draft that was applied. Never deleted by a dream; `isReverted` when the change was undone. */
export interface LedgerEntry extends LedgerDraft {
  readonly id: LedgerEntryId
  readonly storeId: MemoryStoreId
  readonly dreamId: DreamId
  readonly changeId: ChangeId
  readonly recordedAt: string
  readonly isReverted: boolean
}

/**
 * One sighting of a pattern in one session. A counter is the set of these for a lineage, so that
 * reading a session twice never counts twice and evidence grows across dreams.
 */
export interface Sighting {
  readonly lineageId: string
  readonly pattern: string
  readonly sessionId: SessionId
  /** Root of the session's family; independence is counted over this. */
  readonly rootSessionId: SessionId
  readonly at: string | null
  readonly evidence: readonly Evidence[]
  /** What the pattern needs to be told again without the session: its parsed parts. */
  readonly detail: Readonly<Record<string, string>>
}

/** Sessions that were read for what recurs in them and for nothing else. */
export interface OthersRead {
  /** Parts of sessions that were read, and those that nobody could be counted for. */
  readonly sessions: number
  readonly unheard: number
  /** Patterns that were told, and those that too few independent users share. */
  readonly told: number
  readonly belowUsersMin: number
}

/** What became of the sessions of others, in plain words and counts. */
export function othersWords({ sessions, unheard, told, belowUsersMin }: OthersRead): string {
  const patterns = `${told} ${told === 1 ? 'pattern' : 'patterns'} told`
  const parts = [
    `Sessions of others: ${sessions} read for what recurs in them, ${patterns}`,
    ...(belowUsersMin === 0 ? [] : [`${belowUsersMin} that too few users share`]),
    ...(unheard === 0 ? [] : [`${unheard} not read: they count for nobody`]),
  ]
  return `${parts.join(', ')}.`
}
