import type { Change, ChangeStatus, HeldReason } from '../../core/change.ts'
import type {
  Dream,
  DreamFailure,
  DreamStatus,
  HostedDream,
  Plan,
  PlanStatus,
  TokenUsage,
} from '../../core/dream.ts'
import type { ChangeId, DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { Page, PageQuery, TimeRange } from './page.ts'

/** Held by the one process that runs a dream; a write under an older token throws `conflict_error`. */
export interface Lease {
  readonly dreamId: DreamId
  readonly token: number
}

/** Dreams of the server; those of the command line have no place in its lists. */
export interface DreamQuery extends PageQuery {
  readonly statuses?: readonly DreamStatus[]
  readonly withArchived?: boolean
  readonly created?: TimeRange
  /** Dreams of one schedule. */
  readonly trigger?: string
}

/** A dream that is named and not there throws `not_found_error`. */
export interface Dreams {
  /**
   * Throws `conflict_error` (details: `dream_id`) where a hosted dream that updates the same store is
   * pending or running and this one would too.
   */
  create(dream: Dream): Promise<void>
  get(id: DreamId): Promise<Dream | null>
  /** Newest first. */
  list(storeId?: MemoryStoreId): Promise<readonly Dream[]>
  /** Hosted dreams, newest first. */
  page(query: DreamQuery): Promise<Page<Dream>>
  /** Legal transitions only, else `conflict_error`. */
  setPlanStatus(id: DreamId, status: PlanStatus): Promise<void>
  /** Hosted dreams that have ended, else `invalid_request_error`; again keeps the first time. */
  archive(id: DreamId, at: string): Promise<Dream>
  readonly runs: DreamRuns
  readonly changes: Changes
}

/** The life of a dream from pending to its end. */
export interface DreamRuns {
  /** Hosted dreams that are pending, or running under a lease that has run out; oldest first. */
  waiting(now: string, limit: number): Promise<readonly DreamId[]>
  /**
   * Claims a pending dream, or a running one whose lease has run out, and sets it running;
   * null = somebody else holds it or it has ended.
   */
  claim(id: DreamId, now: string, leaseUntil: string): Promise<Lease | null>
  /**
   * Prolongs a lease; throws `conflict_error` when somebody else holds the dream by now. `usage` is
   * what a hosted dream has used so far.
   */
  renew(lease: Lease, leaseUntil: string, usage?: TokenUsage): Promise<void>
  /** Notes where a hosted dream works: its own session, and its output once that exists. */
  begin(lease: Lease, place: Pick<HostedDream, 'sessionId' | 'output'>): Promise<void>
  /**
   * Ends a running dream with its plan and changes, atomically; legal transitions only. The plan
   * is then `waiting`, or `empty` without changes. A hosted dream's usage is that of the plan.
   */
  complete(lease: Lease, at: string, plan: Plan, changes: readonly Change[]): Promise<void>
  /** `usage` is what a hosted dream has used up to its failure. */
  fail(lease: Lease, at: string, error: DreamFailure, usage?: TokenUsage): Promise<void>
  /**
   * Cancels a pending or running dream; no later write under its lease lands. A canceled one stays
   * as it is; `invalid_request_error` for one that has completed or failed.
   */
  cancel(id: DreamId, at: string): Promise<Dream>
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
  /**
   * Puts a person's wording in place of the proposed one: texts, edits, ledger and whether a model
   * worded it, and nothing else. Throws `conflict_error` for a change that is applied or was
   * reverted, `not_found_error`.
   */
  reword(dreamId: DreamId, change: Change): Promise<void>
}
