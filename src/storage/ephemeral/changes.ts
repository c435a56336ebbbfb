import type { ChangeStatus } from '../../core/change.ts'
import { notFound } from '../../core/errors.ts'
import type { ChangeId, DreamId, MemoryStoreId } from '../../core/ids.ts'
import { compareBinary } from '../binary-order.ts'
import { decided, reworded } from '../dream-rules.ts'
import type { Changes } from '../storage.ts'
import type { ChangeRow, WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Changes of the dreams of one workspace. */
export function ephemeralChanges(access: WorkspaceAccess): Changes {
  return {
    list: (dreamId) =>
      access.read((data) => {
        const rows = data.changes.rows().filter((row) => row.dreamId === dreamId)
        return rows.map(({ change }) => change)
      }),
    find: (id) => access.read((data) => findChange(data, id)),
    decide: (dreamId, id, decision) =>
      access.write((data) => {
        const change = decided(requireRow(data, dreamId, id).change, decision)
        data.changes.set([dreamId, id], { dreamId, change, decision })
      }),
    reword: (dreamId, words) =>
      access.write((data) => {
        const row = requireRow(data, dreamId, words.id)
        data.changes.set([dreamId, words.id], { ...row, change: reworded(row.change, words) })
      }),
    idsWith: (storeId, statuses) => access.read((data) => idsWith(data, storeId, statuses)),
  }
}

function requireRow(data: WorkspaceData, dreamId: DreamId, id: ChangeId): ChangeRow {
  const row = data.changes.get(dreamId, id)
  if (row === null) throw notFound('change', id)
  return row
}

function findChange(
  data: WorkspaceData,
  id: ChangeId,
): Pick<ChangeRow, 'dreamId' | 'change'> | null {
  const dreams = data.dreams.rows().map(({ dream }) => dream.id)
  const newest = dreams.findLast((dreamId) => data.changes.has(dreamId, id))
  const row = newest === undefined ? null : data.changes.get(newest, id)
  return row === null ? null : { dreamId: row.dreamId, change: row.change }
}

function idsWith(
  data: WorkspaceData,
  storeId: MemoryStoreId,
  statuses: readonly ChangeStatus[],
): readonly ChangeId[] {
  const fitting = data.changes.rows().filter(({ dreamId, change }) => {
    const dream = data.dreams.get(dreamId)?.dream
    const isMeant = dream?.storeId === storeId && dream.planStatus !== 'discarded'
    return isMeant && statuses.includes(change.status)
  })
  return [...new Set(fitting.map(({ change }) => change.id))].sort(compareBinary)
}
