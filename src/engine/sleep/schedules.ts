import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId, NewId, ScheduleId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Schedule, ScheduleDraft } from '../../core/schedule.ts'
import type { Storage } from '../../storage/storage.ts'
import { type AuditAct, audit } from '../workspace/audit.ts'
import { storeAt } from '../workspace/workspace-deps.ts'
import type { WorkspaceSchedules } from '../workspace-api.ts'
import {
  decisionIn,
  decisionStream,
  keep,
  keptIn,
  keptSchedule,
  NEW_SLEEP,
} from './kept-schedule.ts'
import { forgetRead } from './read-marks.ts'
import { assertDraft } from './schedule-draft.ts'

/** What schedules need; the storage is that of the workspace. */
export interface ScheduleDeps {
  readonly storage: Storage
  readonly now: () => Date
  readonly newId: NewId
  /** Throws `invalid_request_error` for a wire model that no setting knows; absent = not asked. */
  readonly assertModel?: (model: string) => void
  /** Tells the sleeper of this process that a schedule is new or another. */
  readonly wake?: () => void
}

/** Schedules of a workspace. */
export function schedulesOf(deps: ScheduleDeps): WorkspaceSchedules {
  const { storage, wake = () => undefined } = deps
  return {
    async create(draft, by) {
      const schedule = await storage.transaction((tx) => createIn(tx, draft, by, deps))
      wake()
      return schedule
    },

    get: async (id) => (await keptSchedule(storage, id)).schedule,

    async page(query) {
      const page = await storage.documents.page({ ...query, kind: 'schedule' })
      return { ...page, items: page.items.map((document) => keptIn(document).schedule) }
    },

    async update(id, change, by) {
      const schedule = await storage.transaction((tx) => updateIn(tx, id, change, by, deps))
      wake()
      return schedule
    },

    remove: (id, by) =>
      storage.transaction(async (tx) => {
        await keptSchedule(tx, id)
        await tx.documents.remove('schedule', id)
        await tx.logs.remove(decisionStream(id))
        await forgetRead(tx, id)
        await noted(tx, 'schedule.removed', id, by, deps)
      }),

    async decisions(id, query) {
      await keptSchedule(storage, id)
      const page = await storage.logs.page(decisionStream(id), { ...query, order: 'desc' })
      return { ...page, items: page.items.map(decisionIn) }
    },
  }
}

async function createIn(
  tx: Storage,
  draft: ScheduleDraft,
  by: Actor,
  deps: ScheduleDeps,
): Promise<Schedule> {
  assertDraft(draft)
  deps.assertModel?.(draft.model)
  await assertStore(tx, draft.storeId)
  await assertRoom(tx)
  const id = deps.newId('sched')
  const at = deps.now().toISOString()
  const schedule: Schedule = {
    ...draft,
    id,
    createdAt: at,
    updatedAt: at,
    adaptedCooldownMs: draft.cooldownMs,
    lastDreamId: null,
    lastDreamAt: null,
    lastCronAt: null,
    nextLookAt: at,
  }
  await keep(tx, { schedule, sleep: NEW_SLEEP, version: 0 })
  await noted(tx, 'schedule.created', id, by, deps)
  return schedule
}

async function updateIn(
  tx: Storage,
  id: ScheduleId,
  change: Partial<ScheduleDraft>,
  by: Actor,
  deps: ScheduleDeps,
): Promise<Schedule> {
  const kept = await keptSchedule(tx, id)
  const old = kept.schedule
  const at = deps.now().toISOString()
  const changed: Schedule = { ...old, ...change, updatedAt: at, nextLookAt: at }
  assertDraft(changed)
  if (changed.model !== old.model) deps.assertModel?.(changed.model)
  if (changed.storeId !== old.storeId) {
    throw new ReverieError('invalid_request_error', `The store of "${id}" cannot be changed.`, {
      next: 'Make a schedule for the other store.',
    })
  }
  const isOtherTime = changed.cron !== old.cron || changed.timeZone !== old.timeZone
  const isSwitchedOn = changed.isEnabled && !old.isEnabled
  const schedule: Schedule = {
    ...changed,
    // A new cron text, or one that was switched off, catches up with nothing of before.
    lastCronAt: isOtherTime || isSwitchedOn ? at : old.lastCronAt,
    adaptedCooldownMs:
      changed.cooldownMs === old.cooldownMs ? old.adaptedCooldownMs : changed.cooldownMs,
  }
  await keep(tx, { ...kept, schedule })
  await noted(tx, 'schedule.updated', id, by, deps)
  return schedule
}

async function assertStore(tx: Storage, id: MemoryStoreId): Promise<void> {
  const store = await storeAt(tx, id)
  if (store.archivedAt === null) return
  throw new ReverieError('invalid_request_error', `The memory store "${id}" is archived.`, {
    next: 'An archived store never dreams: name another one.',
  })
}

async function assertRoom(tx: Storage): Promise<void> {
  const query = { kind: 'schedule', limit: LIMITS.schedulesMax } as const
  const { items } = await tx.documents.page(query)
  if (items.length < LIMITS.schedulesMax) return
  throw new ReverieError(
    'invalid_request_error',
    `A workspace has at most ${LIMITS.schedulesMax} schedules.`,
    { next: 'Remove one that is not needed.' },
  )
}

async function noted(
  tx: Storage,
  act: AuditAct,
  subject: ScheduleId,
  by: Actor,
  { now, newId }: ScheduleDeps,
): Promise<void> {
  await audit(tx, { act, subject, by, at: now().toISOString() }, newId)
}
