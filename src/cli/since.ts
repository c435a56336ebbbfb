import { ReverieError } from '../core/errors.ts'

const HOUR_MS = 3_600_000
const UNIT_MS: Readonly<Record<string, number>> = {
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/**
 * `24h`, `7d`, `2w` before `now`, or an ISO 8601 date or time (UTC where it names no zone), as an
 * ISO time. Throws `invalid_request_error`.
 */
export function parseSince(text: string, now: Date): string {
  const [, amount, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  if (amount !== undefined && unit !== undefined) {
    return new Date(now.getTime() - Number(amount) * (UNIT_MS[unit] ?? 0)).toISOString()
  }
  const time = isoTime(text)
  if (time === null) {
    throw new ReverieError('invalid_request_error', `--since "${text}" is not a time.`, {
      next: 'Give it as 24h, 7d, 2w or as a date like 2026-11-02.',
    })
  }
  return time
}

function isoTime(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) {
    return null
  }
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T')
  const time = new Date(hasZone ? text : `${text}Z`)
  if (Number.isNaN(time.getTime())) return null
  // A day that the month does not have would roll over into the next one.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return day.toISOString().startsWith(text.slice(0, 10)) ? time.toISOString() : null
}
