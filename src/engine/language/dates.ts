import * as chrono from 'chrono-node'
import type { Interval } from '../../core/claim.ts'
import { remembered } from '../../core/text/remembered.ts'
import { tokenize } from './tokens.ts'
import { isPastForm } from './verbs.ts'

/** A date named in a text. */
export interface DateMention {
  readonly text: string
  readonly start: number
  readonly end: number
  /** `YYYY-MM-DD`, or `YYYY-MM` where only the month is named; null = cannot be resolved. */
  readonly iso: string | null
  /** True where the text alone does not say which day is meant. */
  readonly isRelative: boolean
}

const DAY_MS = 86_400_000
const ISO_DATE = /\b\d{4}-\d{2}(?:-\d{2})?\b/g
const DATE_WORD =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|today|tomorrow|yesterday|tonight|week|weekend|month|year|quarter|ago|in (?:an?|\d+|two|three|four|five|six) (?:day|week|month)s?)\b/i
const MODIFIED = /\b(?:next|last|this|past|coming|ago|in)\b/i
const BARE_DURATION =
  /^(?:for |within |after |every )?(?:\d+|an?|one|two|three|four|five|six|ten) (?:second|minute|hour|day|week|month|quarter|year)s?$/i
const AHEAD = /\b(?:to|by|until|till|before|due|due on|through|from|starting|on)\s+$/i
const PAST =
  /\b(?:was|were|did|had|ago|last|since|as of|switched|moved|migrated|changed|renamed|replaced|shipped|launched|released|joined|left|started)\b/i

/**
 * The dates of a text in its order. Relative ones are counted from `at` (ISO 8601, UTC days);
 * without it they stay unresolved, because the time of import says nothing about what was meant.
 */
export function dateMentions(text: string, at: string | null): readonly DateMention[] {
  const explicit = [...text.matchAll(ISO_DATE)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    iso: match[0],
    isRelative: false,
  }))
  const overlaps = (start: number, end: number): boolean =>
    explicit.some((mention) => start < mention.end && mention.start < end)
  const spoken = DATE_WORD.test(text) ? spokenDates(text, at) : []
  return [...explicit, ...spoken.filter(({ start, end }) => !overlaps(start, end))].sort(
    (a, b) => a.start - b.start,
  )
}

/** The text with the day in brackets behind every relative date: "next Friday [2026-11-27]". */
export function withResolvedDates(text: string, at: string | null): string {
  return dateMentions(text, at)
    .filter(({ isRelative, iso, end }) => isRelative && iso !== null && !isPartOfName(text, end))
    .toReversed()
    .reduce((out, { end, iso }) => `${out.slice(0, end)} [${iso}]${out.slice(end)}`, text)
}

/** "Wednesday Addams" is nobody's day. */
function isPartOfName(text: string, end: number): boolean {
  return /^ \p{Lu}\p{Ll}/u.test(text.slice(end))
}

/** The text as it was said: what `withResolvedDates` added says nothing by which to compare. */
export function withoutResolvedDates(text: string): string {
  return text.replace(/ \[\d{4}-\d{2}(?:-\d{2})?\]/g, '')
}

/** When a statement holds, by its own words: "until Friday", "since March 2025", "as of today". */
export function eventInterval(text: string, at: string | null): Interval | null {
  let start: string | null = null
  let end: string | null = null
  for (const mention of dateMentions(text, at)) {
    const before = text.slice(0, mention.start)
    if (/\b(?:until|till|through|up to)(?: the)?\s+$/i.test(before)) end = mention.iso
    else if (
      /\b(?:since|as of|from|starting(?: on)?|effective(?: from)?)(?: the)?\s+$/i.test(before)
    ) {
      start = mention.iso
    } else if (start !== null && /\b(?:to|and|-|–)\s+$/i.test(before)) end = mention.iso
  }
  if (end === null && at !== null && /\bthis week\b/i.test(text)) end = endOfWeek(at)
  return start === null && end === null ? null : { start, end }
}

const DATING =
  /\b(?:since|as of|starting(?: on)?|effective(?: from)?|valid from|updated|changed|checked|noted|verified|confirmed)\b[:\s]*(?:on |the )*$/i

const TEXTS_REMEMBERED = 15_000

/** The day or month by which a note dates itself: "(since 2026-09-01)"; null without one. */
export const writtenDate: (text: string) => string | null = remembered(
  TEXTS_REMEMBERED,
  readWrittenDate,
)

function readWrittenDate(text: string): string | null {
  const own = dateMentions(text, null).findLast(({ start, end, iso, isRelative }) => {
    if (iso === null || isRelative) return false
    const before = text.slice(0, start)
    return DATING.test(before) || (before.endsWith('(') && text.slice(end).startsWith(')'))
  })
  return own?.iso ?? null
}

function spokenDates(text: string, at: string | null): readonly DateMention[] {
  // Noon UTC, so that no time zone of this machine can move a day.
  const instant = new Date(`${(at ?? '2000-01-03').slice(0, 10)}T12:00:00Z`)
  if (Number.isNaN(instant.getTime())) return []
  return chrono
    .parse(text, { instant, timezone: 0 })
    .filter((found) => isDate(found.text) && !isRecurring(text, found))
    .map((found) => {
      const isRelative = !/\b\d{4}\b/.test(found.text)
      const isAhead = isLookingAhead(text, found.index)
      const iso = isRelative && at === null ? null : isoOf(found, instant, isAhead)
      const end = found.index + found.text.length
      return { text: found.text, start: found.index, end, iso, isRelative }
    })
}

function isDate(found: string): boolean {
  if (!DATE_WORD.test(found) || BARE_DURATION.test(found)) return false
  // In lower case these are verbs.
  return !/^(?:may|march|mar|sun|sat)$/.test(found)
}

/** "every Saturday", "40 hours a week" come again; Black Friday is the name of a sale. */
function isRecurring(text: string, found: chrono.ParsedResult): boolean {
  const before = text.slice(0, found.index)
  if (/\b(?:every|each|per|most|alternate|every other|black|cyber|good)\s+$/i.test(before))
    return true
  if (/\b(?:hours?|days?|nights?|times?|once|twice|minutes?)\s+$/i.test(before)) {
    return /^(?:an?|per|each|every)\s/i.test(found.text)
  }
  return /\b(?:hours?|days?|nights?|times?|minutes?) (?:an?|per) (?:day|week|month|year)$/i.test(
    found.text,
  )
}

/** Told as done: "I bought it", but not "it is planned", "we set". */
function isTold(text: string): boolean {
  const tokens = tokenize(text)
  return tokens.some(
    (token, n) =>
      isPastForm(token) &&
      !/^(?:set|put|cut|read|shut|need|speed|feed)$/.test(token.norm) &&
      !/^(?:is|are|be|been|being|will|gets?|the|an?)$/.test(tokens[n - 1]?.norm ?? ''),
  )
}

function isLookingAhead(text: string, index: number): boolean {
  const before = text.slice(0, index)
  if (/\bon\s+$/i.test(before) && isTold(before)) return false
  return AHEAD.test(before) ? !/\bsince\s+$/i.test(before) : !(PAST.test(text) || isTold(text))
}

function isoOf(found: chrono.ParsedResult, from: Date, isAhead: boolean): string | null {
  const { start } = found
  if (start.isCertain('weekday') && !start.isCertain('day') && !MODIFIED.test(found.text)) {
    const weekday = start.get('weekday')
    return weekday === null ? null : isoDay(nearWeekday(from, weekday, isAhead))
  }
  const year = start.get('year')
  const month = start.get('month')
  const day = start.get('day')
  if (year === null || month === null || day === null) return null
  const isYearOpen = !start.isCertain('year') && start.isCertain('month')
  const isDay = start.isCertain('day') || start.isCertain('weekday')
  if (!isDay) {
    if (!start.isCertain('month')) return null
    const named = `${year}-${pad(month)}`
    const isPast = isYearOpen && !isAhead && named > isoDay(from).slice(0, 7)
    return isPast ? `${year - 1}-${pad(month)}` : named
  }
  const date = new Date(Date.UTC(year, month - 1, day))
  const distance = date.getTime() - from.getTime()
  if (isYearOpen && isAhead && distance < -DAY_MS) {
    return isoDay(new Date(Date.UTC(year + 1, month - 1, day)))
  }
  if (isYearOpen && !isAhead && distance > DAY_MS) {
    return isoDay(new Date(Date.UTC(year - 1, month - 1, day)))
  }
  return isoDay(date)
}

function nearWeekday(from: Date, weekday: number, isAhead: boolean): Date {
  const ahead = (weekday - from.getUTCDay() + 7) % 7
  const days = isAhead ? (ahead === 0 ? 7 : ahead) : ahead - 7
  return new Date(from.getTime() + days * DAY_MS)
}

function endOfWeek(at: string): string | null {
  const date = new Date(`${at.slice(0, 10)}T12:00:00Z`)
  if (Number.isNaN(date.getTime())) return null
  return isoDay(new Date(date.getTime() + ((7 - date.getUTCDay()) % 7) * DAY_MS))
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
