import type { MemoryId, MemoryStoreId, MemoryVersionId, UnitId } from '../../core/ids.ts'
import type { Unit } from '../../core/unit.ts'

export interface Units {
  /** Units of live memories, by path then ordinal. */
  list(storeId: MemoryStoreId): Promise<readonly Unit[]>
  /**
   * Records the units of one memory version, in place of any recorded before, and makes them the
   * memory's current ones. Throws `not_found_error` where the memory is not live or the version
   * not its own, `invalid_request_error` where units name another version or share an ordinal, or
   * the version is redacted.
   */
  record(memoryId: MemoryId, versionId: MemoryVersionId, units: readonly Unit[]): Promise<void>
  /** Units as they were recorded with a version, by ordinal. `isPinned` is always today's. */
  ofVersion(versionId: MemoryVersionId): Promise<readonly Unit[]>
  /** Throws `not_found_error`. Survives later versions of the memory. */
  setPinned(id: UnitId, isPinned: boolean): Promise<void>
}
