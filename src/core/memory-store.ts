import type { Audience } from './audience.ts'
import type { MemoryStoreId } from './ids.ts'

/** A named container of memories. A folder is mirrored in one, so that it has versions too. */
export interface MemoryStore {
  readonly id: MemoryStoreId
  readonly name: string
  readonly description: string
  /** Absolute path of the mirrored folder; null = lives in the storage only. */
  readonly folder: string | null
  /** Shared by a store and its clones: counters and consumption follow it. */
  readonly lineageId: string
  readonly audience: Audience
  readonly createdAt: string
  readonly archivedAt: string | null
}
