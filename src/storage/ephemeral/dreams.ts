import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import { archived, isUpdating, updatedAlready, withPlanStatus } from '../dream-rules.ts'
import { isWithin, pageOf, sequenceAt } from '../page-rules.ts'
import type { DreamQuery, Dreams, Page } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import { ephemeralChanges } from './changes.ts'
import { ephemeralDreamRuns, requireDream } from './dream-runs.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Dreams, their runs and their changes, of one workspace. */
export function ephemeralDreams(access: WorkspaceAccess): Dreams {
  return {
    create: (dream) => access.write((data) => createDream(data, dream)),
    get: (id) => access.read((data) => data.dreams.get(id)?.dream ?? null),
    list: (storeId) =>
      access.read((data) => {
        const dreams = data.dreams.rows().map(({ dream }) => dream)
        return dreams.filter((dream) => (storeId ?? dream.storeId) === dream.storeId).reverse()
      }),
    page: (query) => access.read((data) => pageOfDreams(data, query)),
    setPlanStatus: (id, status) =>
      access.write((data) => {
        data.dreams.set([id], withPlanStatus(requireDream(data, id), status))
      }),
    archive: (id, at) =>
      access.write((data) => {
        const moved = archived(requireDream(data, id), at)
        data.dreams.set([id], moved)
        return moved.dream
      }),
    runs: ephemeralDreamRuns(access),
    changes: ephemeralChanges(access),
  }
}

function pageOfDreams(data: WorkspaceData, query: DreamQuery): Page<Dream> {
  const end = query.after === undefined ? Number.POSITIVE_INFINITY : sequenceAt(query.after)
  const rows = data.dreams
    .numbered()
    .filter(({ row, sequence }) => sequence < end && isFor(query, row.dream))
  return pageOf(rows.reverse(), query.limit, {
    item: ({ row }) => row.dream,
    position: ({ sequence }) => `${sequence}`,
  })
}

function isFor(query: DreamQuery, { hosted, status, createdAt }: Dream): boolean {
  const { statuses, withArchived = false, trigger, created = {} } = query
  return (
    hosted !== null &&
    (withArchived || hosted.archivedAt === null) &&
    (statuses === undefined || statuses.includes(status)) &&
    (trigger === undefined || trigger === hosted.trigger) &&
    isWithin(createdAt, created)
  )
}

function createDream(data: WorkspaceData, dream: Dream): void {
  if (!data.stores.has(dream.storeId)) throw notFound('memory store', dream.storeId)
  if (data.dreams.has(dream.id)) throw alreadyExists('dream', dream.id)
  const holder = isUpdating(dream) ? updaterOf(data, dream) : null
  if (holder !== null) throw updatedAlready(holder)
  data.dreams.set([dream.id], { dream, token: 0, leaseUntil: null })
}

function updaterOf(data: WorkspaceData, { storeId }: Dream): Dream | null {
  const dreams = data.dreams.rows().map(({ dream }) => dream)
  return dreams.find((dream) => dream.storeId === storeId && isUpdating(dream)) ?? null
}
