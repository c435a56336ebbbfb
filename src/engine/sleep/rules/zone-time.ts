import { Cron } from 'croner'
import { remembered } from '../../../core/text/remembered.ts'

/** Time zones and cron texts that are kept ready. */
const KEPT_MAX = 200
const MINUTES_PER_HOUR = 60

const clockOf = remembered(
  KEPT_MAX,
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
    }),
)

/** True of an IANA name that this machine knows, such as `Europe/Berlin`; offsets are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return clockOf(name) !== undefined
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** What a clock on the wall shows: minutes since midnight, 0 to 1439. */
export function wallMinutes(at: Date, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at)
  const part = (type: string): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0)
  return part('hour') * MINUTES_PER_HOUR + part('minute')
}

/** `HH:MM` as minutes since midnight; null = it is no time of day. */
export function minutesOf(timeOfDay: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(timeOfDay)
  return match === null ? null : Number(match[1]) * MINUTES_PER_HOUR + Number(match[2])
}

/** From the first until the second, past midnight where the second comes first. */
export function isWithin(minutes: number, from: number, until: number): boolean {
  return from <= until ? from <= minutes && minutes < until : minutes >= from || minutes < until
}

/** Cron times in a time zone. */
export interface CronTimes {
  /** The latest one at or before a time; null = there was none. */
  lastBy(at: Date): Date | null
  /** The first one after a time; null = there is none. */
  nextAfter(at: Date): Date | null
}

/**
 * Five fields in a time zone. A time of day that a clock change skips comes right after it, one that
 * it repeats comes once. Throws an `Error` that says what is wrong with the text.
 */
export function cronTimes(cron: string, timeZone: string): CronTimes {
  return keptCron(JSON.stringify([cron, timeZone]))
}

const keptCron = remembered(KEPT_MAX, (key): CronTimes => {
  const [cron, timezone] = JSON.parse(key) as [string, string]
  const times = new Cron(cron, {
    timezone,
    mode: '5-part',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  })
  return {
    // The library leaves the time itself out on both sides.
    lastBy: (at) => times.previousRuns(1, new Date(at.getTime() + 1))[0] ?? null,
    nextAfter: (at) => times.nextRun(at),
  }
})

/** The next time a clock on the wall shows `HH:MM`, after `at`. */
export function nextWallTime(timeOfDay: string, timeZone: string, at: Date): Date {
  return nextDaily(timeOfDay, timeZone).nextAfter(at) ?? at
}

/** When the day of a time zone began that a time belongs to. */
export function dayStart(at: Date, timeZone: string): Date {
  return nextDaily('00:00', timeZone).lastBy(at) ?? at
}

function nextDaily(timeOfDay: string, timeZone: string): CronTimes {
  const minutes = minutesOf(timeOfDay) ?? 0
  const [hour, minute] = [Math.floor(minutes / MINUTES_PER_HOUR), minutes % MINUTES_PER_HOUR]
  return cronTimes(`${minute} ${hour} * * *`, timeZone)
}
