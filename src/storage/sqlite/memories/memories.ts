import type { WorkspaceId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import type { Memories } from '../../storage.ts'
import type { Access } from '../../transaction-queue.ts'
import type { Database } from '../database.ts'
import { countBelow, HEADS, headAt, headById, headsAt } from './heads.ts'
import { pageOfMemories } from './memory-pages.ts'
import { moveMemory, removeMemory, writeMemory } from './memory-writes.ts'
import { searchMemories } from './search-index.ts'
import { sqliteMemoryVersions } from './versions.ts'

/** Memories, their versions and their full-text index, of one workspace. */
export function sqliteMemories(access: Access<Database>, workspaceId: WorkspaceId): Memories {
  return {
    list: (storeId) =>
      access.read((db) =>
        db.all<Memory>(`${HEADS} AND m.store_id = ? ORDER BY m.path`, workspaceId, storeId),
      ),
    page: (storeId, query) => access.read((db) => pageOfMemories(db, workspaceId, storeId, query)),
    get: (storeId, id) => access.read((db) => headById(db, workspaceId, storeId, id)),
    getByPath: (storeId, path) => access.read((db) => headAt(db, workspaceId, storeId, path)),
    count: (storeId, prefix, most) =>
      access.read((db) => countBelow(db, workspaceId, storeId, { prefix, most })),
    atPaths: (storeId, paths) => access.read((db) => headsAt(db, workspaceId, storeId, paths)),
    write: (write) => access.write((db) => writeMemory(db, workspaceId, write)),
    move: (move) => access.write((db) => moveMemory(db, workspaceId, move)),
    remove: (removal) => access.write((db) => removeMemory(db, workspaceId, removal)),
    search: (storeId, query, limit) =>
      access.read((db) => searchMemories(db, workspaceId, { storeId, query, limit })),
    versions: sqliteMemoryVersions(access, workspaceId),
  }
}
