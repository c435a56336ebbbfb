import type { Dream } from '../../../core/dream.ts'
import { notFound } from '../../../core/errors.ts'
import type { WorkspaceId } from '../../../core/ids.ts'
import { archived, updatedAlready, withPlanStatus } from '../../dream-rules.ts'
import { pageOf, sequenceAt } from '../../page-rules.ts'
import type { DreamQuery, Dreams, Page } from '../../storage.ts'
import { alreadyExists } from '../../storage-errors.ts'
import type { Access } from '../../transaction-queue.ts'
import { allOf, given, within } from '../conditions.ts'
import { type Database, sqlList } from '../database.ts'
import { storeById } from '../memory-stores.ts'
import { sqliteChanges } from './changes.ts'
import { dreamsWhere, requireDream, stateColumns, updateDream } from './dream-rows.ts'
import { sqliteDreamRuns } from './dream-runs.ts'

const IS_UPDATING = `
  store_id = ? AND output_behavior = 'update_existing' AND status IN ('pending', 'running')`

/** Dreams, their runs and their changes, of one workspace. */
export function sqliteDreams(access: Access<Database>, workspaceId: WorkspaceId): Dreams {
  return {
    create: (dream) => access.write((db) => createDream(db, workspaceId, dream)),
    get: (id) => access.read((db) => dreamsWhere(db, workspaceId, 'id = ?', id)[0]?.dream ?? null),
    list: (storeId) =>
      access.read((db) => {
        const condition = 'store_id = coalesce(?, store_id) ORDER BY sequence DESC'
        return dreamsWhere(db, workspaceId, condition, storeId ?? null).map(({ dream }) => dream)
      }),
    page: (query) => access.read((db) => pageOfDreams(db, workspaceId, query)),
    setPlanStatus: (id, status) =>
      access.write((db) => {
        const moved = withPlanStatus(requireDream(db, workspaceId, id), status)
        updateDream(db, workspaceId, id, { plan_status: moved.dream.planStatus })
      }),
    archive: (id, at) =>
      access.write((db) => {
        const moved = archived(requireDream(db, workspaceId, id), at)
        updateDream(db, workspaceId, id, stateColumns(moved))
        return moved.dream
      }),
    runs: sqliteDreamRuns(access, workspaceId),
    changes: sqliteChanges(access, workspaceId),
  }
}

function pageOfDreams(db: Database, workspaceId: WorkspaceId, query: DreamQuery): Page<Dream> {
  const { statuses, withArchived = false, trigger, after } = query
  const { sql, values } = allOf([
    given('workspace_id = ?', workspaceId),
    given('output_behavior IS NOT NULL'),
    given('sequence < ?', after === undefined ? undefined : sequenceAt(after)),
    given(
      'status IN (SELECT value FROM json_each(?))',
      statuses === undefined ? undefined : sqlList(statuses),
    ),
    withArchived ? null : given('archived_at IS NULL'),
    given('asked_by = ?', trigger),
    ...within('created_at', query.created),
  ])
  // Left alone, SQLite looks for the page in rows that are long with snapshots.
  const shown = `
    SELECT sequence FROM dreams INDEXED BY hosted_dreams WHERE ${sql}
    ORDER BY sequence DESC LIMIT ?`
  const condition = `sequence IN (${shown}) ORDER BY sequence DESC`
  const rows = dreamsWhere(db, workspaceId, condition, ...values, query.limit + 1)
  return pageOf(rows, query.limit, {
    item: ({ dream }) => dream,
    position: ({ sequence }) => `${sequence}`,
  })
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
    output_behavior: dream.hosted?.outputBehavior ?? null,
    asked_by: dream.hosted?.trigger ?? null,
    ...stateColumns({ dream, token: 0, leaseUntil: null }),
  })
  if (!isNew) throw refusal(db, workspaceId, dream)
}

/** Why the row was not taken: its id is there, or another dream updates the store. */
function refusal(db: Database, workspaceId: WorkspaceId, dream: Dream): Error {
  const isSameId = dreamsWhere(db, workspaceId, 'id = ?', dream.id).length > 0
  const holder = isSameId ? null : dreamsWhere(db, workspaceId, IS_UPDATING, dream.storeId)[0]
  return holder == null ? alreadyExists('dream', dream.id) : updatedAlready(holder.dream)
}
