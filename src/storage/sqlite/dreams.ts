import type { Dream, Plan, Snapshot } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { DreamId, WorkspaceId } from '../../core/ids.ts'
import {
  claimed,
  completed,
  failed,
  type LeasedDream,
  renewed,
  withPlanStatus,
} from '../dream-rules.ts'
import type { Dreams, Lease } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { Access } from '../transaction-queue.ts'
import { insertChanges, sqliteChanges } from './changes.ts'
import type { Database, SqlRow } from './database.ts'
import { storeById } from './memory-stores.ts'

const SELECT = `
  SELECT id, store_id AS storeId, status, plan_status AS planStatus, input_digest AS inputDigest,
    snapshot, created_at AS createdAt, ended_at AS endedAt, error_type AS errorType,
    error_message AS errorMessage, plan, lease_token AS token, lease_until AS leaseUntil
  FROM dreams WHERE workspace_id = ?`

/** Dreams, their leases and their changes, of one workspace. */
export function sqliteDreams(access: Access<Database>, workspaceId: WorkspaceId): Dreams {
  return {
    create: (dream) => access.write((db) => createDream(db, workspaceId, dream)),
    get: (id) => access.read((db) => dreamById(db, workspaceId, id)?.dream ?? null),
    list: (storeId) =>
      access.read((db) => {
        const sql = `${SELECT} AND store_id = coalesce(?, store_id) ORDER BY sequence DESC`
        const rows = db.all<DreamRow>(sql, workspaceId, storeId ?? null)
        return rows.map((row) => toLeasedDream(row).dream)
      }),
    claim: (id, now, leaseUntil) =>
      access.write((db): Lease | null => {
        const taken = claimed(requireDream(db, workspaceId, id), now, leaseUntil)
        if (taken === null) return null
        updateDream(db, workspaceId, taken)
        return { dreamId: id, token: taken.token }
      }),
    renew: (lease, leaseUntil) =>
      access.write((db) => {
        const dream = requireDream(db, workspaceId, lease.dreamId)
        updateDream(db, workspaceId, renewed(dream, lease, leaseUntil))
      }),
    complete: (lease, at, plan, changes) =>
      access.write((db) => {
        const dream = requireDream(db, workspaceId, lease.dreamId)
        updateDream(db, workspaceId, completed(dream, lease, at, plan, changes))
        insertChanges(db, workspaceId, lease.dreamId, changes)
      }),
    fail: (lease, at, error) =>
      access.write((db) => {
        const dream = requireDream(db, workspaceId, lease.dreamId)
        updateDream(db, workspaceId, failed(dream, lease, at, error))
      }),
    setPlanStatus: (id, status) =>
      access.write((db) => {
        updateDream(db, workspaceId, withPlanStatus(requireDream(db, workspaceId, id), status))
      }),
    changes: sqliteChanges(access, workspaceId),
  }
}

interface DreamRow extends Omit<Dream, 'snapshot' | 'error' | 'plan'> {
  readonly snapshot: string
  readonly plan: string | null
  readonly errorType: NonNullable<Dream['error']>['type'] | null
  readonly errorMessage: string | null
  readonly token: number
  readonly leaseUntil: string | null
}

function toLeasedDream(row: DreamRow): LeasedDream {
  const { token, leaseUntil, errorType, errorMessage, ...flat } = row
  const dream: Dream = {
    ...flat,
    snapshot: JSON.parse(row.snapshot) as Snapshot,
    plan: row.plan === null ? null : (JSON.parse(row.plan) as Plan),
    error: errorType === null ? null : { type: errorType, message: errorMessage ?? '' },
  }
  return { dream, token, leaseUntil }
}

function dreamById(db: Database, workspaceId: WorkspaceId, id: DreamId): LeasedDream | null {
  const row = db.get<DreamRow>(`${SELECT} AND id = ?`, workspaceId, id)
  return row === null ? null : toLeasedDream(row)
}

function requireDream(db: Database, workspaceId: WorkspaceId, id: DreamId): LeasedDream {
  const dream = dreamById(db, workspaceId, id)
  if (dream === null) throw notFound('dream', id)
  return dream
}

function createDream(db: Database, workspaceId: WorkspaceId, dream: Dream): void {
  if (storeById(db, workspaceId, dream.storeId) === null) {
    throw notFound('memory store', dream.storeId)
  }
  const isNew = db.insert('dreams', {
    workspace_id: workspaceId,
    id: dream.id,
    sequence: db.nextSequence('dreams', workspaceId),
    store_id: dream.storeId,
    input_digest: dream.inputDigest,
    snapshot: JSON.stringify(dream.snapshot),
    created_at: dream.createdAt,
    ...stateColumns({ dream, token: 0, leaseUntil: null }),
  })
  if (!isNew) throw alreadyExists('dream', dream.id)
}

/** What may change in the life of a dream. */
function stateColumns({ dream, token, leaseUntil }: LeasedDream): SqlRow {
  return {
    status: dream.status,
    plan_status: dream.planStatus,
    ended_at: dream.endedAt,
    error_type: dream.error?.type ?? null,
    error_message: dream.error?.message ?? null,
    plan: dream.plan === null ? null : JSON.stringify(dream.plan),
    lease_token: token,
    lease_until: leaseUntil,
  }
}

function updateDream(db: Database, workspaceId: WorkspaceId, dream: LeasedDream): void {
  const columns = stateColumns(dream)
  const updates = Object.keys(columns).map((column) => `${column} = ?`)
  const sql = `UPDATE dreams SET ${updates.join(', ')} WHERE workspace_id = ? AND id = ?`
  db.run(sql, ...Object.values(columns), workspaceId, dream.dream.id)
}
