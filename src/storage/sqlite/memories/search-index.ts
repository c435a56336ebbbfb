import type { MemoryStoreId, WorkspaceId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import { queryWords, rankMatches, type Searchable } from '../../search-ranking.ts'
import type { SearchHit } from '../../storage.ts'
import type { Database } from '../database.ts'
import { HEAD_COLUMNS } from './heads.ts'

/** CROSS JOIN keeps this order: SQLite would rather walk the store and look each memory up. */
const MATCHES = `
  SELECT ${HEAD_COLUMNS} FROM memory_search
  CROSS JOIN memories m ON m.search_id = memory_search.rowid
  CROSS JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id
  WHERE memory_search MATCH ? AND m.workspace_id = ? AND m.store_id = ?`

/** Makes a live memory findable under the number of its head. */
export function addToIndex(db: Database, searchId: number, { path, content }: Memory): void {
  const sql = 'INSERT INTO memory_search (rowid, path, content) VALUES (?, ?, ?)'
  db.run(sql, searchId, path, content)
}

export function removeFromIndex(db: Database, searchId: number): void {
  db.run('DELETE FROM memory_search WHERE rowid = ?', searchId)
}

/** The index finds, `rankMatches` ranks. Quoted words leave the index no syntax to get wrong. */
export function searchMemories(
  db: Database,
  workspaceId: WorkspaceId,
  search: {
    readonly storeId: MemoryStoreId
    readonly query: string
    readonly limit: number
  },
): readonly SearchHit[] {
  const words = queryWords(search.query)
  if (words.length === 0) return []
  const expression = words.map((word) => `"${word}"`).join(' OR ')
  const matches = db.all<Searchable>(MATCHES, expression, workspaceId, search.storeId)
  return rankMatches(matches, words, search.limit)
}
