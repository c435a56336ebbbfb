import type { Dream } from '../../core/dream.ts'
import type { MemoryStore } from '../../core/memory-store.ts'

/** A dream as it stands in a list. */
export interface ListedDream {
  readonly dream: Dream
  /** Null = the store was removed since. */
  readonly store: MemoryStore | null
  /** Changes of its plan, in all and held. */
  readonly changes: number
  readonly held: number
  /** ISO 8601; null = not archived. */
  readonly archivedAt: string | null
}

/** What people do with dreams as a whole. All ids may be given as unique prefixes. */
export interface DreamOperations {
  /** Newest first, at most so many; archived ones only where asked for. */
  list(query: {
    readonly memory?: string
    readonly withArchived?: boolean
    readonly limit?: number
  }): Promise<readonly ListedDream[]>
  /**
   * Cancels a dream that is pending or running, also in another process: that one stops at its next
   * sign of life and writes nothing. Its sessions stay unread. A canceled one stays as it is; throws
   * `invalid_request_error` for one that has completed or failed.
   */
  cancel(dreamId: string): Promise<Dream>
  /** Leaves a dream that has ended out of lists. Nothing else changes; throws as `cancel`. */
  archive(dreamId: string): Promise<ListedDream>
  /** Takes it into lists again; `invalid_request_error` for a dream of the server. */
  unarchive(dreamId: string): Promise<ListedDream>
}
