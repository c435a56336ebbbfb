import { notFound } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
import {
  begun,
  canceled,
  claimed,
  completed,
  failed,
  isWaiting,
  type LeasedDream,
  renewed,
} from '../dream-rules.ts'
import type { DreamRuns, Lease } from '../storage.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** The life of the dreams of one workspace. */
export function ephemeralDreamRuns(access: WorkspaceAccess): DreamRuns {
  const move = (id: DreamId, step: (dream: LeasedDream) => LeasedDream): Promise<void> =>
    access.write((data) => data.dreams.set([id], step(requireDream(data, id))))
  return {
    waiting: (now, limit) =>
      access.read((data) => {
        const waiting = data.dreams.rows().filter((dream) => isWaiting(dream, now))
        return waiting.slice(0, limit).map(({ dream }) => dream.id)
      }),
    claim: (id, now, leaseUntil) =>
      access.write((data): Lease | null => {
        const taken = claimed(requireDream(data, id), now, leaseUntil)
        if (taken === null) return null
        data.dreams.set([id], taken)
        return { dreamId: id, token: taken.token }
      }),
    renew: (lease, leaseUntil, usage) =>
      move(lease.dreamId, (dream) => renewed(dream, lease, leaseUntil, usage)),
    begin: (lease, place) => move(lease.dreamId, (dream) => begun(dream, lease, place)),
    complete: (lease, at, plan, changes) =>
      access.write((data) => {
        const { dreamId } = lease
        const ended = completed(requireDream(data, dreamId), lease, at, plan, changes)
        data.dreams.set([dreamId], ended)
        for (const change of changes) {
          data.changes.set([dreamId, change.id], { dreamId, change, decision: null })
        }
      }),
    fail: (lease, at, error, usage) =>
      move(lease.dreamId, (dream) => failed(dream, lease, at, error, usage)),
    cancel: (id, at) =>
      access.write((data) => {
        const ended = canceled(requireDream(data, id), at)
        data.dreams.set([id], ended)
        return ended.dream
      }),
  }
}

/** The dream with this id; throws `not_found_error`. */
export function requireDream(data: WorkspaceData, id: DreamId): LeasedDream {
  const dream = data.dreams.get(id)
  if (dream === null) throw notFound('dream', id)
  return dream
}
