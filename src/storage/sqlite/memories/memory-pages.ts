import type { MemoryStoreId, WorkspaceId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import { pageOf } from '../../page-rules.ts'
import { behind, folderBelow, rangeOf } from '../../path-order.ts'
import type { MemoryItem, MemoryQuery, Page } from '../../storage.ts'
import type { Database } from '../database.ts'
import { HEADS, headAt } from './heads.ts'

const IN_RANGE = `${HEADS} AND m.store_id = ? AND m.path >= ? AND m.path < ?
  ORDER BY m.path LIMIT ?`

const PATHS_IN_RANGE = `
  SELECT path FROM memories WHERE workspace_id = ? AND store_id = ? AND path >= ? AND path < ?
  ORDER BY path LIMIT ?`

/** One page of a store's memories; reads the contents of that page alone. */
export function pageOfMemories(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  query: MemoryQuery,
): Page<MemoryItem> {
  const { limit } = query
  if (query.isShallow) {
    return pageOf(shallowPlaces(db, workspaceId, storeId, query), limit, {
      item: (place) => itemAt(db, workspaceId, storeId, place),
      position: (place) => place,
    })
  }
  const { from, to } = rangeOf(query)
  const rows = db.all<Memory>(IN_RANGE, workspaceId, storeId, from, to, limit + 1)
  return pageOf(rows, limit, { item: (memory) => ({ memory }), position: ({ path }) => path })
}

/** Paths right below the prefix and folders of deeper ones, one more than the page shows. */
function shallowPlaces(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  query: MemoryQuery,
): readonly string[] {
  const { prefix, limit } = query
  const { from, to } = rangeOf(query)
  const places: string[] = []
  let next = from
  while (places.length <= limit) {
    const missing = limit + 1 - places.length
    const rows = db.all<PathRow>(PATHS_IN_RANGE, workspaceId, storeId, next, to, missing)
    const found = placesUpToFolder(rows, prefix)
    const end = found.at(-1)
    if (end === undefined) break
    places.push(...found)
    next = behind(end)
  }
  return places
}

interface PathRow {
  readonly path: string
}

/** The paths ahead of the first folder, and that folder: what follows it is looked up anew. */
function placesUpToFolder(rows: readonly PathRow[], prefix: string): readonly string[] {
  const first = rows.findIndex(({ path }) => folderBelow(prefix, path) !== null)
  const shown = first === -1 ? rows : rows.slice(0, first + 1)
  return shown.map(({ path }) => folderBelow(prefix, path) ?? path)
}

function itemAt(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  place: string,
): MemoryItem {
  if (place.endsWith('/')) return { prefix: place }
  const memory = headAt(db, workspaceId, storeId, place)
  if (memory === null) throw new Error('A memory vanished inside a transaction.')
  return { memory }
}
