import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { compareBinary } from '../binary-order.ts'
import { patched } from '../memory-rules.ts'
import { isWithin, pageOf, sequenceAt } from '../page-rules.ts'
import type { MemoryStoreQuery, MemoryStores, Page } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import { removeStore } from './store-removal.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Memory stores of one workspace. */
export function ephemeralMemoryStores(access: WorkspaceAccess): MemoryStores {
  return {
    create: (store) => access.write((data) => createStore(data, store)),
    get: (id) => access.read((data) => data.stores.get(id)),
    findByFolder: (folder) => access.read((data) => liveStoreOf(data, folder)),
    list: () => access.read((data) => [...data.stores.rows()].sort(byCreationThenId)),
    page: (query) => access.read((data) => pageOfStores(data, query)),
    update: (id, patch, at) =>
      access.write((data) => {
        const store = patched(requireStore(data, id), patch, at)
        data.stores.set([id], store)
        return store
      }),
    archive: (id, at) =>
      access.write((data) => {
        const store = requireStore(data, id)
        if (store.archivedAt !== null) return
        data.stores.set([id], { ...store, archivedAt: at, updatedAt: at })
      }),
    remove: (id) => access.write((data) => removeStore(data, requireStore(data, id))),
  }
}

function requireStore(data: WorkspaceData, id: MemoryStoreId): MemoryStore {
  const store = data.stores.get(id)
  if (store === null) throw notFound('memory store', id)
  return store
}

function createStore(data: WorkspaceData, store: MemoryStore): void {
  if (data.stores.has(store.id) || data.removedStores.has(store.id)) {
    throw alreadyExists('memory store', store.id)
  }
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

function pageOfStores(
  data: WorkspaceData,
  { limit, after, withArchived = false, created = {} }: MemoryStoreQuery,
): Page<MemoryStore> {
  const end = after === undefined ? Number.POSITIVE_INFINITY : sequenceAt(after)
  const rows = data.stores
    .numbered()
    .filter(({ sequence, row }) => sequence < end && row.folder === null)
    .filter(({ row }) => withArchived || row.archivedAt === null)
    .filter(({ row }) => isWithin(row.createdAt, created))
    .reverse()
  return pageOf(rows, limit, {
    item: ({ row }) => row,
    position: ({ sequence }) => String(sequence),
  })
}

function byCreationThenId(a: MemoryStore, b: MemoryStore): number {
  return compareBinary(a.createdAt, b.createdAt) || compareBinary(a.id, b.id)
}
