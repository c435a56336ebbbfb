import type { ChainHead, ChainVerdict } from '../../core/audit/audit-chain.ts'
import type { HeldReason } from '../../core/change.ts'
import type { ChangeId, DreamId, WorkspaceId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { AuditAct, AuditLine } from '../workspace/audit.ts'
import type { HeldSet } from '../workspace-api.ts'

export type { AuditLine } from '../workspace/audit.ts'

/** Changes that rails hold, in plans that wait or are applied. */
export interface HeldOperations {
  /** Newest dream first, at most `heldListedMax` change-sets. */
  list(filter?: HeldFilter): Promise<readonly HeldChange[]>
  /**
   * One change, with its set, by the digest of the set as it was shown: `conflict_error` where it is
   * another by now, where nothing of it is held, or where its place in an applied plan moved.
   */
  decide(dreamId: DreamId, changeId: ChangeId, decision: HeldDecision): Promise<void>
  /** Rejects all that is held for one reason; returns how many change-sets that were. */
  rejectAll(memory: string, reason: HeldReason): Promise<number>
}

export interface HeldFilter {
  /** A folder or `store:<id>`; absent = all. */
  readonly memory?: string
  readonly reason?: HeldReason
}

export interface HeldChange extends HeldSet {
  readonly store: MemoryStore
}

export type HeldDecision =
  | { readonly decision: 'accept' | 'reject'; readonly digest: string }
  /** The person's words in place of the proposed ones; lets it in with its set. */
  | { readonly decision: 'edit'; readonly digest: string; readonly text: string }

/** Who changed, approved, released and erased what; each line linked to the one before it. */
export interface AuditOperations {
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly AuditLine[]>
  /** Where it ends; null = nothing is linked yet. */
  head(workspace?: WorkspaceId): Promise<ChainHead | null>
  /** `anchor` is an earlier head as text; `invalid_request_error` where it is none. */
  verify(anchor: string | null, workspace?: WorkspaceId): Promise<ChainVerdict>
}

export interface AuditFilter {
  readonly limit: number
  readonly acts?: readonly AuditAct[]
  /** Only lines of this time or later, ISO 8601. */
  readonly since?: string
  readonly subject?: string
  /** Absent = that of this installation's own folders. */
  readonly workspace?: WorkspaceId
}
