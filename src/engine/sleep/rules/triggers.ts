import type { Schedule } from '../../../core/schedule.ts'
import type { Moment } from './moment.ts'
import { pressureOf } from './pressure.ts'
import type { Amounts, SleepFacts } from './sleep-facts.ts'
import { spelledTime } from './spelled-time.ts'

/** Why a dream is wanted, and what does not hold it back. */
export interface Trigger {
  readonly rule: RunRule
  readonly reason: string
  readonly waitsForCooldown: boolean
  readonly waitsForIdle: boolean
}

export type RunRule = 'cron' | 'retry' | 'latest_by' | 'sessions' | 'tokens' | 'units' | 'pressure'

/** The first reason to dream; null = there is none. Something new is there already. */
export function triggerOf(schedule: Schedule, facts: SleepFacts, moment: Moment): Trigger | null {
  if (moment.cronDue !== null) return byCron(schedule, moment.cronDue)
  if (moment.latestBy !== null && moment.now >= moment.latestBy) return byLatest(schedule, moment)
  if (schedule.cron !== null) return facts.hasFailed ? RETRY : null
  return hasMinimum(schedule) ? byMinimum(schedule, facts.fresh) : byPressure(facts)
}

/** True where a schedule says itself how much is enough. */
export function hasMinimum({ sessionsMin, tokensMin, unitsMin }: Schedule): boolean {
  return sessionsMin !== null || tokensMin !== null || unitsMin !== null
}

/** What there is of each measure that the schedule names, with how much is enough. */
export function measures(schedule: Schedule, fresh: Amounts): readonly Measure[] {
  const { sessionsMin, tokensMin, unitsMin } = schedule
  return (
    [
      { rule: 'sessions', there: fresh.sessions, enough: sessionsMin },
      { rule: 'tokens', there: fresh.tokens, enough: tokensMin },
      { rule: 'units', there: fresh.units, enough: unitsMin },
    ] as const
  ).flatMap(({ enough, ...measure }) => (enough === null ? [] : [{ ...measure, enough }]))
}

interface Measure {
  readonly rule: 'sessions' | 'tokens' | 'units'
  readonly there: number
  readonly enough: number
}

const RETRY: Trigger = {
  rule: 'retry',
  reason: 'The last dream came to nothing.',
  waitsForCooldown: true,
  waitsForIdle: true,
}

function byCron({ timeZone }: Schedule, due: number): Trigger {
  const at = new Date(due).toISOString()
  const reason = `The cron time ${at} (${timeZone}) is due.`
  return { rule: 'cron', reason, waitsForCooldown: false, waitsForIdle: false }
}

function byLatest({ latestByMs }: Schedule, { lastTry }: Moment): Trigger {
  const since = lastTry === null ? 'since the schedule was made' : 'since the last dream'
  const reason = `At the latest after ${spelledTime(latestByMs ?? 0)} ${since}.`
  return { rule: 'latest_by', reason, waitsForCooldown: true, waitsForIdle: false }
}

function byMinimum(schedule: Schedule, fresh: Amounts): Trigger | null {
  const met = measures(schedule, fresh).find(({ there, enough }) => there >= enough)
  if (met === undefined) return null
  const reason = `${met.there} new ${met.rule}, enough are ${met.enough}.`
  return { rule: met.rule, reason, waitsForCooldown: true, waitsForIdle: true }
}

function byPressure({ fresh, store }: SleepFacts): Trigger | null {
  const pressure = pressureOf(fresh, store)
  if (pressure < 1) return null
  const reason = `The pressure is ${pressure.toFixed(2)}, enough is 1.`
  return { rule: 'pressure', reason, waitsForCooldown: true, waitsForIdle: true }
}
