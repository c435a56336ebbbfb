import { LIMITS } from '../../config.ts'
import { notFound } from '../../core/errors.ts'
import type { MemoryId, MemoryStoreId } from '../../core/ids.ts'
import type { Memory, MemoryVersion } from '../../core/memory.ts'
import { pathsOverlap } from '../../core/memory-path.ts'
import { compareBinary } from '../binary-order.ts'
import {
  decideMove,
  decideRemoval,
  decideWrite,
  requireFreePath,
  requireRoom,
  requireWritable,
} from '../memory-rules.ts'
import { pageOf } from '../page-rules.ts'
import { folderBelow, rangeOf } from '../path-order.ts'
import {
  candidatePaths,
  holdersOf,
  matchesSearch,
  queryWords,
  rankMatches,
} from '../search-ranking.ts'
import type {
  Memories,
  MemoryItem,
  MemoryMove,
  MemoryQuery,
  MemoryWrite,
  Page,
} from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import { ephemeralMemoryVersions, insertVersion } from './memory-versions.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Memories and their versions, of one workspace. */
export function ephemeralMemories(access: WorkspaceAccess): Memories {
  return {
    list: (storeId) => access.read((data) => memoriesByPath(data, storeId)),
    page: (storeId, query) => access.read((data) => pageOfMemories(data, storeId, query)),
    get: (storeId, id) => access.read((data) => memoryById(data, storeId, id)),
    getByPath: (storeId, path) => access.read((data) => memoryAt(data, storeId, path)),
    count: (storeId, prefix, most) =>
      access.read((data) => {
        const all = memoriesOf(data, storeId).filter(({ path }) => path.startsWith(prefix))
        return Math.min(most, all.length)
      }),
    atPaths: (storeId, paths) =>
      access.read((data) => {
        const wanted = new Set(paths)
        return memoriesByPath(data, storeId).filter(({ path }) => wanted.has(path))
      }),
    write: (write) => access.write((data) => writeMemory(data, write)),
    move: (move) => access.write((data) => moveMemory(data, move)),
    remove: (removal) => access.write((data) => removeMemory(data, removal)),
    search: (storeId, query, limit) =>
      access.read((data) => {
        const words = queryWords(query)
        const matches = memoriesOf(data, storeId).filter((memory) => matchesSearch(memory, words))
        const most = Math.max(limit, LIMITS.searchCandidatesMax)
        if (matches.length <= most) return rankMatches(matches, words, limit)
        const holders = holdersOf(matches, words)
        const paths = new Set(candidatePaths(holders, most))
        const candidates = matches.filter(({ path }) => paths.has(path))
        return rankMatches(candidates, words, limit, holders)
      }),
    versions: ephemeralMemoryVersions(access),
  }
}

function memoriesOf(data: WorkspaceData, storeId: MemoryStoreId): Memory[] {
  const memories = data.heads.rows().map(({ memory }) => memory)
  return memories.filter((memory) => memory.storeId === storeId)
}

function memoriesByPath(data: WorkspaceData, storeId: MemoryStoreId): Memory[] {
  return memoriesOf(data, storeId).sort((a, b) => compareBinary(a.path, b.path))
}

function memoryAt(data: WorkspaceData, storeId: MemoryStoreId, path: string): Memory | null {
  return memoriesOf(data, storeId).find((memory) => memory.path === path) ?? null
}

function memoryById(data: WorkspaceData, storeId: MemoryStoreId, id: MemoryId): Memory | null {
  const memory = data.heads.get(id)?.memory
  return memory?.storeId === storeId ? memory : null
}

function pageOfMemories(
  data: WorkspaceData,
  storeId: MemoryStoreId,
  query: MemoryQuery,
): Page<MemoryItem> {
  const { from, to } = rangeOf(query)
  const memories = memoriesByPath(data, storeId).filter(
    ({ path }) => compareBinary(path, from) >= 0 && compareBinary(path, to) < 0,
  )
  const items = query.isShallow
    ? rolledUp(memories, query.prefix)
    : memories.map((memory) => ({ memory }))
  return pageOf(items, query.limit, { item: (item) => item, position: placeOf })
}

function placeOf(item: MemoryItem): string {
  return 'memory' in item ? item.memory.path : item.prefix
}

/** Sorted memories, with those below one more folder as that folder, once. */
function rolledUp(memories: readonly Memory[], prefix: string): readonly MemoryItem[] {
  const byPlace = new Map<string, MemoryItem>()
  for (const memory of memories) {
    const folder = folderBelow(prefix, memory.path)
    byPlace.set(folder ?? memory.path, folder === null ? { memory } : { prefix: folder })
  }
  return [...byPlace.values()]
}

/** The first memory, other than the one that moves, that is at, above or below a path. */
function inTheWay(
  data: WorkspaceData,
  { storeId, path }: { readonly storeId: MemoryStoreId; readonly path: string },
  moving: MemoryId | null,
): Memory | null {
  const others = memoriesByPath(data, storeId).filter(({ id }) => id !== moving)
  return others.find((other) => other.path === path || pathsOverlap(other.path, path)) ?? null
}

function writeMemory(data: WorkspaceData, write: MemoryWrite): Memory {
  requireWritable(data.stores.get(write.storeId), write.storeId)
  const current = memoryAt(data, write.storeId, write.path)
  const { memory, version } = decideWrite(current, write)
  if (version === null) return memory
  if (current === null) {
    requireFreePath(inTheWay(data, write, null), write)
    requireRoom(memoriesOf(data, write.storeId).length, write)
  }
  insertVersion(data, version)
  if (current === null && data.heads.has(memory.id)) throw alreadyExists('memory', memory.id)
  setHead(data, memory)
  return memory
}

function moveMemory(data: WorkspaceData, move: MemoryMove): Memory {
  requireWritable(data.stores.get(move.storeId), move.storeId)
  const current = memoryById(data, move.storeId, move.id)
  if (current === null) throw notFound('memory', move.id)
  const { memory, version } = decideMove(current, move)
  if (version === null) return memory
  if (current.path !== move.path) requireFreePath(inTheWay(data, move, move.id), move)
  insertVersion(data, version)
  setHead(data, memory)
  return memory
}

function setHead(data: WorkspaceData, memory: Memory): void {
  const unitsVersionId = data.heads.get(memory.id)?.unitsVersionId ?? null
  data.heads.set([memory.id], { memory, unitsVersionId })
}

function removeMemory(data: WorkspaceData, removal: Omit<MemoryWrite, 'content'>): MemoryVersion {
  const { storeId, path } = removal
  if (!data.stores.has(storeId)) throw notFound('memory store', storeId)
  const version = decideRemoval(memoryAt(data, storeId, path), removal)
  insertVersion(data, version)
  data.heads.removeWhere(({ memory }) => memory.id === version.memoryId)
  return version
}
