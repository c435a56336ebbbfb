import { notFound } from '../../core/errors.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { MemoryStores } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { Access } from '../transaction-queue.ts'
import type { Database } from './database.ts'

const SELECT = `
  SELECT id, name, description, folder, lineage_id AS lineageId, audience,
    created_at AS createdAt, archived_at AS archivedAt
  FROM memory_stores WHERE workspace_id = ?`

/** Memory stores of one workspace. */
export function sqliteMemoryStores(
  access: Access<Database>,
  workspaceId: WorkspaceId,
): MemoryStores {
  return {
    create: (store) => access.write((db) => createStore(db, workspaceId, store)),
    get: (id) => access.read((db) => storeById(db, workspaceId, id)),
    findByFolder: (folder) =>
      access.read((db) =>
        db.get<MemoryStore>(
          `${SELECT} AND folder = ? AND archived_at IS NULL`,
          workspaceId,
          folder,
        ),
      ),
    list: () =>
      access.read((db) => db.all<MemoryStore>(`${SELECT} ORDER BY created_at, id`, workspaceId)),
    archive: (id, at) =>
      access.write((db) => {
        const sql = `UPDATE memory_stores SET archived_at = coalesce(archived_at, ?)
          WHERE workspace_id = ? AND id = ?`
        if (db.run(sql, at, workspaceId, id) === 0) throw notFound('memory store', id)
      }),
  }
}

/** The store with this id, or null. */
export function storeById(db: Database, workspaceId: WorkspaceId, id: string): MemoryStore | null {
  return db.get<MemoryStore>(`${SELECT} AND id = ?`, workspaceId, id)
}

function createStore(db: Database, workspaceId: WorkspaceId, store: MemoryStore): void {
  const isNew = db.insert('memory_stores', {
    workspace_id: workspaceId,
    id: store.id,
    name: store.name,
    description: store.description,
    folder: store.folder,
    lineage_id: store.lineageId,
    audience: store.audience,
    created_at: store.createdAt,
    archived_at: store.archivedAt,
  })
  if (isNew) return
  const isSameId = storeById(db, workspaceId, store.id) !== null
  throw isSameId
    ? alreadyExists('memory store', store.id)
    : alreadyExists('memory store of the folder', store.folder ?? '')
}
