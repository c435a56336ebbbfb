import { notFound } from '../../../core/errors.ts'
import type { MemoryStoreId, MemoryVersionId, WorkspaceId } from '../../../core/ids.ts'
import { type Actor, actorId, type MemoryVersion } from '../../../core/memory.ts'
import { redacted } from '../../memory-rules.ts'
import { pageOf, sequenceAt } from '../../page-rules.ts'
import type { MemoryVersionQuery, MemoryVersions, Page } from '../../storage.ts'
import { alreadyExists } from '../../storage-errors.ts'
import type { Access } from '../../transaction-queue.ts'
import { allOf, type Condition, given, within } from '../conditions.ts'
import { type Database, wholeText } from '../database.ts'

const SELECT = `
  SELECT sequence, id, memory_id AS memoryId, store_id AS storeId, operation, path,
    ${wholeText('content', 'content')}, content_sha256 AS contentSha256,
    content_size_bytes AS contentSizeBytes, actor, created_at AS createdAt,
    redacted_at AS redactedAt, redacted_by AS redactedBy
  FROM memory_versions WHERE workspace_id = ?`

/** History of the memories of one workspace. */
export function sqliteMemoryVersions(
  access: Access<Database>,
  workspaceId: WorkspaceId,
): MemoryVersions {
  return {
    list: (storeId, { path, limit } = {}) =>
      access.read((db) => {
        const condition = allOf([given('store_id = ?', storeId), given('path = ?', path)])
        const all = -1
        return newest(db, workspaceId, condition, limit ?? all).map(toVersion)
      }),
    page: (storeId, query) => access.read((db) => pageOfVersions(db, workspaceId, storeId, query)),
    get: (id) => access.read((db) => versionById(db, workspaceId, id)),
    redact: (id, by, at) => access.write((db) => redactVersion(db, workspaceId, { id, by, at })),
  }
}

/** Stores a new version; throws `conflict_error` where its id is taken. */
export function insertVersion(
  db: Database,
  workspaceId: WorkspaceId,
  version: MemoryVersion,
): void {
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
    actor_id: actorId(version.actor),
    created_at: version.createdAt,
  })
  if (!isNew) throw alreadyExists('memory version', version.id)
}

interface VersionRow extends Omit<MemoryVersion, 'actor' | 'redactedBy'> {
  readonly sequence: number
  readonly actor: string
  readonly redactedBy: string | null
}

function toVersion({ sequence: _, ...row }: VersionRow): MemoryVersion {
  return {
    ...row,
    actor: JSON.parse(row.actor) as Actor,
    redactedBy: row.redactedBy === null ? null : (JSON.parse(row.redactedBy) as Actor),
  }
}

function versionById(
  db: Database,
  workspaceId: WorkspaceId,
  id: MemoryVersionId,
): MemoryVersion | null {
  const row = db.get<VersionRow>(`${SELECT} AND id = ?`, workspaceId, id)
  return row === null ? null : toVersion(row)
}

function newest(
  db: Database,
  workspaceId: WorkspaceId,
  { sql, values }: Condition,
  limit: number,
): readonly VersionRow[] {
  const ordered = `${SELECT} AND ${sql} ORDER BY sequence DESC LIMIT ?`
  return db.all<VersionRow>(ordered, workspaceId, ...values, limit)
}

function pageOfVersions(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  { limit, after, memoryId, operation, actorId, created }: MemoryVersionQuery,
): Page<MemoryVersion> {
  const condition = allOf([
    given('store_id = ?', storeId),
    given('memory_id = ?', memoryId),
    given('operation = ?', operation),
    given('actor_id = ?', actorId),
    given('sequence < ?', after === undefined ? undefined : sequenceAt(after)),
    ...within('created_at', created),
  ])
  const rows = newest(db, workspaceId, condition, limit + 1)
  return pageOf(rows, limit, { item: toVersion, position: ({ sequence }) => String(sequence) })
}

function redactVersion(
  db: Database,
  workspaceId: WorkspaceId,
  of: { readonly id: MemoryVersionId; readonly by: Actor; readonly at: string },
): MemoryVersion {
  const { id, by, at } = of
  const version = versionById(db, workspaceId, id)
  if (version === null) throw notFound('memory version', id)
  if (version.redactedAt !== null) return version
  const isHead = 'SELECT 1 FROM memories WHERE workspace_id = ? AND version_id = ?'
  const wiped = redacted(version, db.get(isHead, workspaceId, id) !== null, by, at)
  db.run(
    `UPDATE memory_versions SET path = NULL, content = NULL, content_sha256 = NULL,
      content_size_bytes = NULL, redacted_at = ?, redacted_by = ?
      WHERE workspace_id = ? AND id = ?`,
    at,
    JSON.stringify(by),
    workspaceId,
    id,
  )
  db.run('DELETE FROM units WHERE workspace_id = ? AND version_id = ?', workspaceId, id)
  return wiped
}
