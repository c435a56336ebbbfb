import { LIMITS } from '../../../config.ts'
import type { MemoryStoreId, WorkspaceId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import {
  candidatePaths,
  type Holders,
  queryWords,
  rankMatches,
  type Searchable,
  searchTerm,
} from '../../search-ranking.ts'
import type { SearchHit } from '../../storage.ts'
import type { Database } from '../database.ts'
import { HEAD_COLUMNS, headsAt } from './heads.ts'

/** CROSS JOIN keeps this order: SQLite would rather walk the store and look each memory up. */
const MATCHES = `
  SELECT ${HEAD_COLUMNS} FROM memory_search
  CROSS JOIN memories m ON m.search_id = memory_search.rowid
  CROSS JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id
  WHERE memory_search MATCH ? AND m.workspace_id = ? AND m.store_id = ?`

/** Whether there are more of them than so many. */
const MORE = `
  SELECT 1 FROM memory_search CROSS JOIN memories m ON m.search_id = memory_search.rowid
  WHERE memory_search MATCH ? AND m.workspace_id = ? AND m.store_id = ? LIMIT 1 OFFSET ?`

/** All of a store's matches as one value: rows would take ten times as long. */
const PATHS = `
  SELECT json_group_array(m.path) AS paths FROM memory_search
  CROSS JOIN memories m ON m.search_id = memory_search.rowid
  WHERE memory_search MATCH ? AND m.workspace_id = ? AND m.store_id = ?`

/** Makes a live memory findable under the number of its head. */
export function addToIndex(db: Database, searchId: number, { path, content }: Memory): void {
  const sql = 'INSERT INTO memory_search (rowid, path, content) VALUES (?, ?, ?)'
  db.run(sql, searchId, path, content)
}

export function removeFromIndex(db: Database, searchId: number): void {
  db.run('DELETE FROM memory_search WHERE rowid = ?', searchId)
}

interface StoreSearch {
  readonly storeId: MemoryStoreId
  readonly query: string
  readonly limit: number
}

/** The index finds, `rankMatches` ranks. Quoted words leave the index no syntax to get wrong. */
export function searchMemories(
  db: Database,
  workspaceId: WorkspaceId,
  search: StoreSearch,
): readonly SearchHit[] {
  const words = queryWords(search.query)
  if (words.length === 0) return []
  const { storeId, limit } = search
  const most = Math.max(limit, LIMITS.searchCandidatesMax)
  const expression = anyOf(words)
  if (db.get(MORE, expression, workspaceId, storeId, most) === null) {
    const matches = db.all<Searchable>(MATCHES, expression, workspaceId, storeId)
    return rankMatches(matches, words, limit)
  }
  const holders = holdersIn(db, workspaceId, storeId, words)
  const candidates = headsAt(db, workspaceId, storeId, candidatePaths(holders, most))
  return rankMatches(candidates, words, limit, holders)
}

function holdersIn(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  words: readonly string[],
): Holders {
  const pathsOf = new Map(
    [...Map.groupBy(words, searchTerm)].map(([term, equal]): [string, readonly string[]] => {
      const row = db.get<{ paths: string }>(PATHS, anyOf(equal), workspaceId, storeId)
      return [term, JSON.parse(row?.paths ?? '[]') as string[]]
    }),
  )
  const matches = new Set([...pathsOf.values()].flat()).size
  return { pathsOf, matches }
}

function anyOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ')
}
