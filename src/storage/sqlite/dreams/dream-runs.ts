import type { DreamId, WorkspaceId } from '../../../core/ids.ts'
import {
  begun,
  canceled,
  claimed,
  completed,
  failed,
  type LeasedDream,
  renewed,
} from '../../dream-rules.ts'
import type { DreamRuns, Lease } from '../../storage.ts'
import type { Access } from '../../transaction-queue.ts'
import type { Database } from '../database.ts'
import { insertChanges } from './changes.ts'
import { leaseColumns, requireDream, stateColumns, updateDream } from './dream-rows.ts'

const WAITING = `
  SELECT id FROM dreams INDEXED BY open_hosted_dreams
  WHERE workspace_id = ? AND output_behavior IS NOT NULL AND status IN ('pending', 'running')
    AND (status = 'pending' OR lease_until IS NULL OR lease_until <= ?)
  ORDER BY sequence LIMIT ?`

/** The life of the dreams of one workspace. */
export function sqliteDreamRuns(access: Access<Database>, workspaceId: WorkspaceId): DreamRuns {
  const move = (id: DreamId, step: (dream: LeasedDream) => LeasedDream): Promise<LeasedDream> =>
    access.write((db) => {
      const moved = step(requireDream(db, workspaceId, id))
      updateDream(db, workspaceId, id, stateColumns(moved))
      return moved
    })
  return {
    waiting: (now, limit) =>
      access.read((db) =>
        db.all<{ id: DreamId }>(WAITING, workspaceId, now, limit).map(({ id }) => id),
      ),
    claim: (id, now, leaseUntil) =>
      access.write((db): Lease | null => {
        const taken = claimed(requireDream(db, workspaceId, id), now, leaseUntil)
        if (taken === null) return null
        updateDream(db, workspaceId, id, leaseColumns(taken))
        return { dreamId: id, token: taken.token }
      }),
    renew: (lease, leaseUntil, usage) =>
      access.write((db) => {
        const { dreamId } = lease
        const held = renewed(requireDream(db, workspaceId, dreamId), lease, leaseUntil, usage)
        const columns = usage === undefined ? leaseColumns(held) : stateColumns(held)
        updateDream(db, workspaceId, dreamId, columns)
      }),
    begin: async (lease, place) => {
      await move(lease.dreamId, (dream) => begun(dream, lease, place))
    },
    complete: (lease, at, plan, changes) =>
      access.write((db) => {
        const { dreamId } = lease
        const ended = completed(requireDream(db, workspaceId, dreamId), lease, at, plan, changes)
        updateDream(db, workspaceId, dreamId, stateColumns(ended))
        insertChanges(db, workspaceId, dreamId, changes)
      }),
    fail: async (lease, at, error, usage) => {
      await move(lease.dreamId, (dream) => failed(dream, lease, at, error, usage))
    },
    cancel: async (id, at) => (await move(id, (dream) => canceled(dream, at))).dream,
  }
}
