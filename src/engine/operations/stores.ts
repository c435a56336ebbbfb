import type { FolderOperations } from '../api.ts'
import type { Deps } from './deps.ts'
import { archiveStore } from './stores/archive-store.ts'
import { exportStore } from './stores/export-store.ts'
import { importStore } from './stores/import-store.ts'
import { createNamedStore } from './stores/named-store.ts'

/** Memories that live in the state folder. */
export function storeActsOf(deps: Deps): FolderOperations['stores'] {
  return {
    archive: (storeRef) => archiveStore(storeRef, deps),
    export: (storeRef, folder, options) => exportStore(storeRef, folder, options ?? {}, deps),
    import: (from, options) => importStore(from, options ?? {}, deps),

    create: (name, audience) =>
      createNamedStore(
        { name, ...(audience === undefined ? {} : { audience }) },
        'Give it a name of its own: `reverie store create <name>`.',
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
