import type { Schedule } from '../../../core/schedule.ts'
import { adaptedCooldown } from './cooldown.ts'
import type { SleepFacts } from './sleep-facts.ts'
import { type CronTimes, cronTimes } from './zone-time.ts'

/** How a schedule stands to the time, in ms since 1970 and ms. */
export interface Moment {
  readonly now: number
  /** The last cron time that no decision stood for yet; null = none. */
  readonly cronDue: number | null
  readonly cronNext: number | null
  /** When the last dream was asked for; null = never. A time that is yet to come counts as now. */
  readonly lastTry: number | null
  /** The last try is noted for a time that is yet to come: a clock was set back. */
  readonly isClockBack: boolean
  readonly cooldownMs: number
  readonly cooldownEnd: number
  /** Null = it names no latest time. */
  readonly latestBy: number | null
  readonly idleAt: number
}

/** Works out how a schedule stands to the time. */
export function momentOf(schedule: Schedule, facts: SleepFacts, at: Date): Moment {
  const now = at.getTime()
  const noted = timeOf(facts.lastTriedAt)
  const lastTry = noted === null ? null : Math.min(noted, now)
  const cooldownMs = adaptedCooldown(schedule.adaptedCooldownMs, facts.acceptedShare)
  const since = lastTry ?? Date.parse(schedule.createdAt)
  const { cronDue, cronNext } = cronOf(schedule, at)
  return {
    now,
    cronDue,
    cronNext,
    lastTry,
    isClockBack: noted !== null && noted > now,
    cooldownMs,
    cooldownEnd: lastTry === null ? now : lastTry + cooldownMs,
    latestBy: schedule.latestByMs === null ? null : since + schedule.latestByMs,
    idleAt: idleAt(schedule, facts, now),
  }
}

function cronOf(schedule: Schedule, at: Date): Pick<Moment, 'cronDue' | 'cronNext'> {
  if (schedule.cron === null) return { cronDue: null, cronNext: null }
  const times: CronTimes = cronTimes(schedule.cron, schedule.timeZone)
  const done = timeOf(schedule.lastCronAt) ?? Date.parse(schedule.createdAt)
  const last = times.lastBy(at)?.getTime() ?? null
  const next = times.nextAfter(new Date(Math.max(done, at.getTime())))
  return {
    cronDue: last !== null && last > done ? last : null,
    cronNext: next?.getTime() ?? null,
  }
}

/** From when on the agents are at rest. A time too far ahead is a clock's mistake, not activity. */
function idleAt({ idleMs }: Schedule, { lastActivityAt }: SleepFacts, now: number): number {
  const last = timeOf(lastActivityAt)
  return last === null || last > now + idleMs ? now : last + idleMs
}

function timeOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso)
}
