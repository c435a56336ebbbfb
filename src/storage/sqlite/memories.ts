import type { MemoryStoreId, WorkspaceId } from '../../core/ids.ts'
import type { Actor, Memory, MemoryVersion } from '../../core/memory.ts'
import { decideRemoval, decideWrite, requireWritable } from '../memory-rules.ts'
import { queryWords, rankMatches, type Searchable } from '../search-ranking.ts'
import type { Memories, MemoryWrite, SearchHit } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { Access } from '../transaction-queue.ts'
import { type Database, wholeText } from './database.ts'
import { storeById } from './memory-stores.ts'

const SELECT_HEADS = `
  SELECT m.id, m.store_id AS storeId, m.path, ${wholeText('v.content', 'content')},
    v.content_sha256 AS contentSha256, v.id AS versionId, m.created_at AS createdAt,
    v.created_at AS updatedAt
  FROM memories m
  JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id
  WHERE m.workspace_id = ?`

const SELECT_VERSIONS = `
  SELECT id, memory_id AS memoryId, store_id AS storeId, operation, path,
    ${wholeText('content', 'content')}, content_sha256 AS contentSha256,
    content_size_bytes AS contentSizeBytes, actor, created_at AS createdAt
  FROM memory_versions WHERE workspace_id = ?`

/** Memories, their versions and their full-text index, of one workspace. */
export function sqliteMemories(access: Access<Database>, workspaceId: WorkspaceId): Memories {
  return {
    list: (storeId) =>
      access.read((db) =>
        db.all<Memory>(`${SELECT_HEADS} AND m.store_id = ? ORDER BY m.path`, workspaceId, storeId),
      ),
    getByPath: (storeId, path) => access.read((db) => headAt(db, workspaceId, storeId, path)),
    write: (write) => access.write((db) => writeMemory(db, workspaceId, write)),
    remove: (removal) => access.write((db) => removeMemory(db, workspaceId, removal)),
    versions: (storeId, filter = {}) =>
      access.read((db) => versionsOf(db, workspaceId, storeId, filter)),
    version: (id) =>
      access.read((db) => {
        const row = db.get<VersionRow>(`${SELECT_VERSIONS} AND id = ?`, workspaceId, id)
        return row === null ? null : toVersion(row)
      }),
    search: (storeId, query, limit) =>
      access.read((db) => searchMemories(db, workspaceId, { storeId, query, limit })),
  }
}

type VersionRow = Omit<MemoryVersion, 'actor'> & { readonly actor: string }

function toVersion(row: VersionRow): MemoryVersion {
  return { ...row, actor: JSON.parse(row.actor) as Actor }
}

function versionsOf(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  { path, limit }: { readonly path?: string; readonly limit?: number },
): readonly MemoryVersion[] {
  const ofPath = path === undefined ? '' : 'AND path = ?'
  const sql = `${SELECT_VERSIONS} AND store_id = ? ${ofPath} ORDER BY sequence DESC LIMIT ?`
  const paths = path === undefined ? [] : [path]
  const all = -1
  return db.all<VersionRow>(sql, workspaceId, storeId, ...paths, limit ?? all).map(toVersion)
}

function headAt(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  path: string,
): Memory | null {
  const sql = `${SELECT_HEADS} AND m.store_id = ? AND m.path = ?`
  return db.get<Memory>(sql, workspaceId, storeId, path)
}

function writeMemory(db: Database, workspaceId: WorkspaceId, write: MemoryWrite): Memory {
  requireWritable(storeById(db, workspaceId, write.storeId), write.storeId)
  const current = headAt(db, workspaceId, write.storeId, write.path)
  const written = decideWrite(current, write)
  if (written.version === null) return written.memory
  insertVersion(db, workspaceId, written.version)
  if (current === null) insertHead(db, workspaceId, written.memory)
  else moveHead(db, workspaceId, written.memory)
  return written.memory
}

function removeMemory(
  db: Database,
  workspaceId: WorkspaceId,
  removal: Omit<MemoryWrite, 'content'>,
): MemoryVersion {
  requireWritable(storeById(db, workspaceId, removal.storeId), removal.storeId)
  const version = decideRemoval(headAt(db, workspaceId, removal.storeId, removal.path), removal)
  insertVersion(db, workspaceId, version)
  db.run(
    `DELETE FROM memory_search WHERE rowid IN
      (SELECT search_id FROM memories WHERE workspace_id = ? AND id = ?)`,
    workspaceId,
    version.memoryId,
  )
  db.run('DELETE FROM memories WHERE workspace_id = ? AND id = ?', workspaceId, version.memoryId)
  return version
}

function insertVersion(db: Database, workspaceId: WorkspaceId, version: MemoryVersion): void {
  const isNew = db.insert('memory_versions', {
    workspace_id: workspaceId,
    id: version.id,
    sequence: db.nextSequence('memory_versions', workspaceId),
    store_id: version.storeId,
    memory_id: version.memoryId,
    operation: version.operation,
    path: version.path,
    content: version.content,
    content_sha256: version.contentSha256,
    content_size_bytes: version.contentSizeBytes,
    actor: JSON.stringify(version.actor),
    created_at: version.createdAt,
  })
  if (!isNew) throw alreadyExists('memory version', version.id)
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
  indexHead(db, searchId, memory)
}

function moveHead(db: Database, workspaceId: WorkspaceId, memory: Memory): void {
  const row = db.get<{ searchId: number }>(
    `UPDATE memories SET version_id = ? WHERE workspace_id = ? AND id = ?
      RETURNING search_id AS searchId`,
    memory.versionId,
    workspaceId,
    memory.id,
  )
  if (row === null) throw new Error(`The memory "${memory.id}" vanished inside a transaction.`)
  db.run('DELETE FROM memory_search WHERE rowid = ?', row.searchId)
  indexHead(db, row.searchId, memory)
}

function indexHead(db: Database, searchId: number, { path, content }: Memory): void {
  const sql = 'INSERT INTO memory_search (rowid, path, content) VALUES (?, ?, ?)'
  db.run(sql, searchId, path, content)
}

/** The index finds, `rankMatches` ranks. Quoted words leave the index no syntax to get wrong. */
function searchMemories(
  db: Database,
  workspaceId: WorkspaceId,
  search: { storeId: MemoryStoreId; query: string; limit: number },
): readonly SearchHit[] {
  const words = queryWords(search.query)
  if (words.length === 0) return []
  const sql = `${SELECT_HEADS} AND m.store_id = ? AND m.search_id IN
    (SELECT rowid FROM memory_search WHERE memory_search MATCH ?)`
  const expression = words.map((word) => `"${word}"`).join(' OR ')
  const matches = db.all<Searchable>(sql, workspaceId, search.storeId, expression)
  return rankMatches(matches, words, search.limit)
}
