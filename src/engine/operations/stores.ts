import type { FolderOperations } from '../api.ts'
import { AUDIENCE_KEY } from '../workspace/store-fields.ts'
import { createStore } from '../workspace/stores.ts'
import type { Deps } from './deps.ts'
import { LOCAL_PERSON } from './note-act.ts'
import { archiveStore } from './stores/archive-store.ts'
import { exportStore } from './stores/export-store.ts'
import { importStore } from './stores/import-store.ts'

/** Memories that live in the state folder. */
export function storeActsOf(deps: Deps): FolderOperations['stores'] {
  return {
    archive: (storeRef) => archiveStore(storeRef, deps),
    export: (storeRef, folder, options) => exportStore(storeRef, folder, options ?? {}, deps),
    import: (from, options) => importStore(from, options ?? {}, deps),

    create: (name, audience) =>
      createStore(
        { name, metadata: audience === undefined ? {} : { [AUDIENCE_KEY]: audience } },
        LOCAL_PERSON,
        deps,
      ),

    async list() {
      const stores = await deps.storage.stores.list()
      return stores.toSorted(
        (a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null),
      )
    },
  }
}
