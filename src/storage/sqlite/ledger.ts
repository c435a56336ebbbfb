import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId, WorkspaceId } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import { copiedEntry } from '../copy-rules.ts'
import type { Ledger } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { Access } from '../transaction-queue.ts'
import { type Database, sqlList, wholeText } from './database.ts'
import { insertEvidence, withEvidence } from './evidence.ts'
import { storeById } from './memory-stores.ts'

const SELECT = `
  SELECT id, sequence, store_id AS storeId, dream_id AS dreamId, change_id AS changeId, kind,
    unit_id AS unitId, path, ${wholeText('text', 'text')}, true_from AS trueFrom,
    true_until AS trueUntil, ${wholeText('reason', 'reason')}, recorded_at AS recordedAt,
    is_reverted AS isReverted
  FROM ledger_entries
  WHERE workspace_id = ? AND store_id = ? AND is_reverted <= ?`

const MARK_REVERTED = `
  UPDATE ledger_entries SET is_reverted = 1
  WHERE workspace_id = ? AND dream_id = ? AND is_copied = 0`

/** Superseded texts of one workspace with the words they came from. */
export function sqliteLedger(access: Access<Database>, workspaceId: WorkspaceId): Ledger {
  return {
    append: (entries) =>
      access.write((db) => {
        for (const entry of entries) {
          requireStore(db, workspaceId, entry.storeId)
          const isNew = insertEntry(db, workspaceId, entry, false)
          if (!isNew) throw alreadyExists('ledger entry', entry.id)
        }
      }),
    list: (storeId, filter = {}) =>
      access.read((db) => entriesOf(db, workspaceId, storeId, filter)),
    markReverted: (dreamId, changeIds) =>
      access.write((db) => {
        if (changeIds === undefined) {
          db.run(MARK_REVERTED, workspaceId, dreamId)
          return
        }
        const sql = `${MARK_REVERTED} AND change_id IN (SELECT value FROM json_each(?))`
        db.run(sql, workspaceId, dreamId, sqlList(changeIds))
      }),
    copy: (fromStoreId, toStoreId, except = []) =>
      access.write((db) => {
        requireStore(db, workspaceId, fromStoreId)
        requireStore(db, workspaceId, toStoreId)
        const entries = entriesOf(db, workspaceId, fromStoreId, { withReverted: true })
        for (const entry of entries.toReversed()) {
          if (except.includes(entry.dreamId)) continue
          insertEntry(db, workspaceId, copiedEntry(entry, toStoreId), true)
        }
      }),
  }
}

interface EntryRow extends Omit<LedgerEntry, 'interval' | 'evidence' | 'isReverted'> {
  readonly sequence: number
  readonly trueFrom: string | null
  readonly trueUntil: string | null
  readonly isReverted: number
}

function entriesOf(
  db: Database,
  workspaceId: WorkspaceId,
  storeId: MemoryStoreId,
  filter: { readonly path?: string; readonly withReverted?: boolean },
): readonly LedgerEntry[] {
  const revertedMax = filter.withReverted === true ? 1 : 0
  const ofPath = filter.path === undefined ? '' : 'AND path = ?'
  const sql = `${SELECT} ${ofPath} ORDER BY sequence DESC`
  const paths = filter.path === undefined ? [] : [filter.path]
  const rows = db.all<EntryRow>(sql, workspaceId, storeId, revertedMax, ...paths)
  return withEvidence(db, 'ledger_evidence', workspaceId, rows).map(({ row, evidence }) => {
    const { sequence: _, trueFrom, trueUntil, ...flat } = row
    const interval = { start: trueFrom, end: trueUntil }
    return { ...flat, interval, evidence, isReverted: row.isReverted === 1 }
  })
}

function requireStore(db: Database, workspaceId: WorkspaceId, id: MemoryStoreId): void {
  if (storeById(db, workspaceId, id) === null) throw notFound('memory store', id)
}

/** False = there is an entry with this id, and it stays. */
function insertEntry(
  db: Database,
  workspaceId: WorkspaceId,
  entry: LedgerEntry,
  isCopied: boolean,
): boolean {
  const owner = db.nextSequence('ledger_entries', workspaceId)
  const isNew = db.insert('ledger_entries', {
    workspace_id: workspaceId,
    id: entry.id,
    sequence: owner,
    store_id: entry.storeId,
    dream_id: entry.dreamId,
    change_id: entry.changeId,
    kind: entry.kind,
    unit_id: entry.unitId,
    path: entry.path,
    text: entry.text,
    true_from: entry.interval.start,
    true_until: entry.interval.end,
    reason: entry.reason,
    recorded_at: entry.recordedAt,
    is_reverted: entry.isReverted ? 1 : 0,
    is_copied: isCopied ? 1 : 0,
  })
  if (isNew) insertEvidence(db, 'ledger_evidence', { workspaceId, owner }, entry.evidence)
  return isNew
}
