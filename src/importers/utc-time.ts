const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** Below this a number counts seconds, from it on milliseconds; in seconds it is the year 5138. */
const EPOCH_MS_FROM = 100_000_000_000

/**
 * A source's time as ISO 8601 UTC; null when it states none. Takes ISO text and epoch seconds or
 * milliseconds. A text without an offset counts as UTC: a machine's zone must not change a dream.
 */
export function utcTime(value: unknown): string | null {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string') return null
  const match = ISO.exec(value.trim())
  if (match === null) return null
  const [, day, clock = '00:00', offset = 'Z'] = match
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset
  return toIso(Date.parse(`${day}T${clock.replace(',', '.')}${zone.toUpperCase()}`))
}

function fromEpoch(value: number): string | null {
  if (!Number.isFinite(value) || value <= 0) return null
  return toIso(Math.round(value < EPOCH_MS_FROM ? value * 1_000 : value))
}

function toIso(epochMs: number): string | null {
  const date = new Date(epochMs)
  const year = date.getUTCFullYear()
  // A year of five digits has another form, which sorts wrongly as text.
  return Number.isNaN(year) || year < 1 || year > 9_999 ? null : date.toISOString()
}
