import type { Change, ChangeKind, HeldReason } from '../core/change.ts'
import type { AutoApply, Dream, DreamWithChanges, OutputBehavior } from '../core/dream.ts'
import type {
  ChangeId,
  ChangeSetId,
  DreamId,
  MemoryId,
  MemoryStoreId,
  MemoryVersionId,
  ScheduleId,
  SessionId,
  WorkspaceId,
} from '../core/ids.ts'
import type { Actor, Memory, MemoryVersion } from '../core/memory.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { Schedule, ScheduleDecision, ScheduleDraft } from '../core/schedule.ts'
import type {
  DreamQuery,
  MemoryItem,
  MemoryQuery,
  MemoryStoreQuery,
  MemoryVersionQuery,
  Page,
  PageQuery,
} from '../storage/storage.ts'
import type { WorkspaceCollectiveDreams } from './collective/collective-api.ts'
import type { WorkspaceErasures } from './erasure/erasure-api.ts'
import type { Alongside } from './hosting/alongside.ts'
import type { Contributor } from './plan-dream.ts'

export type { Alongside } from './hosting/alongside.ts'

/**
 * All that one workspace can do with stores, dreams and schedules; the server and programs use the
 * same. Ids are whole. Every act names who did it and leaves an audit line.
 */
export interface Workspace {
  readonly id: WorkspaceId
  readonly stores: WorkspaceStores
  readonly memories: WorkspaceMemories
  readonly versions: WorkspaceVersions
  readonly dreams: WorkspaceDreams
  readonly changes: WorkspaceChanges
  readonly schedules: WorkspaceSchedules
  readonly collective: WorkspaceCollectiveDreams
  readonly erasures: WorkspaceErasures
}

export interface NewMemoryStore {
  /** 1-255 characters without control characters. */
  readonly name: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** What is given is changed. A null value takes its key out of the metadata. */
export interface MemoryStoreChange {
  readonly name?: string
  readonly description?: string | null
  readonly metadata?: Readonly<Record<string, string | null>>
}

/** Stores that live here; those that mirror a folder are not seen. Unknown ids: `not_found_error`. */
export interface WorkspaceStores {
  create(store: NewMemoryStore, by: Actor): Promise<MemoryStore>
  get(id: MemoryStoreId): Promise<MemoryStore>
  page(query: MemoryStoreQuery): Promise<Page<MemoryStore>>
  update(id: MemoryStoreId, change: MemoryStoreChange, by: Actor): Promise<MemoryStore>
  archive(id: MemoryStoreId, by: Actor): Promise<MemoryStore>
  remove(id: MemoryStoreId, by: Actor): Promise<void>
  health(id: MemoryStoreId): Promise<StoreHealth>
  search(id: MemoryStoreId, search: MemorySearch): Promise<readonly FoundText[]>
}

/** How much a dream would have to do, told without one. */
export interface StoreHealth {
  readonly storeId: MemoryStoreId
  readonly memories: number
  readonly bytes: number
  /** How many memories the store may hold. */
  readonly memoriesMax: number
  readonly units: number
  /** Units that say what another one says, exactly or nearly. */
  readonly duplicates: number
  /** Conflicts that no person has decided. */
  readonly openConflicts: number
  /** Units whose own end date has passed, of all units; 0 to 1. */
  readonly staleShare: number
  readonly heldChanges: number
  readonly sessionsUnread: number
  readonly lastDreamAt: string | null
}

export interface MemorySearch {
  readonly query: string
  /** `current` looks at what stands now, `history` also at what the ledger keeps. */
  readonly mode: 'current' | 'history'
  readonly limit: number
  /** Ends with `/`; only memories below it. */
  readonly prefix?: string
}

export interface FoundText {
  readonly path: string
  readonly memoryId: MemoryId | null
  readonly snippet: string
  /** Higher is better; of this search only. */
  readonly score: number
  /** False: no longer current, from the ledger. */
  readonly isCurrent: boolean
  /** When it was true, where the ledger knows; ISO 8601. */
  readonly trueFrom: string | null
  readonly trueUntil: string | null
}

/** What is given is changed; at least one of `content` and `path`. */
export interface MemoryChange {
  readonly content?: string
  readonly path?: string
  readonly expectedSha256?: string
}

export interface WorkspaceMemories {
  /** Throws `memory_path_conflict_error` where the path is taken or overlaps. */
  create(
    storeId: MemoryStoreId,
    memory: { readonly path: string; readonly content: string },
    by: Actor,
  ): Promise<Memory>
  page(storeId: MemoryStoreId, query: MemoryQuery): Promise<Page<MemoryItem>>
  get(storeId: MemoryStoreId, id: MemoryId): Promise<Memory>
  /** Throws `memory_precondition_failed_error`; a memory that is as wanted already passes. */
  update(storeId: MemoryStoreId, id: MemoryId, change: MemoryChange, by: Actor): Promise<Memory>
  remove(
    storeId: MemoryStoreId,
    id: MemoryId,
    expectedSha256: string | null,
    by: Actor,
  ): Promise<void>
}

export interface WorkspaceVersions {
  page(storeId: MemoryStoreId, query: MemoryVersionQuery): Promise<Page<MemoryVersion>>
  get(storeId: MemoryStoreId, id: MemoryVersionId): Promise<MemoryVersion>
  redact(storeId: MemoryStoreId, id: MemoryVersionId, by: Actor): Promise<MemoryVersion>
}

export interface DreamOrder {
  readonly storeId: MemoryStoreId
  /** 1-100, no duplicates. */
  readonly sessionIds: readonly SessionId[]
  /** The wire's model id; the setting `models` says what it means. */
  readonly model: string
  readonly outputBehavior: OutputBehavior
  readonly instructions: string | null
  /** Absent = `all`. */
  readonly autoApply?: AutoApply
  /** Absent = `api`. */
  readonly trigger?: string
  /** Of a collective dream; absent = none. */
  readonly contributors?: readonly Contributor[]
}

export interface WorkspaceDreams {
  /**
   * Pins the inputs and makes a pending dream, which a runner takes up. Throws
   * `invalid_request_error` (see the wire), `not_found_error`, `conflict_error` (details: `dream_id`)
   * while another dream updates the same store.
   */
  create(order: DreamOrder, by: Actor, alongside?: Alongside): Promise<Dream>
  get(id: DreamId): Promise<Dream>
  page(query: DreamQuery): Promise<Page<Dream>>
  cancel(id: DreamId, by: Actor): Promise<Dream>
  archive(id: DreamId, by: Actor): Promise<Dream>
}

/** Changes that are decided together, with the digest of what was shown of them. */
export interface ShownChangeSet {
  readonly id: ChangeSetId
  readonly digest: string
  readonly changes: readonly Change[]
}

export interface ShownDream extends DreamWithChanges {
  /** Over all change-sets as shown. */
  readonly digest: string
  readonly sets: readonly ShownChangeSet[]
}

/**
 * A person's decision. `digest` is that of the change-set as it was shown: `conflict_error` where it
 * is another by now.
 */
export type ReviewDecision =
  /** `reject` takes out what is applied; `revert` does that alone. */
  | { readonly decision: 'accept' | 'reject' | 'revert'; readonly digest: string }
  /** The person's words in place of the proposed ones of one change; accepts it with its set. */
  | { readonly decision: 'edit'; readonly digest: string; readonly text: string }

/** A change-set that a rail holds. */
export interface HeldSet {
  readonly dream: Dream
  /** Where it goes once somebody lets it in. */
  readonly storeId: MemoryStoreId
  readonly set: ShownChangeSet
  readonly reasons: readonly HeldReason[]
}

export interface HeldQuery extends PageQuery {
  /** Absent = of every store. */
  readonly storeId?: MemoryStoreId
  readonly reason?: HeldReason
}

export interface WorkspaceChanges {
  /** What rails hold and nobody has decided on, newest dream first. */
  held(query: HeldQuery): Promise<Page<HeldSet>>
  /** Rejects all that is held for one reason; returns how many change-sets that were. */
  rejectHeld(storeId: MemoryStoreId, reason: HeldReason, by: Actor): Promise<number>
  list(
    dreamId: DreamId,
    filter?: { readonly kind?: ChangeKind; readonly status?: Change['status'] },
  ): Promise<ShownDream>
  /** One change or one change-set; a change takes its set along, an edit is of one change. */
  decide(
    dreamId: DreamId,
    id: ChangeId | ChangeSetId,
    decision: ReviewDecision,
    by: Actor,
  ): Promise<ShownDream>
  /** Writes what is accepted and not written yet; `digest` over all that was shown. */
  apply(dreamId: DreamId, digest: string, by: Actor): Promise<ShownDream>
  /** Takes back everything that the dream wrote. */
  revert(dreamId: DreamId, digest: string, by: Actor): Promise<ShownDream>
  /** Drops a plan that waits. */
  discard(dreamId: DreamId, digest: string, by: Actor): Promise<ShownDream>
}

export interface WorkspaceSchedules {
  create(draft: ScheduleDraft, by: Actor): Promise<Schedule>
  get(id: ScheduleId): Promise<Schedule>
  page(query: PageQuery): Promise<Page<Schedule>>
  update(id: ScheduleId, change: Partial<ScheduleDraft>, by: Actor): Promise<Schedule>
  remove(id: ScheduleId, by: Actor): Promise<void>
  /** Why it ran or did not, newest first. */
  decisions(id: ScheduleId, query: PageQuery): Promise<Page<ScheduleDecision>>
}
