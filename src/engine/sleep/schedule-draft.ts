import { LIMITS } from '../../config.ts'
import { AUTO_APPLY_LEVELS } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { ScheduleDraft } from '../../core/schedule.ts'
import { cronTimes, isTimeZone, minutesOf } from './rules/zone-time.ts'

/** From the creation to the end of all calendars that matter. */
const ANY_TIME = new Date('2026-01-01T00:00:00Z')

/** Throws `invalid_request_error` that names the field and what it may be. */
export function assertDraft(draft: ScheduleDraft): void {
  assertRange(draft.idleMs, 0, LIMITS.idleMsMax, 'idle time, in ms')
  assertRange(draft.cooldownMs, 0, LIMITS.cooldownMsMax, 'cooldown, in ms')
  assertRange(draft.latestByMs, 1, LIMITS.latestByMsMax, 'latest-by time, in ms')
  assertRange(draft.sessionsMin, 1, LIMITS.scheduleMinimumMax, 'minimum of sessions')
  assertRange(draft.tokensMin, 1, LIMITS.scheduleMinimumMax, 'minimum of tokens')
  assertRange(draft.unitsMin, 1, LIMITS.scheduleMinimumMax, 'minimum of units')
  assertRange(draft.tokensPerDay, 1, LIMITS.budgetTokensMax, 'budget of tokens for a day')
  assertTexts(draft)
  assertZone(draft.timeZone)
  if (draft.quietHours !== null) assertQuietHours(draft.quietHours)
  if (draft.cron !== null) assertCron(draft.cron, draft.timeZone)
}

function assertTexts({ model, instructions, autoApply, outputBehavior }: ScheduleDraft): void {
  if (model === '' || [...model].length > LIMITS.modelNameCharsMax) {
    throw invalid(`The model has 1 to ${LIMITS.modelNameCharsMax} characters.`)
  }
  const chars = instructions === null ? 1 : [...instructions].length
  if (chars === 0 || chars > LIMITS.instructionsCharsMax) {
    throw invalid(`Instructions have 1 to ${LIMITS.instructionsCharsMax} characters, or are null.`)
  }
  if (!AUTO_APPLY_LEVELS.includes(autoApply)) {
    throw invalid(`The auto-apply level is one of ${AUTO_APPLY_LEVELS.join(', ')}.`)
  }
  if (outputBehavior !== 'create_new' && outputBehavior !== 'update_existing') {
    throw invalid('The output behavior is create_new or update_existing.')
  }
}

function assertRange(value: number | null, min: number, max: number, what: string): void {
  if (value === null || (Number.isInteger(value) && value >= min && value <= max)) return
  throw invalid(`The ${what} is a whole number from ${min} to ${max}.`)
}

function assertZone(timeZone: string): void {
  if (timeZone.length <= LIMITS.timeZoneCharsMax && isTimeZone(timeZone)) return
  throw invalid('The time zone is not known.', 'Give an IANA name, such as UTC or Europe/Berlin.')
}

function assertQuietHours({ from, until }: NonNullable<ScheduleDraft['quietHours']>): void {
  if (minutesOf(from) === null || minutesOf(until) === null) {
    throw invalid('Quiet hours are two times of day as HH:MM, from 00:00 to 23:59.')
  }
  if (from === until) {
    throw invalid('Quiet hours that end when they begin are none.', 'Switch them off with null.')
  }
}

function assertCron(cron: string, timeZone: string): void {
  const next = 'Give five fields: minute, hour, day of month, month, day of week: "0 3 * * *".'
  if (cron.length > LIMITS.cronCharsMax || cron.trim().split(/\s+/).length !== 5) {
    throw invalid('The cron text has not five fields.', next)
  }
  if (firstTime(cron, timeZone, next) === null) {
    throw invalid('The cron text names no time that ever comes.', next)
  }
}

function firstTime(cron: string, timeZone: string, next: string): Date | null {
  try {
    return cronTimes(cron, timeZone).nextAfter(ANY_TIME)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : ''
    throw new ReverieError('invalid_request_error', `The cron text cannot be read: ${why}`, {
      cause: error,
      next,
    })
  }
}

function invalid(message: string, next?: string): ReverieError {
  return new ReverieError('invalid_request_error', message, next === undefined ? {} : { next })
}
