import type { Audience } from './audience.ts'
import type { MemoryStoreId } from './ids.ts'

/** A named container of memories. A folder is mirrored in one, so that it has versions too. */
export interface MemoryStore {
  readonly id: MemoryStoreId
  readonly name: string
  readonly description: string
  /** The wire's: up to 16 pairs. */
  readonly metadata: Readonly<Record<string, string>>
  /** Absolute path of the mirrored folder; null = lives in the storage only. */
  readonly folder: string | null
  /** Who counters and consumption belong to; a clone starts one of its own with a copy of both. */
  readonly lineageId: string
  readonly audience: Audience
  readonly createdAt: string
  /** Of the store's own fields, not of its memories. */
  readonly updatedAt: string
  readonly archivedAt: string | null
}
