import type { Dream } from '../../core/dream.ts'
import { isTerminal } from '../../core/dream.ts'
import type { ScheduleDecision } from '../../core/schedule.ts'
import type { Storage } from '../../storage/storage.ts'
import { type KeptSchedule, keep, note, type SleepState } from './kept-schedule.ts'
import { markRead } from './read-marks.ts'
import { scheduleActor } from './schedule-actor.ts'
import type { SleeperDeps } from './sleeper-deps.ts'
import { giveWay } from './unreviewed.ts'

/**
 * Takes note of the end of a schedule's last dream. Only one that completed has read anything and
 * replaces the result before it. Null = somebody else has written the schedule meanwhile.
 */
export async function settleDream(
  storage: Storage,
  kept: KeptSchedule,
  deps: SleeperDeps,
): Promise<KeptSchedule | null> {
  const { schedule, sleep } = kept
  const id = schedule.lastDreamId
  if (id === null || id === sleep.settledDreamId) return kept
  const dream = await storage.dreams.get(id)
  if (dream !== null && !isTerminal(dream.status)) return kept
  return storage.transaction(async (tx) => {
    if ((await tx.documents.get('schedule', schedule.id))?.version !== kept.version) return null
    return await settleIn(tx, kept, dream, deps)
  })
}

async function settleIn(
  tx: Storage,
  kept: KeptSchedule,
  dream: Dream | null,
  { now, newId }: SleeperDeps,
): Promise<KeptSchedule> {
  const { schedule } = kept
  const at = now().toISOString()
  const settled: SleepState = { ...kept.sleep, settledDreamId: schedule.lastDreamId }
  if (dream?.status === 'completed') {
    const act = { by: scheduleActor(schedule.id), at, newId }
    await giveWay(tx, kept.sleep.completedDreamId, dream, act)
    const { sessions, contributions } = dream.snapshot
    const read = [...sessions, ...contributions].flatMap(({ eventIds }) => eventIds)
    await markRead(tx, schedule.id, read)
    const sleep = { ...settled, hasFailed: false, completedDreamId: dream.id }
    return await keep(tx, { ...kept, sleep })
  }
  const decision = failureOf(dream, at)
  await note(tx, schedule.id, newId('log'), decision)
  const lastSaid = `${decision.outcome}:${decision.rule}`
  return await keep(tx, {
    ...kept,
    sleep: { ...settled, hasFailed: dream?.status === 'failed', lastSaid },
  })
}

function failureOf(dream: Dream | null, at: string): ScheduleDecision {
  const told = { at, outcome: 'failed', dreamId: dream?.id ?? null } as const
  if (dream === null) {
    return { ...told, rule: 'dream_gone', reason: 'The dream is gone; nothing counts as read.' }
  }
  if (dream.status === 'canceled') {
    const reason = `${dream.id} was canceled; nothing counts as read.`
    return { ...told, rule: 'dream_canceled', reason }
  }
  const why = dream.error === null ? '' : ` (${dream.error.type}): ${dream.error.message}`
  const reason = `${dream.id} failed${why} Nothing counts as read; it is tried again after the cooldown.`
  return { ...told, rule: 'dream_failed', reason }
}
