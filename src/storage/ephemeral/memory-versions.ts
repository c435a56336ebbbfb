import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId, MemoryVersionId } from '../../core/ids.ts'
import { type Actor, actorId, type MemoryVersion } from '../../core/memory.ts'
import { redacted } from '../memory-rules.ts'
import { isWithin, pageOf, sequenceAt } from '../page-rules.ts'
import type { MemoryVersionQuery, MemoryVersions, Page } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** History of the memories of one workspace. */
export function ephemeralMemoryVersions(access: WorkspaceAccess): MemoryVersions {
  return {
    list: (storeId, { path, limit } = {}) =>
      access.read((data) =>
        data.versions
          .rows()
          .filter((row) => row.storeId === storeId && (path === undefined || row.path === path))
          .reverse()
          .slice(0, limit),
      ),
    page: (storeId, query) => access.read((data) => pageOfVersions(data, storeId, query)),
    get: (id) => access.read((data) => data.versions.get(id)),
    redact: (id, by, at) => access.write((data) => redactVersion(data, id, by, at)),
  }
}

/** Stores a new version; throws `conflict_error` where its id is taken. */
export function insertVersion(data: WorkspaceData, version: MemoryVersion): void {
  if (!data.versions.insert([version.id], version)) {
    throw alreadyExists('memory version', version.id)
  }
}

function pageOfVersions(
  data: WorkspaceData,
  storeId: MemoryStoreId,
  query: MemoryVersionQuery,
): Page<MemoryVersion> {
  const { limit, after, memoryId, operation, created = {} } = query
  const end = after === undefined ? Number.POSITIVE_INFINITY : sequenceAt(after)
  const rows = data.versions
    .numbered()
    .filter(({ sequence, row }) => sequence < end && row.storeId === storeId)
    .filter(({ row }) => (memoryId ?? row.memoryId) === row.memoryId)
    .filter(({ row }) => (operation ?? row.operation) === row.operation)
    .filter(({ row }) => query.actorId === undefined || actorId(row.actor) === query.actorId)
    .filter(({ row }) => isWithin(row.createdAt, created))
    .reverse()
  return pageOf(rows, limit, {
    item: ({ row }) => row,
    position: ({ sequence }) => String(sequence),
  })
}

function redactVersion(
  data: WorkspaceData,
  id: MemoryVersionId,
  by: Actor,
  at: string,
): MemoryVersion {
  const version = data.versions.get(id)
  if (version === null) throw notFound('memory version', id)
  if (version.redactedAt !== null) return version
  const isHead = data.heads.get(version.memoryId)?.memory.versionId === id
  const wiped = redacted(version, isHead, by, at)
  data.versions.set([id], wiped)
  data.units.removeWhere((units) => units[0]?.versionId === id)
  return wiped
}
