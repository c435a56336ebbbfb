import { NUMBER_WORDS } from '../lexicon.ts'
import type { Cell } from './cells.ts'
import type { Quantity } from './quantity.ts'

/** Units by dimension and factor; `month` has a dimension of its own. */
const UNITS: ReadonlyMap<string, readonly [dimension: string, factor: number]> = new Map(
  `ms:s:.001 millisecond:s:.001 s:s:1 sec:s:1 second:s:1 min:s:60 minute:s:60 h:s:3600 hr:s:3600 hour:s:3600
  d:s:86400 day:s:86400 week:s:604800 wk:s:604800 fortnight:s:1209600 month:month:1 quarter:month:3 year:month:12 yr:month:12
  decade:month:120 %:%:1 percent:%:1 $:usd:1 usd:usd:1 dollar:usd:1 €:eur:1 eur:eur:1 euro:eur:1 £:gbp:1 gbp:gbp:1
  chf:chf:1 franc:chf:1 b:b:1 byte:b:1 kb:b:1e3 kilobyte:b:1e3 mb:b:1e6 megabyte:b:1e6 gb:b:1e9 gigabyte:b:1e9
  tb:b:1e12 terabyte:b:1e12 gib:gib:1 mib:mib:1 mm:m:.001 cm:m:.01 centimeter:m:.01 centimetre:m:.01 meter:m:1 metre:m:1
  km:m:1000 kilometer:m:1000 kilometre:m:1000 mile:mi:1 g:g:1 gram:g:1 kg:g:1000 kilo:g:1000 kilogram:g:1000
  px:px:1 pixel:px:1 pt:pt:1 l:l:1 liter:l:1 litre:l:1 ml:l:.001 °c:c:1 celsius:c:1`
    .split(/\s+/)
    .map((entry): [string, readonly [string, number]] => {
      const [name = '', dimension = '', factor = '1'] = entry.split(':')
      return [name, [dimension, Number(factor)]]
    }),
)

/** The amount that begins at a cell: a number, with its unit where one follows. */
export function amountAt(cells: readonly Cell[], at: number): Quantity | null {
  const sum = moneyBefore(cells, at) ?? indefinite(cells, at)
  if (sum !== null) return sum
  const read = numberAt(cells, at)
  if (read === null) return null
  const { value, length, unit } = read
  const follower = cells[at + length]
  const name = unit ?? (follower === undefined ? '' : unitName(follower))
  const isOwn = unit !== null
  const measure = name === '' ? null : measureOf(value, name)
  if (measure !== null) return amount(length + (isOwn ? 0 : 1), [`q:${measure}`])
  if (unit !== null) return amount(length, [`n:${value}${unit}`])
  return singularOf(follower?.norm ?? '') === 'time'
    ? amount(length + 1, [`n:${value} times`])
    : amount(length, [`n:${value}`])
}

/** A number and a unit as one measure in the unit's base: "2 weeks" as `s1209600`. */
export function measureOf(value: number, unit: string): string | null {
  const [dimension, factor] = UNITS.get(unit) ?? []
  if (dimension === undefined || factor === undefined) return null
  return `${dimension}${Number((value * factor).toPrecision(12))}`
}

export function isUnit(norm: string): boolean {
  return UNITS.has(singularOf(norm))
}

/** The value of a cell that is a whole number by itself, in digits or words. */
export function numberOf(cell: Cell | undefined): number | null {
  if (cell === undefined) return null
  const written = NUMBER_WORDS.get(cell.norm)
  if (written !== undefined) return Number(written)
  if (cell.kind !== 'number' || !/^\d+(?:\.\d+)?$/.test(cell.norm)) return null
  return Number(cell.norm)
}

export function singularOf(norm: string): string {
  return UNITS.has(norm) ? norm : norm.replace(/(?<=[^s])s$/, '')
}

function unitName({ norm, text }: Cell): string {
  return UNITS.has(text.toLowerCase()) ? text.toLowerCase() : singularOf(norm)
}

interface ReadNumber {
  readonly value: number
  readonly length: number
  /** Written onto the number: "10GB", "20%", "$5". */
  readonly unit: string | null
}

const WRITTEN = /^([$€£]?)(\d+(?:\.\d+)?)([\p{L}%]*)$/u
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  '100': 100,
  thousand: 1000,
  '1000': 1000,
  million: 1e6,
  billion: 1e9,
}

function numberAt(cells: readonly Cell[], at: number): ReadNumber | null {
  const cell = cells[at]
  if (cell === undefined) return null
  const word = NUMBER_WORDS.get(cell.norm) ?? (cell.kind === 'number' ? cell.norm : null)
  const [, sign = '', digits, tail = ''] = WRITTEN.exec(word ?? '') ?? []
  if (digits === undefined) return null
  let value = Number(digits)
  let length = 1
  const isWord = !/\d/.test(cell.text) || cell.gap === '-' || NUMBER_WORDS.has(cell.norm)
  const ones = cells[at + 1]
  const next = ones === undefined || ones.gap.trim() !== '-' ? null : numberOf(ones)
  if (isWord && value >= 20 && value % 10 === 0 && next !== null && next < 10) {
    value += next
    length += 1
  }
  const scale = tail === '' ? scaleOf(cells[at + length], value) : null
  if (scale !== null) {
    value *= scale
    length += 1
  }
  const factor = /^(?:k|m|bn)$/.test(tail) && (sign !== '' || tail !== 'm')
  if (factor) value *= { k: 1e3, m: 1e6, bn: 1e9 }[tail] ?? 1
  const unit = sign === '' ? (tail === '' || factor ? null : tail) : sign
  return { value, length, unit }
}

function scaleOf(cell: Cell | undefined, value: number): number | null {
  if (cell === undefined || /[,.;]/.test(cell.gap) || /^\d/.test(cell.text)) return null
  const scale = SCALES[cell.norm]
  return scale === undefined || value >= scale ? null : scale
}

/** "EUR 20". */
function moneyBefore(cells: readonly Cell[], at: number): Quantity | null {
  const code = cells[at]?.norm ?? ''
  if (!/^(?:usd|eur|gbp|chf)$/.test(code)) return null
  const read = numberAt(cells, at + 1)
  const measure = read === null || read.unit !== null ? null : measureOf(read.value, code)
  return read === null || measure === null ? null : amount(read.length + 1, [`q:${measure}`])
}

/** "a week", "an hour", "half an hour", "a dozen", "a hundred". */
function indefinite(cells: readonly Cell[], at: number): Quantity | null {
  const word = cells[at]?.norm ?? ''
  if (word === 'half' && /^an?$/.test(cells[at + 1]?.norm ?? '')) {
    const measure = measureOf(0.5, singularOf(cells[at + 2]?.norm ?? ''))
    return measure === null ? null : amount(3, [`q:${measure}`])
  }
  if (!/^an?$/.test(word)) return null
  const next = cells[at + 1]
  const scale =
    SCALES[next?.norm ?? ''] ?? (next?.norm === 'dozen' || next?.norm === '12' ? 12 : undefined)
  if (scale !== undefined && !/^\d/.test(next?.text ?? '')) return amount(2, [`n:${scale}`])
  const measure = next === undefined ? null : measureOf(1, next.norm)
  return measure === null || !/^(?:s|month)\d/.test(measure) ? null : amount(2, [`q:${measure}`])
}

function amount(length: number, keys: readonly string[]): Quantity {
  return { length, keys, kind: 'amount' }
}
