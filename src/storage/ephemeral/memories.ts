import type { MemoryStoreId } from '../../core/ids.ts'
import type { Memory, MemoryVersion } from '../../core/memory.ts'
import { compareBinary } from '../binary-order.ts'
import { decideRemoval, decideWrite, requireWritable } from '../memory-rules.ts'
import { matchesSearch, queryWords, rankMatches } from '../search-ranking.ts'
import type { Memories, MemoryWrite } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Memories and their versions, of one workspace. */
export function ephemeralMemories(access: WorkspaceAccess): Memories {
  return {
    list: (storeId) =>
      access.read((data) =>
        memoriesOf(data, storeId).sort((a, b) => compareBinary(a.path, b.path)),
      ),
    getByPath: (storeId, path) => access.read((data) => memoryAt(data, storeId, path)),
    write: (write) => access.write((data) => writeMemory(data, write)),
    remove: (removal) => access.write((data) => removeMemory(data, removal)),
    versions: (storeId, { path, limit } = {}) =>
      access.read((data) =>
        data.versions
          .rows()
          .filter((row) => row.storeId === storeId && (path === undefined || row.path === path))
          .reverse()
          .slice(0, limit),
      ),
    version: (id) => access.read((data) => data.versions.get(id)),
    search: (storeId, query, limit) =>
      access.read((data) => {
        const words = queryWords(query)
        const matches = memoriesOf(data, storeId).filter((memory) => matchesSearch(memory, words))
        return rankMatches(matches, words, limit)
      }),
  }
}

function memoriesOf(data: WorkspaceData, storeId: MemoryStoreId): Memory[] {
  const memories = data.heads.rows().map(({ memory }) => memory)
  return memories.filter((memory) => memory.storeId === storeId)
}

function memoryAt(data: WorkspaceData, storeId: MemoryStoreId, path: string): Memory | null {
  return memoriesOf(data, storeId).find((memory) => memory.path === path) ?? null
}

function writeMemory(data: WorkspaceData, write: MemoryWrite): Memory {
  requireWritable(data.stores.get(write.storeId), write.storeId)
  const current = memoryAt(data, write.storeId, write.path)
  const { memory, version } = decideWrite(current, write)
  if (version === null) return memory
  insertVersion(data, version)
  const head = data.heads.get(memory.id)
  if (current === null && head !== null) throw alreadyExists('memory', memory.id)
  data.heads.set([memory.id], { memory, unitsVersionId: head?.unitsVersionId ?? null })
  return memory
}

function removeMemory(data: WorkspaceData, removal: Omit<MemoryWrite, 'content'>): MemoryVersion {
  requireWritable(data.stores.get(removal.storeId), removal.storeId)
  const version = decideRemoval(memoryAt(data, removal.storeId, removal.path), removal)
  insertVersion(data, version)
  data.heads.removeWhere(({ memory }) => memory.id === version.memoryId)
  return version
}

function insertVersion(data: WorkspaceData, version: MemoryVersion): void {
  if (!data.versions.insert([version.id], version)) {
    throw alreadyExists('memory version', version.id)
  }
}
