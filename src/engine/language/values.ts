import { MONTHS, NUMBER_WORDS, WEEKDAYS } from './lexicon.ts'
import { tokenize } from './tokens.ts'

const MONTH = [...MONTHS].map((name) => `${name.slice(0, 3)}[a-z]*`).join('|')
const NUMBER_WORD = [...NUMBER_WORDS.keys()].join('|')
const TYPED = new RegExp(
  String.raw`^(?:(?:port|version|every|about|up to|at)\s+)?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH})(?:,? \d{4})?\b|(?:${MONTH}) \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b|\d{4}-\d{2}(?:-\d{2})?|[$€£]?v?\d[\d.,:]*(?<![.,:])(?:%|[a-z]{1,4}\b)?|(?:${NUMBER_WORD})\b)(?:[\s-](?:am|pm|eur|usd|gbp|chf|dollars?|euros?|cents?|percent|seconds?|minutes?|hours?|(?:business |working |calendar )?days?|weeks?|months?|years?|ms|s|kb|mb|gb|tb|points?|requests?|items?|times?|users?|people|approvals?|characters?|chars|lines?|spaces?|columns?|retries|attempts?)\b)?`,
  'i',
)
const CUT =
  /(?:[,;]|\s[–—-]\s|\s\(|\.\s|\s(?:because|since|so|but|which|as of|until|till|from now on|now|last|yesterday|today|recently|instead|and|or|in|for|on|at|as|with|from|during|when|whenever|if|unless|while|after|before|by|per|via|through|behind|under)(?=\s|$))/i
const LEAD =
  /^(?:["'“`*_]+|(?:the|a|an|our|now|currently|set to|to|at|in|on|by|via|under|with|port|version)\s+)+/i

export interface ReadValue {
  /** Verbatim, without articles and marks around it. */
  readonly value: string
  /** What follows the value, verbatim. */
  readonly rest: string
}

/** The value at the start of `text`: a typed one (number and unit, date) or a short name. */
export function readValue(text: string): ReadValue | null {
  const lead = LEAD.exec(text)?.[0] ?? ''
  const body = text.slice(lead.length)
  const typed = TYPED.exec(body)?.[0]
  if (typed !== undefined) return { value: typed, rest: body.slice(typed.length) }
  const cut = CUT.exec(body)
  const raw = cut === null ? body : body.slice(0, cut.index)
  const value = raw.replace(/[\s"'”`*_.!]+$/, '')
  return value === '' ? null : { value, rest: body.slice(raw.length) }
}

interface Exchange {
  readonly value: string | null
  readonly former: string | null
}

/** A measure: a number and its unit, unless the unit is the time of day or a thousand. */
const MEASURE = /^[$€£]?\d[\d.,:]*(?:\s?(?!(?:am|pm|k)\b)(?<unit>\p{L}+|[%€$°]))?/iu

/**
 * Both of one shape, without prepositions and marks around them, so that one can stand where the
 * other stood. A bare number in place of one with a unit is no value: "from 5 GB to 10".
 */
export function ofOneShape({ value, former }: Exchange): Exchange {
  const next = value === null ? null : bareValue(value)
  const before = former === null ? null : bareValue(former)
  if (next === null || before === null) return { value: next, former: before }
  const unit = MEASURE.exec(next)
  const isBare = unit !== null && unit.groups?.unit === undefined
  const hadUnit = MEASURE.exec(before)?.groups?.unit !== undefined
  return { value: isBare && hadUnit ? null : next, former: before }
}

function bareValue(value: string): string | null {
  const bare = value.replace(LEAD, '').replace(/[\s,;:!"'”`*_]+$/, '')
  return bare === '' ? null : bare
}

/** Equal for values that mean the same: "14 days", "two weeks"; "`Pnpm`", "pnpm". */
export function valueKey(value: string): string {
  const parts = tokenize(value)
    .filter((token) => token.role !== 'light')
    .map((token) => (token.kind === 'code' ? token.norm : token.stem.toLowerCase()))
  return durationKey(parts) ?? parts.join(' ')
}

/** Two values that cannot both stand: neither says all that the other says. */
export function areDifferentValues(a: string, b: string): boolean {
  const left = new Set(valueKey(a).split(' '))
  const right = new Set(valueKey(b).split(' '))
  return !left.isSubsetOf(right) && !right.isSubsetOf(left)
}

/** A number, a date, a time, or days by name. */
export function isTypedValue(value: string): boolean {
  if (TYPED.test(value.replace(LEAD, ''))) return true
  const content = tokenize(value).filter((token) => token.role === 'content')
  return content.length > 0 && content.every(({ norm }) => WEEKDAYS.has(norm) || MONTHS.has(norm))
}

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  minut: 60,
  min: 60,
  hour: 3600,
  dai: 86_400,
  day: 86_400,
  week: 604_800,
}

function durationKey(parts: readonly string[]): string | null {
  const [count, unit] = parts
  if (parts.length !== 2 || count === undefined || unit === undefined) return null
  const factor = SECONDS[unit]
  const amount = Number(count)
  return factor === undefined || Number.isNaN(amount) ? null : `${amount * factor}sec`
}
