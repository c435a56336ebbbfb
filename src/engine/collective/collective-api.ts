import type { Audience } from '../../core/audience.ts'
import type { AutoApply, DreamStatus, OutputBehavior } from '../../core/dream.ts'
import type { CollectiveDreamId, DreamId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Page, PageQuery } from '../../storage/storage.ts'
import type { Alongside } from '../hosting/alongside.ts'

/** Sessions of one agent, with the store that is its own. */
export interface CollectiveInput {
  /** The id of an agent that is kept here or that the sessions name, or what it is called. */
  readonly agentId: string
  readonly storeId: MemoryStoreId
  readonly sessionIds: readonly SessionId[]
}

/** A store that learns. Its audience is named so that nobody widens it by mistake. */
export interface CollectiveTarget {
  readonly storeId: MemoryStoreId
  readonly audience: Audience
}

export interface CollectiveOrder {
  /** 1 to `collectiveInputsMax`; a session stands in one of them only. */
  readonly inputs: readonly CollectiveInput[]
  /** 1 to `collectiveTargetsMax`, each store once. */
  readonly targets: readonly CollectiveTarget[]
  readonly model: string
  readonly instructions: string | null
  /** Absent = `create_new`, as for a dream. */
  readonly outputBehavior?: OutputBehavior
  readonly autoApply?: AutoApply
}

/**
 * One reflection over several agents: a dream for each target. A target's dream reads the sessions of
 * the input whose store it is; of all others only patterns are told, by the rules of its audience.
 */
export interface CollectiveDream {
  readonly id: CollectiveDreamId
  /** `running` while one of its dreams is; `failed` where one has failed; `canceled` where one was. */
  readonly status: DreamStatus
  readonly order: CollectiveOrder
  /** In the order of the targets. */
  readonly dreams: readonly CollectivePart[]
  readonly createdAt: string
}

/** The dream of one target, as it stands. */
export interface CollectivePart {
  readonly storeId: MemoryStoreId
  readonly dreamId: DreamId
  readonly status: DreamStatus
  /** Where its changes go; null until that store exists. */
  readonly outputStoreId: MemoryStoreId | null
  /** What waits for a person. */
  readonly heldChanges: number
}

export interface WorkspaceCollectiveDreams {
  /**
   * Makes the dreams of all targets, or none. Throws as `WorkspaceDreams.create`, and
   * `invalid_request_error` where a target's audience is not that of its store.
   */
  create(order: CollectiveOrder, by: Actor, alongside?: Alongside): Promise<CollectiveDream>
  get(id: CollectiveDreamId): Promise<CollectiveDream>
  /** Newest first. */
  page(query: PageQuery): Promise<Page<CollectiveDream>>
  /** Cancels those of its dreams that have not ended; `invalid_request_error` where all have. */
  cancel(id: CollectiveDreamId, by: Actor): Promise<CollectiveDream>
}
