import { LIMITS } from '../../../config.ts'
import type { Schedule } from '../../../core/schedule.ts'
import { type Moment, momentOf } from './moment.ts'
import { pressureOf } from './pressure.ts'
import type { SleepFacts } from './sleep-facts.ts'
import { spelledTime } from './spelled-time.ts'
import { hasMinimum, measures, type RunRule, type Trigger, triggerOf } from './triggers.ts'
import { isWithin, minutesOf, nextWallTime, wallMinutes } from './zone-time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export type WaitRule =
  | 'disabled'
  | 'store_unavailable'
  | 'dream_under_way'
  | 'nothing_new'
  | 'no_sessions'
  | 'awaits_review'
  | 'before_cron'
  | 'below_minimum'
  | 'low_pressure'
  | 'cooldown'
  | 'not_idle'
  | 'quiet_hours'
  | 'budget'

/** Whether a schedule dreams now, by which rule, and when looking again may say something else. */
export interface Decision {
  readonly outcome: 'run' | 'wait'
  readonly rule: RunRule | WaitRule
  /** One sentence or two for people, with the figures. */
  readonly reason: string
  readonly nextLookAt: Date
  /** What the schedule keeps of it; absent = as it was. ISO 8601. */
  readonly keeps: {
    readonly adaptedCooldownMs?: number
    readonly lastCronAt?: string
    readonly lastTriedAt?: string
  }
}

/**
 * The whole of sleep as a function: the rules in the order in which they are asked. It has no memory
 * of its own, and nothing new means no dream, whatever the clock says.
 */
export function decide(schedule: Schedule, facts: SleepFacts, now: Date): Decision {
  const look: Look = { schedule, facts, now, moment: momentOf(schedule, facts, now) }
  const closed = withoutChoice(look)
  if (closed !== null) return closed
  const trigger = triggerOf(schedule, facts, look.moment)
  if (trigger === null) return notEnough(look)
  return heldBack(look, trigger) ?? run(look, trigger)
}

/**
 * What speaks against a dream at this moment however much turns out to be new; null = nothing does.
 * Of amounts it counts only whether there are any, so nothing has to be read to know. `wanted` says
 * for people what is known to be new.
 */
export function hindrance(
  schedule: Schedule,
  facts: SleepFacts,
  now: Date,
  wanted: string,
): Decision | null {
  const look: Look = { schedule, facts, now, moment: momentOf(schedule, facts, now) }
  const { latestBy } = look.moment
  const isLate = latestBy !== null && latestBy <= now.getTime()
  const trigger: Trigger = {
    rule: isLate ? 'latest_by' : 'pressure',
    reason: wanted,
    waitsForCooldown: true,
    waitsForIdle: !isLate,
  }
  return withoutChoice(look) ?? heldBack(look, trigger)
}

interface Look {
  readonly schedule: Schedule
  readonly facts: SleepFacts
  readonly now: Date
  readonly moment: Moment
}

/** Where no reason to dream would count. A cron time that finds nothing new is over. */
function withoutChoice(look: Look): Decision | null {
  const { schedule, facts, moment } = look
  const later = moment.now + DAY_MS
  if (!schedule.isEnabled) return over(look, 'disabled', 'The schedule is switched off.', later)
  if (!facts.isStoreOpen) {
    return over(look, 'store_unavailable', 'The store is archived or gone.', later)
  }
  if (facts.dreamUnderWay !== null) {
    const reason = `${facts.dreamUnderWay} of the same store has not ended.`
    return wait(look, 'dream_under_way', reason, moment.now + LIMITS.sleepLookMs)
  }
  const { sessions, units } = facts.fresh
  if (sessions === 0 && units === 0) {
    return over(look, 'nothing_new', 'No new session event and no new unit since the last dream.')
  }
  if (!facts.hasSessions) {
    return over(look, 'no_sessions', `${units} new units, but no session used the store.`)
  }
  if (facts.unreviewedSessions >= LIMITS.sessionsPerBatchMax) {
    const { unreviewedSessions: waiting } = facts
    const reason = `A result of ${waiting} sessions waits for a person, and no more fit into one.`
    return over(look, 'awaits_review', reason)
  }
  return null
}

function notEnough(look: Look): Decision {
  const { schedule, facts } = look
  if (schedule.cron !== null) {
    const { cronNext } = look.moment
    const next = cronNext === null ? 'never again' : new Date(cronNext).toISOString()
    return wait(look, 'before_cron', `The next cron time is ${next}.`, nextByClock(look))
  }
  const soon = nextByClock(look)
  if (hasMinimum(schedule)) {
    const told = measures(schedule, facts.fresh).map(
      ({ rule, there, enough }) => `${there} of ${enough} new ${rule}`,
    )
    return wait(look, 'below_minimum', `${told.join(', ')}.`, soon)
  }
  const pressure = pressureOf(facts.fresh, facts.store).toFixed(3)
  const { sessions, tokens, units } = facts.fresh
  const there = `${sessions} new sessions, ${tokens} tokens, ${units} units`
  return wait(look, 'low_pressure', `The pressure is ${pressure} of 1: ${there}.`, soon)
}

/** A dream is wanted; what speaks against this moment? */
function heldBack(look: Look, trigger: Trigger): Decision | null {
  const { schedule, moment } = look
  if (trigger.waitsForCooldown && moment.now < moment.cooldownEnd) {
    const reason = `${trigger.reason} The cooldown is ${spelledTime(moment.cooldownMs)}, over in ${spelledTime(moment.cooldownEnd - moment.now)}.`
    // Until its end only people can change it, by what they decide on the last dream's changes.
    return wait(look, 'cooldown', reason, Math.min(moment.cooldownEnd, moment.now + HOUR_MS))
  }
  if (trigger.waitsForIdle && moment.now < moment.idleAt) {
    const since = spelledTime(Math.max(0, moment.now - moment.idleAt + schedule.idleMs))
    const reason = `${trigger.reason} The last activity was ${since} ago, idle is ${spelledTime(schedule.idleMs)}.`
    const { latestBy, now } = moment
    const latest = latestBy !== null && latestBy > now ? latestBy : moment.idleAt
    return wait(look, 'not_idle', reason, Math.min(moment.idleAt, latest))
  }
  return inQuietHours(look, trigger) ?? beyondBudget(look, trigger)
}

function inQuietHours(look: Look, trigger: Trigger): Decision | null {
  const { quietHours, timeZone } = look.schedule
  if (quietHours === null) return null
  const { from, until } = quietHours
  const minutes = wallMinutes(look.now, timeZone)
  if (!isWithin(minutes, minutesOf(from) ?? 0, minutesOf(until) ?? 0)) return null
  const reason = `${trigger.reason} Quiet hours are ${from} to ${until} (${timeZone}).`
  return wait(look, 'quiet_hours', reason, nextWallTime(until, timeZone, look.now).getTime())
}

function beyondBudget(look: Look, trigger: Trigger): Decision | null {
  const { tokensPerDay, timeZone } = look.schedule
  const { tokensToday } = look.facts
  if (tokensPerDay === null || tokensToday < tokensPerDay) return null
  const reason = `${trigger.reason} ${tokensToday} of ${tokensPerDay} tokens of this day (${timeZone}) are used.`
  return wait(look, 'budget', reason, nextWallTime('00:00', timeZone, look.now).getTime())
}

function run(look: Look, trigger: Trigger): Decision {
  const { sessions, tokens, units } = look.facts.fresh
  const there = `${sessions} new sessions with ${tokens} tokens, ${units} new units.`
  const { now, moment } = look
  return {
    outcome: 'run',
    rule: trigger.rule,
    reason: `${trigger.reason} ${there}`,
    nextLookAt: new Date(moment.now + LIMITS.sleepLookMs),
    keeps: {
      adaptedCooldownMs: moment.cooldownMs,
      lastTriedAt: now.toISOString(),
      ...cronDone(moment),
    },
  }
}

/** Waits until something else happens; the cron time that is due has had its answer. */
function over(
  look: Look,
  rule: WaitRule,
  reason: string,
  nextLook: number = nextByClock(look),
): Decision {
  const waited = wait(look, rule, reason, nextLook)
  return { ...waited, keeps: { ...waited.keeps, ...cronDone(look.moment) } }
}

function wait(look: Look, rule: WaitRule, reason: string, nextLook: number): Decision {
  const keeps = look.moment.isClockBack ? { lastTriedAt: look.now.toISOString() } : {}
  return { outcome: 'wait', rule, reason, nextLookAt: new Date(nextLook), keeps }
}

function cronDone({ cronDue }: Moment): { readonly lastCronAt?: string } {
  return cronDue === null ? {} : { lastCronAt: new Date(cronDue).toISOString() }
}

/**
 * When the clock or news can change the answer. Under a cron news cannot, but for `latestBy`; else
 * they can at any time, so it is looked for them from time to time.
 */
function nextByClock({ schedule, facts, moment }: Look): number {
  const { now, cronNext, latestBy } = moment
  const soon = now + LIMITS.sleepLookMs
  const waitsForNews = schedule.cron === null || facts.hasFailed
  if (waitsForNews) return soon
  const later = [cronNext, latestBy].filter((time) => time !== null && time > now)
  const isLate = latestBy !== null && latestBy <= now
  return Math.min(...later.map(Number), isLate ? soon : Number.POSITIVE_INFINITY, now + DAY_MS)
}
