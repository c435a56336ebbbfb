import type { Change, ChangeKind, Disposition } from './change.ts'
import type { DreamId, MemoryStoreId, MemoryVersionId, SessionEventId, SessionId } from './ids.ts'

/** The wire's statuses. Terminal ones never change again. */
export type DreamStatus = 'pending' | 'running' | 'completed' | 'failed' | 'canceled'

/** What became of a completed dream's plan. A plan without changes is `empty` from the start. */
export type PlanStatus = 'none' | 'waiting' | 'empty' | 'applied' | 'discarded' | 'reverted'

/** The wire's failure types. */
export type DreamFailureType =
  | 'timeout'
  | 'internal_error'
  | 'input_memory_store_unavailable'
  | 'input_memory_store_too_large'
  | 'input_session_unavailable'

const NEXT_STATUS: Readonly<Record<DreamStatus, readonly DreamStatus[]>> = {
  pending: ['running', 'canceled', 'failed'],
  running: ['completed', 'failed', 'canceled'],
  completed: [],
  failed: [],
  canceled: [],
}

const NEXT_PLAN_STATUS: Readonly<Record<PlanStatus, readonly PlanStatus[]>> = {
  none: ['waiting', 'empty'],
  waiting: ['applied', 'discarded'],
  empty: [],
  applied: ['reverted'],
  discarded: [],
  reverted: [],
}

export function canDreamMoveTo(from: DreamStatus, to: DreamStatus): boolean {
  return NEXT_STATUS[from].includes(to)
}

export function canPlanMoveTo(from: PlanStatus, to: PlanStatus): boolean {
  return NEXT_PLAN_STATUS[from].includes(to)
}

export function isTerminal(status: DreamStatus): boolean {
  return NEXT_STATUS[status].length === 0
}

/**
 * The pinned inputs of a dream. Everything later is a function of this value and of recorded
 * answers; `asOf` is the dream's only clock.
 */
export interface Snapshot {
  readonly storeId: MemoryStoreId
  readonly memories: readonly {
    readonly path: string
    readonly versionId: MemoryVersionId
    readonly sha256: string
  }[]
  /** Sessions with events that this lineage has not consumed, in a fixed order. */
  readonly sessions: readonly {
    readonly id: SessionId
    readonly eventIds: readonly SessionEventId[]
  }[]
  readonly pinnedUnits: readonly string[]
  /** Ids of changes that a person rejected or that still wait as held: not proposed again. */
  readonly settledChanges: readonly string[]
  /** Patterns whose lesson is applied: a lesson is told once. */
  readonly settledPatterns: readonly string[]
  readonly instructions: string | null
  readonly engineVersion: string
  readonly asOf: string
  /** What the import of this run read, for the report only. */
  readonly imported: { readonly lines: number; readonly skipped: Readonly<Record<string, number>> }
}

export interface Dream {
  readonly id: DreamId
  readonly storeId: MemoryStoreId
  readonly status: DreamStatus
  readonly planStatus: PlanStatus
  /** See `inputDigestOf`: an identical run finds the waiting dream by it. */
  readonly inputDigest: string
  readonly snapshot: Snapshot
  readonly createdAt: string
  readonly endedAt: string | null
  readonly error: { readonly type: DreamFailureType; readonly message: string } | null
  /** Set at completion. */
  readonly plan: Plan | null
}

export interface Plan {
  /** Over the snapshot and every change as proposed; a review names what it decided on by it. */
  readonly digest: string
  readonly dispositions: readonly Disposition[]
  readonly counts: Readonly<Record<ChangeKind, number>>
  readonly report: PlanReport
}

export interface BeforeAfter {
  readonly before: number
  readonly after: number
}

/** Figures of a plan, all measured, none estimated. */
export interface PlanReport {
  readonly memories: number
  readonly units: number
  readonly sessions: number
  readonly read: {
    readonly lines: number
    readonly events: number
    readonly skipped: Readonly<Record<string, number>>
    readonly pending: number
  }
  readonly effect: {
    readonly units: BeforeAfter
    readonly bytes: BeforeAfter
    /** Bytes / 4 of what an agent loads at the start: the index, or every file without one. */
    readonly tokensLoadedAtStart: BeforeAfter
    readonly probes: { readonly n: number; readonly broken: number }
  }
  readonly usage: {
    readonly model: string | null
    readonly inputTokens: number
    readonly outputTokens: number
  }
  readonly rejected: readonly { readonly reason: string; readonly count: number }[]
  readonly warnings: readonly string[]
}

/** A plan together with the present state of its changes. */
export interface DreamWithChanges {
  readonly dream: Dream
  readonly changes: readonly Change[]
}
