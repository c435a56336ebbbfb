import { WEEKDAYS } from '../lexicon.ts'
import { amountAt } from './amounts.ts'
import type { Cell } from './cells.ts'
import { clockAt, frequencyAt, relativeAt } from './moments.ts'
import type { Quantity } from './quantity.ts'

/** The quantity that begins at a cell; null = none does. */
export function quantityAt(cells: readonly Cell[], at: number): Quantity | null {
  const cell = cells[at]
  if (cell === undefined) return null
  return (
    frequencyAt(cells, at) ??
    relativeAt(cells, at) ??
    clockAt(cells, at) ??
    dateAt(cells, at) ??
    weekdayAt(cell) ??
    versionOf(cell) ??
    ordinalOf(cell) ??
    amountAt(cells, at)
  )
}

const ABBREVIATED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mon: 'monday',
    tue: 'tuesday',
    tues: 'tuesday',
    wed: 'wednesday',
    thu: 'thursday',
    thur: 'thursday',
    thurs: 'thursday',
    fri: 'friday',
    sat: 'saturday',
    sun: 'sunday',
  }),
)

/** A day by name; abbreviations count in capitals only ("the sun"). */
function weekdayAt({ norm, text }: Cell): Quantity | null {
  const full = /^\p{Lu}/u.test(text) ? (ABBREVIATED.get(norm.replace(/s$/, '')) ?? norm) : norm
  if (!WEEKDAYS.has(full)) return null
  return { length: 1, keys: [full.replace(/s$/, '')], kind: 'time' }
}

const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ')

/** "2026-03-01", "1 March 2026", "March 1st", "the 1st of March". */
function dateAt(cells: readonly Cell[], at: number): Quantity | null {
  const cell = cells[at]
  if (cell?.kind === 'date') return { length: 1, keys: [`d:${cell.norm}`], kind: 'time' }
  const day = dayOf(cell)
  const gapWord = cells[at + 1]?.norm === 'of' ? 1 : 0
  const monthAfter = monthOf(cells[at + 1 + gapWord])
  if (day !== null && monthAfter !== null) {
    return dated(cells, at, 2 + gapWord, monthAfter, day)
  }
  const month = monthOf(cell)
  const dayAfter = dayOf(cells[at + 1])
  if (month === null) return null
  // A "May" alone may be the verb.
  const isVerb = cell?.norm === 'may' && !IN.test(cells[at - 1]?.norm ?? '')
  if (dayAfter === null) return isVerb ? null : dated(cells, at, 1, month, null)
  return dated(cells, at, 2, month, dayAfter)
}

function dated(
  cells: readonly Cell[],
  at: number,
  length: number,
  month: number,
  day: number | null,
): Quantity {
  const year = cells[at + length]
  const isYear = year?.kind === 'number' && /^(?:19|20)\d\d$/.test(year.norm)
  const parts = [isYear ? year.norm : null, pad(month), day === null ? null : pad(day)]
  const key = parts.filter((part) => part !== null).join('-')
  return { length: length + (isYear ? 1 : 0), keys: [`d:${key}`], kind: 'time' }
}

function dayOf(cell: Cell | undefined): number | null {
  const [, digits] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(cell?.norm ?? '') ?? []
  const day = Number(digits ?? 0)
  return day >= 1 && day <= 31 ? day : null
}

/** In lower case "may" and "march" are verbs. */
function monthOf(cell: Cell | undefined): number | null {
  if (cell === undefined || !/^\p{Lu}/u.test(cell.text)) return null
  const at = MONTH_NAMES.findIndex(
    (name) => name === cell.norm || (cell.norm.length === 3 && name.startsWith(cell.norm)),
  )
  return at < 0 ? null : at + 1
}

const IN = /^(?:in|by|until|since|of|from|to|before|after|during|early|late|mid|this|last|next)$/

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')

function ordinalOf({ norm, kind }: Cell): Quantity | null {
  const word = ORDINALS.indexOf(norm)
  const digits = kind === 'number' ? /^(\d+)(?:st|nd|rd|th)$/.exec(norm)?.[1] : undefined
  if (word < 0 && digits === undefined) return null
  const place = digits ?? `${word + 1}`
  return { length: 1, keys: [`o:${place}`, ...(word < 0 ? [] : [norm])], kind: 'amount' }
}

/** "v5" and "version 5". */
function versionOf({ kind, norm }: Cell): Quantity | null {
  if (kind !== 'version') return null
  return { length: 1, keys: [`n:${norm.toLowerCase().replace(/^v/, '')}`], kind: 'amount' }
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
