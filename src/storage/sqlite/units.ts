import { notFound } from '../../core/errors.ts'
import type { MemoryId, MemoryStoreId, MemoryVersionId, WorkspaceId } from '../../core/ids.ts'
import type { MemoryVersion } from '../../core/memory.ts'
import type { Unit } from '../../core/unit.ts'
import { requireWritable } from '../memory-rules.ts'
import type { Units } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { requireUnitsOf, requireUnredacted } from '../unit-rules.ts'
import { type Database, type SqlRow, wholeText } from './database.ts'
import { storeById } from './memory-stores.ts'

const COLUMNS = `
  u.id, u.memory_id AS memoryId, u.version_id AS versionId, u.path, u.ordinal, u.kind,
  ${wholeText('u.text', 'text')}, u.bytes_start AS bytesStart, u.bytes_end AS bytesEnd,
  u.outer_bytes_start AS outerBytesStart, u.outer_bytes_end AS outerBytesEnd, u.line, u.context,
  u.link_target AS linkTarget, u.sha256, u.origin, u.trust, u.audience, u.stated_at AS statedAt,
  EXISTS (SELECT 1 FROM pins p WHERE p.workspace_id = u.workspace_id AND p.unit_id = u.id)
    AS isPinned`

/** Units and pins of one workspace. */
export function sqliteUnits(access: Access<Database>, workspaceId: WorkspaceId): Units {
  return {
    list: (storeId) => access.read((db) => currentUnits(db, workspaceId, storeId)),
    record: (memoryId, versionId, units) =>
      access.write((db) => recordUnits(db, workspaceId, memoryId, versionId, units)),
    ofVersion: (versionId) =>
      access.read((db) =>
        db
          .all<UnitRow>(
            `SELECT ${COLUMNS} FROM units u
              WHERE u.workspace_id = ? AND u.version_id = ? ORDER BY u.ordinal`,
            workspaceId,
            versionId,
          )
          .map(unitReader()),
      ),
    setPinned: (id, isPinned) =>
      access.write((db) => {
        const sql = 'SELECT 1 FROM units WHERE workspace_id = ? AND id = ? LIMIT 1'
        if (db.get(sql, workspaceId, id) === null) throw notFound('unit', id)
        if (isPinned) db.insert('pins', { workspace_id: workspaceId, unit_id: id })
        else db.run('DELETE FROM pins WHERE workspace_id = ? AND unit_id = ?', workspaceId, id)
      }),
  }
}

interface UnitRow extends Omit<Unit, 'bytes' | 'outerBytes' | 'context' | 'isPinned'> {
  readonly bytesStart: number
  readonly bytesEnd: number
  readonly outerBytesStart: number
  readonly outerBytesEnd: number
  readonly context: string
  readonly isPinned: number
}

/** Each text that many units share is kept once, whatever number of rows it came in. */
function unitReader(): (row: UnitRow) => Unit {
  const texts = new Map<string, string>()
  const once = <T extends string>(text: T): T => {
    const known = texts.get(text)
    if (known === undefined) texts.set(text, text)
    return (known ?? text) as T
  }
  const contexts = new Map<string, readonly string[]>()
  const contextOf = (json: string): readonly string[] => {
    const context = contexts.get(json) ?? (JSON.parse(json) as readonly string[])
    contexts.set(json, context)
    return context
  }
  return (row) => ({
    id: row.id,
    memoryId: once(row.memoryId),
    versionId: once(row.versionId),
    path: once(row.path),
    ordinal: row.ordinal,
    kind: once(row.kind),
    text: row.text,
    bytes: { start: row.bytesStart, end: row.bytesEnd },
    outerBytes: { start: row.outerBytesStart, end: row.outerBytesEnd },
    line: row.line,
    context: contextOf(row.context),
    linkTarget: row.linkTarget,
    sha256: row.sha256,
    origin: once(row.origin),
    trust: once(row.trust),
    audience: once(row.audience),
    isPinned: row.isPinned === 1,
    statedAt: row.statedAt,
  })
}

function currentUnits(db: Database, workspaceId: WorkspaceId, storeId: MemoryStoreId): Unit[] {
  const sql = `
    SELECT ${COLUMNS} FROM memories m
    JOIN units u ON u.workspace_id = m.workspace_id AND u.version_id = m.units_version_id
    WHERE m.workspace_id = ? AND m.store_id = ? ORDER BY m.path, u.ordinal`
  return db.all<UnitRow>(sql, workspaceId, storeId).map(unitReader())
}

function recordUnits(
  db: Database,
  workspaceId: WorkspaceId,
  memoryId: MemoryId,
  versionId: MemoryVersionId,
  units: readonly Unit[],
): void {
  requireUnitsOf(memoryId, versionId, units)
  const memory = db.get<{ storeId: MemoryStoreId }>(
    'SELECT store_id AS storeId FROM memories WHERE workspace_id = ? AND id = ?',
    workspaceId,
    memoryId,
  )
  if (memory === null) throw notFound('memory', memoryId)
  requireWritable(storeById(db, workspaceId, memory.storeId), memory.storeId)
  const version = db.get<Pick<MemoryVersion, 'redactedAt'>>(
    `SELECT redacted_at AS redactedAt FROM memory_versions
      WHERE workspace_id = ? AND id = ? AND memory_id = ?`,
    workspaceId,
    versionId,
    memoryId,
  )
  if (version === null) throw notFound('memory version', versionId)
  requireUnredacted(version, versionId)
  db.run('DELETE FROM units WHERE workspace_id = ? AND version_id = ?', workspaceId, versionId)
  for (const unit of units) db.insert('units', toRow(workspaceId, unit))
  db.run(
    'UPDATE memories SET units_version_id = ? WHERE workspace_id = ? AND id = ?',
    versionId,
    workspaceId,
    memoryId,
  )
}

function toRow(workspaceId: WorkspaceId, unit: Unit): SqlRow {
  return {
    workspace_id: workspaceId,
    version_id: unit.versionId,
    id: unit.id,
    memory_id: unit.memoryId,
    ordinal: unit.ordinal,
    path: unit.path,
    kind: unit.kind,
    text: unit.text,
    bytes_start: unit.bytes.start,
    bytes_end: unit.bytes.end,
    outer_bytes_start: unit.outerBytes.start,
    outer_bytes_end: unit.outerBytes.end,
    line: unit.line,
    context: JSON.stringify(unit.context),
    link_target: unit.linkTarget,
    sha256: unit.sha256,
    origin: unit.origin,
    trust: unit.trust,
    audience: unit.audience,
    stated_at: unit.statedAt,
  }
}
