import {
  type DreamId,
  derivedId,
  type LedgerEntryId,
  type MemoryId,
  type MemoryStoreId,
  type MemoryVersionId,
  type UnitId,
} from '../../../core/ids.ts'

/**
 * Ids that imported rows get: others than those of the export, which may stand beside them in the same
 * state folder, and always the same for the same store.
 */
export class ImportIds {
  readonly #storeId: MemoryStoreId
  readonly #versions = new Set<string>()

  constructor(storeId: MemoryStoreId) {
    this.#storeId = storeId
  }

  memory(id: string): MemoryId {
    return derivedId('mem', this.#storeId, id)
  }

  /** A version of this store; what is asked for here is known to `versionCited`. */
  version(id: string): MemoryVersionId {
    this.#versions.add(id)
    return derivedId('memver', this.#storeId, id)
  }

  /** A version of another store keeps its id. */
  versionCited(id: string): MemoryVersionId {
    return this.#versions.has(id) ? this.version(id) : (id as MemoryVersionId)
  }

  unit(id: string): UnitId {
    return derivedId('unit', this.#storeId, id)
  }

  ledgerEntry(id: string): LedgerEntryId {
    return derivedId('led', this.#storeId, id)
  }

  /** Of a dream that is not brought along: a revert of the real one must not reach these rows. */
  dream(id: string): DreamId {
    return derivedId('drm', this.#storeId, id)
  }
}
