import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
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
import { ephemeralChanges } from './changes.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Dreams, their leases and their changes, of one workspace. */
export function ephemeralDreams(access: WorkspaceAccess): Dreams {
  const update = (id: DreamId, move: (dream: LeasedDream) => LeasedDream): Promise<void> =>
    access.write((data) => data.dreams.set([id], move(requireDream(data, id))))
  return {
    create: (dream) => access.write((data) => createDream(data, dream)),
    get: (id) => access.read((data) => data.dreams.get(id)?.dream ?? null),
    list: (storeId) =>
      access.read((data) => {
        const dreams = data.dreams.rows().map(({ dream }) => dream)
        return dreams.filter((dream) => (storeId ?? dream.storeId) === dream.storeId).reverse()
      }),
    claim: (id, now, leaseUntil) =>
      access.write((data): Lease | null => {
        const taken = claimed(requireDream(data, id), now, leaseUntil)
        if (taken === null) return null
        data.dreams.set([id], taken)
        return { dreamId: id, token: taken.token }
      }),
    renew: (lease, leaseUntil) =>
      update(lease.dreamId, (dream) => renewed(dream, lease, leaseUntil)),
    complete: (lease, at, plan, changes) =>
      access.write((data) => {
        const { dreamId } = lease
        const ended = completed(requireDream(data, dreamId), lease, at, plan, changes)
        data.dreams.set([dreamId], ended)
        for (const change of changes) {
          data.changes.set([dreamId, change.id], { dreamId, change, decision: null })
        }
      }),
    fail: (lease, at, error) => update(lease.dreamId, (dream) => failed(dream, lease, at, error)),
    setPlanStatus: (id, status) => update(id, (dream) => withPlanStatus(dream, status)),
    changes: ephemeralChanges(access),
  }
}

function createDream(data: WorkspaceData, dream: Dream): void {
  if (!data.stores.has(dream.storeId)) throw notFound('memory store', dream.storeId)
  const isNew = data.dreams.insert([dream.id], { dream, token: 0, leaseUntil: null })
  if (!isNew) throw alreadyExists('dream', dream.id)
}

function requireDream(data: WorkspaceData, id: DreamId): LeasedDream {
  const dream = data.dreams.get(id)
  if (dream === null) throw notFound('dream', id)
  return dream
}
