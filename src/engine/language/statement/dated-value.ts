/** A value with the date from which it holds: "As of March 2016: club record: Bo Lind". */
export interface DatedValue {
  /** ISO 8601, as precise as said: `2016`, `2016-03` or `2016-03-04`. */
  readonly from: string
  /** What it is a value of, in any words, even those of a question. */
  readonly key: string
  readonly value: string
}

/** In the order of the calendar. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = MONTHS.map((name) => `${name}[a-z]*`).join('|')
const DATED = new RegExp(
  String.raw`^as of\s+(?<date>\d{4}(?:-\d{2}){0,2}|(?:${MONTH})\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:${MONTH})\.?,?\s+\d{4})\s*[:,]\s*(?<rest>\S.*)$`,
  'i',
)
const COPULA = /^(?<key>.+?)\s(?:is|are|was|were)\s(?<value>\S.*)$/i

/** Null for a sentence that is no dated value. */
export function datedValue(sentence: string): DatedValue | null {
  const { date = '', rest = '' } = DATED.exec(sentence.trim())?.groups ?? {}
  if (rest === '') return null
  const colon = rest.lastIndexOf(': ')
  const groups = COPULA.exec(rest)?.groups
  const key = colon > 0 ? rest.slice(0, colon) : (groups?.key ?? '')
  const value = (colon > 0 ? rest.slice(colon + 2) : (groups?.value ?? '')).replace(/[.\s]+$/, '')
  const from = isoOf(date)
  return key === '' || value === '' || from === null ? null : { from, key, value }
}

function isoOf(date: string): string | null {
  if (/^\d{4}(?:-\d{2}){0,2}$/.test(date)) return date
  const year = /\d{4}/.exec(date)?.[0]
  const name = /[a-z]{3}/i.exec(date.replace(/^\d{1,2}(?:st|nd|rd|th)?/i, ''))?.[0]?.toLowerCase()
  const month = MONTHS.indexOf(name ?? '') + 1
  if (year === undefined || month === 0) return null
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)/i.exec(date)?.[1]
  const parts = day === undefined ? [month] : [month, Number(day)]
  return [year, ...parts.map((part) => String(part).padStart(2, '0'))].join('-')
}
