import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId, WorkspaceId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { patched } from '../memory-rules.ts'
import { pageOf, sequenceAt } from '../page-rules.ts'
import type { MemoryStoreQuery, MemoryStores, Page } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { Access } from '../transaction-queue.ts'
import { allOf, given, within } from './conditions.ts'
import { type Database, type SqlRow, type SqlValue, wholeText } from './database.ts'
import { removeStore } from './store-removal.ts'

const SELECT = `
  SELECT sequence, id, ${wholeText('name', 'name')}, ${wholeText('description', 'description')},
    metadata, folder, lineage_id AS lineageId, audience, created_at AS createdAt,
    updated_at AS updatedAt, archived_at AS archivedAt
  FROM memory_stores WHERE workspace_id = ? AND is_removed = 0`

/** Memory stores of one workspace. */
export function sqliteMemoryStores(
  access: Access<Database>,
  workspaceId: WorkspaceId,
): MemoryStores {
  return {
    create: (store) => access.write((db) => createStore(db, workspaceId, store)),
    get: (id) => access.read((db) => storeById(db, workspaceId, id)),
    findByFolder: (folder) =>
      access.read((db) => {
        const isIt = 'AND folder = ? AND archived_at IS NULL'
        return storesWhere(db, workspaceId, isIt, folder)[0] ?? null
      }),
    list: () => access.read((db) => storesWhere(db, workspaceId, 'ORDER BY created_at, id')),
    page: (query) => access.read((db) => pageOfStores(db, workspaceId, query)),
    update: (id, patch, at) =>
      access.write((db) => {
        const store = patched(requireStore(db, workspaceId, id), patch, at)
        updateStore(db, workspaceId, store)
        return store
      }),
    archive: (id, at) =>
      access.write((db) => {
        const store = requireStore(db, workspaceId, id)
        if (store.archivedAt !== null) return
        updateStore(db, workspaceId, { ...store, archivedAt: at, updatedAt: at })
      }),
    remove: (id) =>
      access.write((db) => removeStore(db, workspaceId, requireStore(db, workspaceId, id))),
  }
}

/** The store with this id, or null. */
export function storeById(db: Database, workspaceId: WorkspaceId, id: string): MemoryStore | null {
  return storesWhere(db, workspaceId, 'AND id = ?', id)[0] ?? null
}

interface StoreRow extends Omit<MemoryStore, 'metadata'> {
  readonly sequence: number
  readonly metadata: string
}

function toStore({ sequence: _, ...row }: StoreRow): MemoryStore {
  return { ...row, metadata: JSON.parse(row.metadata) as MemoryStore['metadata'] }
}

function storesWhere(
  db: Database,
  workspaceId: WorkspaceId,
  rest: string,
  ...values: readonly SqlValue[]
): readonly MemoryStore[] {
  return db.all<StoreRow>(`${SELECT} ${rest}`, workspaceId, ...values).map(toStore)
}

function requireStore(db: Database, workspaceId: WorkspaceId, id: MemoryStoreId): MemoryStore {
  const store = storeById(db, workspaceId, id)
  if (store === null) throw notFound('memory store', id)
  return store
}

function pageOfStores(
  db: Database,
  workspaceId: WorkspaceId,
  { limit, after, withArchived = false, created }: MemoryStoreQuery,
): Page<MemoryStore> {
  const { sql, values } = allOf([
    given('folder IS NULL'),
    withArchived ? null : given('archived_at IS NULL'),
    given('sequence < ?', after === undefined ? undefined : sequenceAt(after)),
    ...within('created_at', created),
  ])
  const page = `${SELECT} AND ${sql} ORDER BY sequence DESC LIMIT ?`
  const rows = db.all<StoreRow>(page, workspaceId, ...values, limit + 1)
  return pageOf(rows, limit, { item: toStore, position: ({ sequence }) => String(sequence) })
}

function createStore(db: Database, workspaceId: WorkspaceId, store: MemoryStore): void {
  const isNew = db.insert('memory_stores', {
    workspace_id: workspaceId,
    id: store.id,
    sequence: db.nextSequence('memory_stores', workspaceId),
    folder: store.folder,
    lineage_id: store.lineageId,
    audience: store.audience,
    created_at: store.createdAt,
    ...ownColumns(store),
  })
  if (isNew) return
  const sameId = 'SELECT 1 FROM memory_stores WHERE workspace_id = ? AND id = ?'
  throw db.get(sameId, workspaceId, store.id) !== null
    ? alreadyExists('memory store', store.id)
    : alreadyExists('memory store of the folder', store.folder ?? '')
}

/** What may change in the life of a store. */
function ownColumns(store: MemoryStore): SqlRow {
  return {
    name: store.name,
    description: store.description,
    metadata: JSON.stringify(store.metadata),
    updated_at: store.updatedAt,
    archived_at: store.archivedAt,
  }
}

function updateStore(db: Database, workspaceId: WorkspaceId, store: MemoryStore): void {
  const columns = ownColumns(store)
  const updates = Object.keys(columns).map((column) => `${column} = ?`)
  const sql = `UPDATE memory_stores SET ${updates.join(', ')} WHERE workspace_id = ? AND id = ?`
  db.run(sql, ...Object.values(columns), workspaceId, store.id)
}
