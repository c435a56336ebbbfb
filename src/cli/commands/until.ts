import { ReverieError } from '../../core/errors.ts'

const HOUR_MS = 3_600_000
const UNIT_MS: Readonly<Record<string, number>> = {
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/**
 * `24h`, `90d`, `4w` after `now`, or a date (its beginning, UTC), as an ISO time. Throws
 * `invalid_request_error` that names `option`.
 */
export function parseUntil(text: string, now: Date, option: string): string {
  const [, amount, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  if (amount !== undefined && unit !== undefined) {
    return new Date(now.getTime() + Number(amount) * (UNIT_MS[unit] ?? 0)).toISOString()
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) {
    return day.toISOString()
  }
  throw new ReverieError('invalid_request_error', `${option} "${text}" is not a time.`, {
    next: 'Give it as 24h, 90d, 4w or as a date like 2027-01-31.',
  })
}
