import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId, NewId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Embedder } from '../../models/embedder.ts'
import type { MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'
import type { SecretScanner } from '../dream-ports.ts'
import type { KeptFiles } from '../erasure/erasure-api.ts'
import type { Rules } from '../rules.ts'

/** What the operations of one workspace need. */
export interface WorkspaceDeps {
  /** Seen from the workspace. */
  readonly storage: Storage
  readonly secrets: SecretScanner
  readonly embedder: Embedder
  readonly rules: Rules
  /** How many memories a store may hold. */
  readonly memoriesMax: number
  readonly now: () => Date
  readonly newId: NewId
  /** Opens a folder that a store mirrors; absent = none can be reached from here. */
  readonly openFolder?: (root: string) => MemoryFolder
  /** Files beside the storage; absent = none are known. */
  readonly keptFiles?: KeptFiles
}

/** A store that lives here; `not_found_error` for any other, those that mirror a folder too. */
export async function storeAt(storage: Storage, id: MemoryStoreId): Promise<MemoryStore> {
  const store = await storage.stores.get(id)
  if (store === null || store.folder !== null) throw notFound('memory store', id)
  return store
}
