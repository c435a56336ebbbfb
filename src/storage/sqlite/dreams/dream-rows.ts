import type { Dream, HostedDream, Plan, Snapshot } from '../../../core/dream.ts'
import { notFound } from '../../../core/errors.ts'
import type { DreamId, WorkspaceId } from '../../../core/ids.ts'
import type { LeasedDream } from '../../dream-rules.ts'
import type { Database, SqlRow, SqlValue } from '../database.ts'

const SELECT = `
  SELECT id, sequence, store_id AS storeId, status, plan_status AS planStatus,
    input_digest AS inputDigest, snapshot, created_at AS createdAt, ended_at AS endedAt,
    error_type AS errorType, error_message AS errorMessage, plan, lease_token AS token,
    lease_until AS leaseUntil, hosted
  FROM dreams WHERE workspace_id = ?`

/** A dream with its number in the order of writing. */
export interface DreamInOrder extends LeasedDream {
  readonly sequence: number
}

/** The dreams that a condition and an order leave; SQL over the columns of `dreams`. */
export function dreamsWhere(
  db: Database,
  workspaceId: WorkspaceId,
  condition: string,
  ...values: readonly SqlValue[]
): readonly DreamInOrder[] {
  const rows = db.all<DreamRow>(`${SELECT} AND ${condition}`, workspaceId, ...values)
  return rows.map(toDream)
}

/** The dream with this id; throws `not_found_error`. */
export function requireDream(db: Database, workspaceId: WorkspaceId, id: DreamId): LeasedDream {
  const dream = dreamsWhere(db, workspaceId, 'id = ?', id)[0]
  if (dream === undefined) throw notFound('dream', id)
  return dream
}

/** What may change in the life of a dream. */
export function stateColumns(of: LeasedDream): SqlRow {
  const { dream } = of
  return {
    status: dream.status,
    plan_status: dream.planStatus,
    ended_at: dream.endedAt,
    error_type: dream.error?.type ?? null,
    error_message: dream.error?.message ?? null,
    plan: dream.plan === null ? null : JSON.stringify(dream.plan),
    hosted: dream.hosted === null ? null : JSON.stringify(dream.hosted),
    archived_at: dream.hosted?.archivedAt ?? null,
    ...leaseColumns(of),
  }
}

/** What a claim and its renewal change: a plan or an output may be long. */
export function leaseColumns({ dream, token, leaseUntil }: LeasedDream): SqlRow {
  return { status: dream.status, lease_token: token, lease_until: leaseUntil }
}

/** Writes these columns of a dream. */
export function updateDream(
  db: Database,
  workspaceId: WorkspaceId,
  id: DreamId,
  columns: SqlRow,
): void {
  const updates = Object.keys(columns).map((column) => `${column} = ?`)
  const sql = `UPDATE dreams SET ${updates.join(', ')} WHERE workspace_id = ? AND id = ?`
  db.run(sql, ...Object.values(columns), workspaceId, id)
}

interface DreamRow extends Omit<Dream, 'snapshot' | 'error' | 'plan' | 'hosted'> {
  readonly sequence: number
  readonly snapshot: string
  readonly plan: string | null
  readonly hosted: string | null
  readonly errorType: NonNullable<Dream['error']>['type'] | null
  readonly errorMessage: string | null
  readonly token: number
  readonly leaseUntil: string | null
}

function toDream(row: DreamRow): DreamInOrder {
  const { token, leaseUntil, errorType, errorMessage, sequence, ...flat } = row
  const dream: Dream = {
    ...flat,
    snapshot: JSON.parse(row.snapshot) as Snapshot,
    plan: row.plan === null ? null : (JSON.parse(row.plan) as Plan),
    hosted: row.hosted === null ? null : (JSON.parse(row.hosted) as HostedDream),
    error: errorType === null ? null : { type: errorType, message: errorMessage ?? '' },
  }
  return { dream, token, leaseUntil, sequence }
}
