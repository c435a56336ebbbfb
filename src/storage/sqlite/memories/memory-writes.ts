import { notFound } from '../../../core/errors.ts'
import type { WorkspaceId } from '../../../core/ids.ts'
import type { Memory, MemoryVersion } from '../../../core/memory.ts'
import {
  decideMove,
  decideRemoval,
  decideWrite,
  requireFreePath,
  requireRoom,
  requireWritable,
} from '../../memory-rules.ts'
import type { MemoryMove, MemoryWrite } from '../../storage.ts'
import { alreadyExists } from '../../storage-errors.ts'
import type { Database } from '../database.ts'
import { storeById } from '../memory-stores.ts'
import { headAt, headById, headInTheWay } from './heads.ts'
import { addToIndex, removeFromIndex } from './search-index.ts'
import { insertVersion } from './versions.ts'

/** Creates or modifies the memory at a path, as `Memories.write` says. */
export function writeMemory(db: Database, workspaceId: WorkspaceId, write: MemoryWrite): Memory {
  const { storeId, path } = write
  requireWritable(storeById(db, workspaceId, storeId), storeId)
  const current = headAt(db, workspaceId, storeId, path)
  const { memory, version } = decideWrite(current, write)
  if (version === null) return memory
  if (current === null) {
    requireFreePath(headInTheWay(db, workspaceId, { storeId, path, moving: null }), write)
    requireRoom(memoryCount(db, workspaceId, storeId), write)
  }
  insertVersion(db, workspaceId, version)
  if (current === null) insertHead(db, workspaceId, memory)
  else updateHead(db, workspaceId, memory)
  return memory
}

/** Gives a memory another path or content, as `Memories.move` says. */
export function moveMemory(db: Database, workspaceId: WorkspaceId, move: MemoryMove): Memory {
  const { storeId, id, path } = move
  requireWritable(storeById(db, workspaceId, storeId), storeId)
  const current = headById(db, workspaceId, storeId, id)
  if (current === null) throw notFound('memory', id)
  const { memory, version } = decideMove(current, move)
  if (version === null) return memory
  if (current.path !== path) {
    requireFreePath(headInTheWay(db, workspaceId, { storeId, path, moving: id }), move)
  }
  insertVersion(db, workspaceId, version)
  updateHead(db, workspaceId, memory)
  return memory
}

/** Takes a memory away and leaves its history, as `Memories.remove` says. */
export function removeMemory(
  db: Database,
  workspaceId: WorkspaceId,
  removal: Omit<MemoryWrite, 'content'>,
): MemoryVersion {
  const { storeId, path } = removal
  if (storeById(db, workspaceId, storeId) === null) throw notFound('memory store', storeId)
  const version = decideRemoval(headAt(db, workspaceId, storeId, path), removal)
  insertVersion(db, workspaceId, version)
  const row = db.get<SearchIdRow>(
    `DELETE FROM memories WHERE workspace_id = ? AND id = ? RETURNING search_id AS searchId`,
    workspaceId,
    version.memoryId,
  )
  removeFromIndex(db, searchIdOf(row))
  addToCount(db, workspaceId, storeId, -1)
  return version
}

interface SearchIdRow {
  readonly searchId: number
}

function searchIdOf(row: SearchIdRow | null): number {
  if (row === null) throw new Error('A memory vanished inside a transaction.')
  return row.searchId
}

function insertHead(db: Database, workspaceId: WorkspaceId, memory: Memory): void {
  const highest = db.get<{ highest: number }>('SELECT max(search_id) AS highest FROM memories')
  const searchId = (highest?.highest ?? 0) + 1
  const isNew = db.insert('memories', {
    workspace_id: workspaceId,
    id: memory.id,
    store_id: memory.storeId,
    path: memory.path,
    version_id: memory.versionId,
    units_version_id: null,
    created_at: memory.createdAt,
    search_id: searchId,
  })
  if (!isNew) throw alreadyExists('memory', memory.id)
  addToIndex(db, searchId, memory)
  addToCount(db, workspaceId, memory.storeId, 1)
}

function updateHead(db: Database, workspaceId: WorkspaceId, memory: Memory): void {
  const row = db.get<SearchIdRow>(
    `UPDATE memories SET path = ?, version_id = ? WHERE workspace_id = ? AND id = ?
      RETURNING search_id AS searchId`,
    memory.path,
    memory.versionId,
    workspaceId,
    memory.id,
  )
  const searchId = searchIdOf(row)
  removeFromIndex(db, searchId)
  addToIndex(db, searchId, memory)
}

/** Kept with the store: counting its memories would read all of them for each new one. */
function memoryCount(db: Database, workspaceId: WorkspaceId, storeId: string): number {
  const sql = 'SELECT memory_count AS count FROM memory_stores WHERE workspace_id = ? AND id = ?'
  return db.get<{ count: number }>(sql, workspaceId, storeId)?.count ?? 0
}

function addToCount(db: Database, workspaceId: WorkspaceId, storeId: string, more: number): void {
  const sql = `UPDATE memory_stores SET memory_count = memory_count + ?
    WHERE workspace_id = ? AND id = ?`
  db.run(sql, more, workspaceId, storeId)
}
