import type { Change } from '../../../core/change.ts'
import { notFound } from '../../../core/errors.ts'
import type { ChangeId, DreamId, WorkspaceId } from '../../../core/ids.ts'
import { decided, reworded } from '../../dream-rules.ts'
import type { ChangeDecision, Changes } from '../../storage.ts'
import type { Access } from '../../transaction-queue.ts'
import { type Database, type SqlValue, sqlList, wholeText } from '../database.ts'
import { insertEvidence, withEvidence } from '../evidence.ts'

const COLUMNS = `
  c.id, c.dream_id AS dreamId, c.sequence, c.kind, c.change_set AS changeSet,
  ${wholeText('c.reason', 'reason')}, c.before_texts AS before, c.after_texts AS after, c.edits,
  c.units, c.ledger, c.trust, c.audience, ${wholeText('c.pattern', 'pattern')}, c.status,
  c.held_reason AS heldReason, c.is_worded_by_model AS isWordedByModel`

const IDS_WITH = `
  SELECT DISTINCT c.id FROM changes c
  JOIN dreams d ON d.workspace_id = c.workspace_id AND d.id = c.dream_id
  WHERE c.workspace_id = ? AND d.store_id = ? AND d.plan_status <> 'discarded'
    AND c.status IN (SELECT value FROM json_each(?))
  ORDER BY c.id`

/** Changes of the dreams of one workspace. */
export function sqliteChanges(access: Access<Database>, workspaceId: WorkspaceId): Changes {
  return {
    list: (dreamId) =>
      access.read((db) =>
        changesWhere(db, workspaceId, 'c.dream_id = ? ORDER BY c.sequence', dreamId).map(
          ({ change }) => change,
        ),
      ),
    find: (id) => access.read((db) => findChange(db, workspaceId, id)),
    decide: (dreamId, id, decision) =>
      access.write((db) => decideChange(db, workspaceId, { dreamId, id, decision })),
    reword: (dreamId, change) =>
      access.write((db) => rewordChange(db, workspaceId, dreamId, change)),
    idsWith: (storeId, statuses) =>
      access.read((db) =>
        db
          .all<{ id: ChangeId }>(IDS_WITH, workspaceId, storeId, sqlList(statuses))
          .map(({ id }) => id),
      ),
  }
}

/** Stores the changes of a plan in its order. */
export function insertChanges(
  db: Database,
  workspaceId: WorkspaceId,
  dreamId: DreamId,
  changes: readonly Change[],
): void {
  const first = db.nextSequence('changes', workspaceId)
  for (const [ordinal, change] of changes.entries()) {
    const owner = first + ordinal
    db.insert('changes', {
      workspace_id: workspaceId,
      dream_id: dreamId,
      id: change.id,
      sequence: owner,
      kind: change.kind,
      change_set: change.changeSet,
      reason: change.reason,
      before_texts: JSON.stringify(change.before),
      after_texts: JSON.stringify(change.after),
      edits: JSON.stringify(change.edits),
      units: JSON.stringify(change.units),
      ledger: JSON.stringify(change.ledger),
      trust: change.trust,
      audience: change.audience,
      pattern: change.pattern,
      status: change.status,
      held_reason: change.heldReason,
      is_worded_by_model: change.isWordedByModel ? 1 : 0,
    })
    insertEvidence(db, 'change_evidence', { workspaceId, owner }, change.evidence)
  }
}

type NestedField = 'before' | 'after' | 'edits' | 'units' | 'ledger'

type ChangeRow = Omit<Change, NestedField | 'evidence' | 'isWordedByModel'> &
  Readonly<Record<NestedField, string>> & {
    readonly dreamId: DreamId
    readonly sequence: number
    readonly isWordedByModel: number
  }

interface ChangeOfDream {
  readonly dreamId: DreamId
  readonly change: Change
}

function changesWhere(
  db: Database,
  workspaceId: WorkspaceId,
  condition: string,
  ...values: readonly SqlValue[]
): readonly ChangeOfDream[] {
  const sql = `
    SELECT ${COLUMNS} FROM changes c
    JOIN dreams d ON d.workspace_id = c.workspace_id AND d.id = c.dream_id
    WHERE c.workspace_id = ? AND ${condition}`
  const rows = db.all<ChangeRow>(sql, workspaceId, ...values)
  return withEvidence(db, 'change_evidence', workspaceId, rows).map(({ row, evidence }) => {
    const { dreamId, sequence: _, ...flat } = row
    const isWordedByModel = row.isWordedByModel === 1
    return { dreamId, change: { ...flat, ...nestedFields(row), isWordedByModel, evidence } }
  })
}

function nestedFields(row: ChangeRow): Pick<Change, NestedField> {
  return {
    before: JSON.parse(row.before) as Change['before'],
    after: JSON.parse(row.after) as Change['after'],
    edits: JSON.parse(row.edits) as Change['edits'],
    units: JSON.parse(row.units) as Change['units'],
    ledger: JSON.parse(row.ledger) as Change['ledger'],
  }
}

function findChange(db: Database, workspaceId: WorkspaceId, id: ChangeId): ChangeOfDream | null {
  const newest = 'c.id = ? ORDER BY d.sequence DESC LIMIT 1'
  return changesWhere(db, workspaceId, newest, id)[0] ?? null
}

function requireChange(
  db: Database,
  workspaceId: WorkspaceId,
  dreamId: DreamId,
  id: ChangeId,
): Change {
  const found = changesWhere(db, workspaceId, 'c.dream_id = ? AND c.id = ?', dreamId, id)[0]
  if (found === undefined) throw notFound('change', id)
  return found.change
}

function decideChange(
  db: Database,
  workspaceId: WorkspaceId,
  of: { readonly dreamId: DreamId; readonly id: ChangeId; readonly decision: ChangeDecision },
): void {
  const { dreamId, id, decision } = of
  const { status, heldReason } = decided(requireChange(db, workspaceId, dreamId, id), decision)
  db.run(
    `UPDATE changes SET status = ?, held_reason = ?, decided_by = ?, decided_at = ?
      WHERE workspace_id = ? AND dream_id = ? AND id = ?`,
    status,
    heldReason,
    decision.decidedBy,
    decision.at,
    workspaceId,
    dreamId,
    id,
  )
}

function rewordChange(
  db: Database,
  workspaceId: WorkspaceId,
  dreamId: DreamId,
  words: Change,
): void {
  const change = reworded(requireChange(db, workspaceId, dreamId, words.id), words)
  db.run(
    `UPDATE changes SET before_texts = ?, after_texts = ?, edits = ?, ledger = ?,
        is_worded_by_model = ?
      WHERE workspace_id = ? AND dream_id = ? AND id = ?`,
    JSON.stringify(change.before),
    JSON.stringify(change.after),
    JSON.stringify(change.edits),
    JSON.stringify(change.ledger),
    change.isWordedByModel ? 1 : 0,
    workspaceId,
    dreamId,
    change.id,
  )
}
