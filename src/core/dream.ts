import type { Audience } from './audience.ts'
import type { Change, ChangeKind, Disposition } from './change.ts'
import type { DreamId, MemoryStoreId, MemoryVersionId, SessionEventId, SessionId } from './ids.ts'
import type { OthersRead } from './ledger.ts'

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
  /**
   * Sessions of which only patterns are told: of another agent, or not meant for those who read the
   * store. Sorted by session.
   */
  readonly contributions: readonly Contribution[]
  /** What the store's readers may not see and no pattern comes out of either. */
  readonly withheld: Withheld
  /** Named sessions with something new that one dream has no room for; absent = none. */
  readonly pendingSessions?: number
  readonly pinnedUnits: readonly string[]
  /** Ids of changes that a person rejected or that still wait as held: not proposed again. */
  readonly settledChanges: readonly string[]
  /** Patterns whose lesson is applied: a lesson is told once. */
  readonly settledPatterns: readonly string[]
  readonly instructions: string | null
  readonly engineVersion: string
  readonly asOf: string
  /** Who answers what rules cannot tell, and what that may cost; null = rules alone. */
  readonly thinking: Thinking | null
  /** What the import of this run read, for the report only. */
  readonly imported: { readonly lines: number; readonly skipped: Readonly<Record<string, number>> }
}

/** Events of one session for one audience, read for what recurs in them and for nothing else. */
export interface Contribution {
  readonly sessionId: SessionId
  readonly eventIds: readonly SessionEventId[]
  readonly audience: Audience
  /** Of whose work the session tells; null = no agent is named. */
  readonly agentId: string | null
  /** Whom it counts for among independent users; null where the readers may see the words anyway. */
  readonly userId: string | null
}

export interface Withheld {
  readonly sessions: number
  readonly events: number
  /** Sessions of these that name no user, or several: nobody can be counted for them. */
  readonly withoutUser: number
}

export const NOTHING_WITHHELD: Withheld = { sessions: 0, events: 0, withoutUser: 0 }

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
  readonly error: DreamFailure | null
  /** Set at completion. */
  readonly plan: Plan | null
  /** Null = asked for at the command line: its plan waits for `apply`. */
  readonly hosted: HostedDream | null
}

export interface DreamFailure {
  readonly type: DreamFailureType
  readonly message: string
}

/** The wire's word for where the changes of a dream go. */
export type OutputBehavior = 'create_new' | 'update_existing'

/**
 * Which changes of an `update_existing` dream are written without a person: none, exact duplicates
 * and index repair, those whose evidence is a user's or better, or all that no rail holds.
 */
export const AUTO_APPLY_LEVELS = ['off', 'safe', 'trusted', 'all'] as const

export type AutoApply = (typeof AUTO_APPLY_LEVELS)[number]

/** Tokens of models; cached input is part of the input. */
export interface TokenUsage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
}

export const NO_TOKENS: TokenUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 }

/** A dream of the server, as the wire tells of it. */
export interface HostedDream {
  readonly outputBehavior: OutputBehavior
  readonly autoApply: AutoApply
  /** The wire's model id, as asked for. */
  readonly model: string
  /** As asked for, sorted; the snapshot holds what is unread of them. */
  readonly sessionIds: readonly SessionId[]
  /** `api`, `library` or the id of the schedule or collective dream that asked for it. */
  readonly trigger: string
  /** The dream's own session; null until it runs. */
  readonly sessionId: SessionId | null
  /**
   * The store that the changes go to, with its memories as they were before them; null until it
   * exists. For `create_new` a clone of the input.
   */
  readonly output: {
    readonly storeId: MemoryStoreId
    readonly memories: Snapshot['memories']
  } | null
  readonly usage: TokenUsage
  readonly archivedAt: string | null
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

/** The models of a dream and their hard caps. */
export interface Thinking {
  /** `provider/name`: reads and judges. */
  readonly small: string
  /** `provider/name`: words merges and lessons. */
  readonly large: string
  readonly budget: Budget
}

export interface Budget {
  /** Input and output together. */
  readonly tokens: number
  /** US dollars; null = no cap on money. */
  readonly usd: number | null
}

/** What one kind of question to one model took. */
export interface StageUsage {
  /** The prompt's name. */
  readonly stage: string
  readonly model: string
  /** Calls that were paid for, second tries included. */
  readonly calls: number
  /** Answers that were known from earlier dreams or a cassette: they cost nothing. */
  readonly replayed: number
  /** All of the input, with what was cached. */
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
  /** US dollars; null = the model's price is not known. */
  readonly usd: number | null
}

/** Totals over all stages. `models` is empty where rules alone decided. */
export interface PlanUsage {
  readonly models: readonly string[]
  readonly stages: readonly StageUsage[]
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
  /** Null = the price of one of the models is not known. */
  readonly usd: number | null
  /** What the dream wanted to ask and the budget did not cover, in calls. */
  readonly uncovered: number
  /** Null without a model. */
  readonly coverage: Coverage | null
}

/** What a dream without a model used. */
export const NO_USAGE: PlanUsage = {
  models: [],
  stages: [],
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  usd: 0,
  uncovered: 0,
  coverage: null,
}

/** What became of the statements that a model read out of the sessions. */
export interface Coverage {
  readonly claims: number
  /** In the store as it will be: written, or known already. */
  readonly covered: number
  /** The others by reason. */
  readonly left: readonly { readonly reason: string; readonly count: number }[]
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
    /** Events that a model has not read yet; they do not count as read. */
    readonly pending: number
    /**
     * Sessions that were read to their end, and those with something new that were not: beyond what
     * one dream reads, or beyond what its model may take. Absent in plans of earlier versions.
     */
    readonly sessions?: { readonly read: number; readonly pending: number }
  }
  readonly effect: {
    readonly units: BeforeAfter
    readonly bytes: BeforeAfter
    /** Bytes / 4 of what an agent loads at the start: the index, or every file without one. */
    readonly tokensLoadedAtStart: BeforeAfter
    readonly probes: { readonly n: number; readonly broken: number }
    /** Questions that a model made of the notes; null = no model was asked any. */
    readonly modelProbes: {
      readonly n: number
      readonly broken: number
      /** Made, but without an answer. */
      readonly unanswered: number
    } | null
  }
  readonly usage: PlanUsage
  readonly rejected: readonly { readonly reason: string; readonly count: number }[]
  /** What sessions other than the store's own gave, in counts; absent = there were none. */
  readonly others?: OthersRead
  /** Differences between sessions that fail and others, counted and not proven; absent = none. */
  readonly hypotheses?: number
  readonly warnings: readonly string[]
}

/** A plan together with the present state of its changes. */
export interface DreamWithChanges {
  readonly dream: Dream
  readonly changes: readonly Change[]
}
