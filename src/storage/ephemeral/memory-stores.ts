import { notFound } from '../../core/errors.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { compareBinary } from '../binary-order.ts'
import type { MemoryStores } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Memory stores of one workspace. */
export function ephemeralMemoryStores(access: WorkspaceAccess): MemoryStores {
  return {
    create: (store) => access.write((data) => createStore(data, store)),
    get: (id) => access.read((data) => data.stores.get(id)),
    findByFolder: (folder) => access.read((data) => liveStoreOf(data, folder)),
    list: () => access.read((data) => [...data.stores.rows()].sort(byCreationThenId)),
    archive: (id, at) =>
      access.write((data) => {
        const store = data.stores.get(id)
        if (store === null) throw notFound('memory store', id)
        data.stores.set([id], { ...store, archivedAt: store.archivedAt ?? at })
      }),
  }
}

function createStore(data: WorkspaceData, store: MemoryStore): void {
  if (data.stores.has(store.id)) throw alreadyExists('memory store', store.id)
  const { folder } = store
  if (folder !== null && store.archivedAt === null && liveStoreOf(data, folder) !== null) {
    throw alreadyExists('memory store of the folder', folder)
  }
  data.stores.set([store.id], store)
}

function liveStoreOf(data: WorkspaceData, folder: string): MemoryStore | null {
  const isIt = (store: MemoryStore): boolean => store.folder === folder && store.archivedAt === null
  return data.stores.rows().find(isIt) ?? null
}

function byCreationThenId(a: MemoryStore, b: MemoryStore): number {
  return compareBinary(a.createdAt, b.createdAt) || compareBinary(a.id, b.id)
}
