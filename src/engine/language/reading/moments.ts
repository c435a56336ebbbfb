import { WEEKDAYS } from '../lexicon.ts'
import { isUnit, measureOf, numberOf, singularOf } from './amounts.ts'
import type { Cell } from './cells.ts'
import type { Quantity } from './quantity.ts'

const ADVERBS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    hourly: 's3600',
    daily: 's86400',
    nightly: 'night',
    weekly: 's604800',
    biweekly: 's1209600',
    fortnightly: 's1209600',
    monthly: 'month1',
    quarterly: 'month3',
    yearly: 'month12',
    annually: 'month12',
    annual: 'month12',
  }),
)
const DAY_PARTS =
  /^(?:night|morning|evening|afternoon|weekend|weekday|spring|summer|autumn|winter)$/
const COUNTED = /^(?:time|once|twice)$/

/** How often: "daily", "every two weeks", "100 a minute". */
export function frequencyAt(cells: readonly Cell[], at: number): Quantity | null {
  const cell = cells[at]
  if (cell === undefined) return null
  const norm = cell.norm
  const adverb = ADVERBS.get(norm)
  if (adverb !== undefined) return { length: 1, keys: [`f:${adverb}`], kind: 'frequency' }
  if (/^p\.?a$/.test(norm)) return { length: 1, keys: ['f:month12'], kind: 'frequency' }
  if (norm === 'once' || norm === 'one') {
    const skip = norm === 'one' ? 2 : 1
    const rest =
      norm === 'once' || cells[at + 1]?.norm === 'time' ? perUnit(cells, at + skip) : null
    return rest === null ? null : { ...rest, length: rest.length + skip }
  }
  if (norm === 'twice') return { length: 1, keys: ['n:2 times'], kind: 'amount' }
  const before = cells[at - 1]
  const isRate = /^(?:a|an)$/.test(norm) && before !== undefined && isCounted(before)
  return isRate || /^(?:every|each|per)$/.test(norm) ? perUnit(cells, at) : null
}

function isCounted({ norm, pos, gap }: Cell): boolean {
  return COUNTED.test(singularOf(norm)) || ((pos === 'NOUN' || isUnit(norm)) && gap !== '')
}

/** "every day", "per day", "a day", "every two weeks", "every other week", "every Monday". */
function perUnit(cells: readonly Cell[], at: number): Quantity | null {
  const word = cells[at]?.norm ?? ''
  const adverb = ADVERBS.get(word)
  if (adverb !== undefined) return { length: 1, keys: [`f:${adverb}`], kind: 'frequency' }
  if (!/^(?:every|each|per|a|an)$/.test(word)) return null
  const next = cells[at + 1]
  if (next === undefined) return null
  const count = next.norm === 'other' || next.norm === 'second' ? 2 : numberOf(next)
  const unit = count === null ? next : cells[at + 2]
  if (unit === undefined) return null
  const length = count === null ? 2 : 3
  const name = singularOf(unit.norm)
  if (WEEKDAYS.has(name))
    return { length, keys: [count === null ? name : `f:${count} ${name}`], kind: 'time' }
  if (DAY_PARTS.test(name)) return { length, keys: [`f:${name}`, name], kind: 'frequency' }
  const measure = measureOf(count ?? 1, name)
  if (measure === null || !/^(?:s|month)\d/.test(measure)) return null
  return { length, keys: [`f:${measure}`], kind: 'frequency' }
}

const RELATIVE: Readonly<Record<string, string>> = {
  last: 'last',
  past: 'last',
  previous: 'last',
  this: 'this',
  current: 'this',
  next: 'next',
  coming: 'next',
}
const SPANS = /^(?:week|weekend|month|quarter|year|sprint|night|spring|summer|autumn|fall|winter)$/

/** "last autumn", "this quarter", "next week". */
export function relativeAt(cells: readonly Cell[], at: number): Quantity | null {
  const word = RELATIVE[cells[at]?.norm ?? '']
  const next = cells[at + 1]
  if (word === undefined || next === undefined || next.gap !== ' ') return null
  const name = next.norm === 'fall' ? 'autumn' : next.norm
  if (!SPANS.test(name) && !WEEKDAYS.has(name)) return null
  const after = cells[at + 2]
  if (after?.pos === 'NOUN' && after.gap === ' ') return null
  return { length: 2, keys: [`r:${word} ${name}`], kind: 'time' }
}

/** A time of day: "5 pm", "17:00", "noon", "at 7". */
export function clockAt(cells: readonly Cell[], at: number): Quantity | null {
  const cell = cells[at]
  if (cell === undefined) return null
  const time = (hour: number, minute: number, length: number): Quantity => ({
    length,
    keys: [`c:${hour}:${minute}`],
    kind: 'time',
  })
  if (cell.norm === 'noon' || cell.norm === 'midday') return time(12, 0, 1)
  if (cell.norm === 'midnight') return time(0, 0, 1)
  if (cell.norm === 'half' && cells[at + 1]?.norm === 'past') return halfPast(cells, at)
  const next = cells[at + 1]?.text.toLowerCase().replaceAll('.', '') ?? ''
  const own = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s?([ap])?\.?m?\.?$/.exec(cell.text.toLowerCase())
  const marked = own?.[3] ?? /^([ap])m$/.exec(next)?.[1]
  const isClock = cell.kind === 'clock' || (cell.kind === 'number' && marked !== undefined)
  if (own === null || !isClock) return looseClock(cells, at)
  const hour = Number(own[1])
  const half = marked === undefined ? hour : (hour % 12) + (marked === 'p' ? 12 : 0)
  return time(half, Number(own[2] ?? 0), own[3] === undefined && marked !== undefined ? 2 : 1)
}

function halfPast(cells: readonly Cell[], at: number): Quantity | null {
  const hour = cells[at + 2] === undefined ? null : numberOf(cells[at + 2])
  if (hour === null) return null
  return { length: 3, keys: [`c:${hour}:30`, `c:${(hour + 12) % 24}:30`], kind: 'time' }
}

/** "at 7", "from 5 to 6", "nine in the evening": an hour when a time is what is meant. */
function looseClock(cells: readonly Cell[], at: number): Quantity | null {
  const hour = numberOf(cells[at])
  if (hour === null || !Number.isInteger(hour) || hour > 24) return null
  const rest = cells
    .slice(at + 1, at + 4)
    .map(({ norm }) => norm)
    .join(' ')
  const part = /^in the (morning|evening|afternoon)/.exec(rest)?.[1]
  if (part !== undefined) {
    const full = part === 'morning' || hour >= 12 ? hour : hour + 12
    return { length: 4, keys: [`c:${full}:0`], kind: 'time' }
  }
  const next = cells[at + 1]
  const isAlone =
    next === undefined || /[.,;:)!?]/.test(next.gap) || /^(?:ADP|CCONJ)$/.test(next.pos)
  if (cells[at - 1]?.norm !== 'at' || !isAlone) return null
  return { length: 1, keys: [`c:${hour}:0`, `n:${hour}`], kind: 'time' }
}
