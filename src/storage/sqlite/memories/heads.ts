import type { MemoryId, MemoryStoreId, WorkspaceId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import { below, foldersAbove } from '../../path-order.ts'
import { type Database, sqlList, wholeText } from '../database.ts'

/** What is selected of a head `m` with its version `v`. */
export const HEAD_COLUMNS: string = `
  m.id, m.store_id AS storeId, m.path, ${wholeText('v.content', 'content')},
  v.content_sha256 AS contentSha256, v.id AS versionId, m.created_at AS createdAt,
  v.created_at AS updatedAt`

/** Live memories of a workspace, each with its current version; further conditions follow. */
export const HEADS: string = `
  SELECT ${HEAD_COLUMNS} FROM memories m
  JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id
  WHERE m.workspace_id = ?`

const ABOVE = `
  SELECT id, path FROM memories
  WHERE workspace_id = ? AND store_id = ? AND path IN (SELECT value FROM json_each(?))
    AND id IS NOT ?
  ORDER BY path LIMIT 1`

const BELOW = `
  SELECT id, path FROM memories
  WHERE workspace_id = ? AND store_id = ? AND path >= ? AND path < ? AND id IS NOT ?
  ORDER BY path LIMIT 1`

/** The memory at a path, or null. */
export function headAt(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  path: string,
): Memory | null {
  return db.get<Memory>(`${HEADS} AND m.store_id = ? AND m.path = ?`, workspaceId, storeId, path)
}

/** The memories at these paths, by path. */
export function headsAt(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  paths: readonly string[],
): readonly Memory[] {
  const sql = `${HEADS} AND m.store_id = ? AND m.path IN (SELECT value FROM json_each(?))
    ORDER BY m.path`
  return db.all<Memory>(sql, workspaceId, storeId, sqlList(paths))
}

/** How many memories there are below a prefix, counted up to `most`. */
export function countBelow(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  { prefix, most }: { readonly prefix: string; readonly most: number },
): number {
  const { from, to } = below(prefix)
  const sql = `SELECT count(*) AS count FROM (
    SELECT 1 FROM memories WHERE workspace_id = ? AND store_id = ? AND path >= ? AND path < ?
    LIMIT ?)`
  return db.get<{ count: number }>(sql, workspaceId, storeId, from, to, most)?.count ?? 0
}

/** The memory with this id, or null. */
export function headById(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  id: MemoryId,
): Memory | null {
  return db.get<Memory>(`${HEADS} AND m.id = ? AND m.store_id = ?`, workspaceId, id, storeId)
}

/** The first memory, other than the one that moves, that is at, above or below a path. */
export function headInTheWay(
  db: Database,
  workspaceId: WorkspaceId,
  of: { readonly storeId: MemoryStoreId; readonly path: string; readonly moving: MemoryId | null },
): Pick<Memory, 'id' | 'path'> | null {
  const { storeId, path, moving } = of
  const { from, to } = below(`${path}/`)
  const upwards = sqlList([...foldersAbove(path), path])
  return (
    db.get(ABOVE, workspaceId, storeId, upwards, moving) ??
    db.get(BELOW, workspaceId, storeId, from, to, moving)
  )
}
