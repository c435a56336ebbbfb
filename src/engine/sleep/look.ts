import { LIMITS } from '../../config.ts'
import { isReverieError, type ReverieError } from '../../core/errors.ts'
import type { DreamId, SessionId } from '../../core/ids.ts'
import type { Schedule, ScheduleDecision } from '../../core/schedule.ts'
import type { Storage } from '../../storage/storage.ts'
import type { DreamOrder } from '../workspace-api.ts'
import { dreamUnderWay, gatherFacts, type LookMemory } from './gather-facts.ts'
import { type KeptSchedule, keep, note } from './kept-schedule.ts'
import { type Decision, decide } from './rules/decide.ts'
import { scheduleActor } from './schedule-actor.ts'
import { settleDream } from './settle-dream.ts'
import type { SleeperDeps } from './sleeper-deps.ts'

/** How far the time of the next look may lie in the past before it is written anew, in ms. */
const STALE_LOOK_MS = 900_000

/** What a look came to: the document's version that it left, and when to look again. */
export interface Looked {
  readonly version: number
  readonly nextLookAt: Date
}

/**
 * Looks at one schedule: takes note of its last dream, decides, and starts a dream or says why not.
 * The storage is that of its workspace. Whoever writes the schedule first wins; the other does nothing.
 */
export async function lookAt(
  storage: Storage,
  read: KeptSchedule,
  deps: SleeperDeps,
  memory: LookMemory,
): Promise<Looked> {
  const now = deps.now()
  const kept = await settleDream(storage, read, deps)
  if (kept === null) return again(now)
  const { facts, sessionIds } = await gatherFacts(storage, kept, now, memory)
  const decision = decide(kept.schedule, facts, now)
  const done =
    decision.outcome === 'run'
      ? await run(storage, kept, decision, sessionIds, deps)
      : await waitOn(storage, kept, decision, now, deps)
  return done === null ? again(now) : { version: done.version, nextLookAt: decision.nextLookAt }
}

/** Somebody else wrote the schedule: what they made of it is read at the next look. */
function again(now: Date): Looked {
  return { version: 0, nextLookAt: now }
}

/** Makes the dream and claims the schedule in one transaction: both or none. */
async function run(
  storage: Storage,
  kept: KeptSchedule,
  decision: Decision,
  sessionIds: readonly SessionId[],
  deps: SleeperDeps,
): Promise<KeptSchedule | null> {
  const { schedule } = kept
  try {
    const done = await storage.transaction(async (tx) => {
      if (!(await isStill(tx, kept))) return null
      if ((await dreamUnderWay(tx, schedule.storeId)) !== null) return null
      const order = orderOf(schedule, sessionIds)
      const dream = await deps.dreamsOf(tx).create(order, scheduleActor(schedule.id))
      return await put(tx, kept, decision, { dreamId: dream.id, at: deps.now() }, deps)
    })
    if (done !== null) deps.runDreams()
    return done
  } catch (error) {
    if (!isReverieError(error) || error.details.dream_id !== undefined) throw error
    if (!(await isStill(storage, kept))) return null
    return await refused(storage, kept, decision, error, deps)
  }
}

async function isStill(storage: Storage, { schedule, version }: KeptSchedule): Promise<boolean> {
  return (await storage.documents.get('schedule', schedule.id))?.version === version
}

function orderOf(schedule: Schedule, sessionIds: readonly SessionId[]): DreamOrder {
  const { id, storeId, model, instructions, outputBehavior, autoApply } = schedule
  return { storeId, sessionIds, model, instructions, outputBehavior, autoApply, trigger: id }
}

/** The order was not taken: it is tried again after the cooldown. */
async function refused(
  storage: Storage,
  kept: KeptSchedule,
  decision: Decision,
  error: ReverieError,
  deps: SleeperDeps,
): Promise<KeptSchedule | null> {
  const at = deps.now().toISOString()
  const reason = `${decision.reason} The dream was refused (${error.type}): ${error.message}`
  const said: ScheduleDecision = { at, outcome: 'failed', rule: 'refused', reason, dreamId: null }
  return storage.transaction(async (tx) => {
    if (!(await isStill(tx, kept))) return null
    await note(tx, kept.schedule.id, deps.newId('log'), said)
    const { lastTriedAt: _now, ...keeps } = decision.keeps
    const schedule = { ...kept.schedule, ...keeps }
    const sleep = { ...kept.sleep, lastTriedAt: at, hasFailed: true, lastSaid: saidOf(said) }
    return await keep(tx, { ...kept, schedule, sleep })
  })
}

/** Writes only what is new: a change of mind, a cron time that is over, a clock set back. */
async function waitOn(
  storage: Storage,
  kept: KeptSchedule,
  decision: Decision,
  now: Date,
  deps: SleeperDeps,
): Promise<KeptSchedule | null> {
  const isSaid = kept.sleep.lastSaid === `waited:${decision.rule}`
  const isStale = Date.parse(kept.schedule.nextLookAt) < now.getTime() - STALE_LOOK_MS
  if (isSaid && !isStale && Object.keys(decision.keeps).length === 0) return kept
  return storage.transaction(async (tx) => {
    if (!(await isStill(tx, kept))) return null
    return await put(tx, kept, decision, { dreamId: null, at: now }, deps)
  })
}

async function put(
  tx: Storage,
  kept: KeptSchedule,
  { outcome, rule, reason, keeps, nextLookAt }: Decision,
  done: { readonly dreamId: DreamId | null; readonly at: Date },
  { newId }: SleeperDeps,
): Promise<KeptSchedule> {
  const { lastTriedAt = kept.sleep.lastTriedAt, ...ofSchedule } = keeps
  const { dreamId } = done
  const at = done.at.toISOString()
  const word = outcome === 'run' ? 'ran' : 'waited'
  const said: ScheduleDecision = { at, outcome: word, rule, reason, dreamId }
  const lastSaid = saidOf(said)
  if (dreamId !== null || lastSaid !== kept.sleep.lastSaid) {
    await note(tx, kept.schedule.id, newId('log'), said)
  }
  const schedule: Schedule = {
    ...kept.schedule,
    ...ofSchedule,
    ...(dreamId === null ? {} : { lastDreamId: dreamId, lastDreamAt: at }),
    nextLookAt: nextLookAt.toISOString(),
  }
  return await keep(tx, { ...kept, schedule, sleep: { ...kept.sleep, lastTriedAt, lastSaid } })
}

function saidOf({ outcome, rule }: ScheduleDecision): string {
  return `${outcome}:${rule}`
}

/** How long to wait until the first of these looks, in ms; a look may be asked for from elsewhere. */
export function untilNext(looks: Iterable<Looked>, now: Date): number {
  const times = [...looks].map(({ nextLookAt }) => nextLookAt.getTime() - now.getTime())
  return Math.max(0, Math.min(LIMITS.sleepLookMs, ...times))
}
