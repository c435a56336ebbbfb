import fc, { type Arbitrary } from 'fast-check'
import { isObject } from './json-schema.ts'

/** One thing done to one place of a value. */
export interface Spoil {
  /** Which place, counted through the value. */
  readonly at: number
  readonly act: 'put' | 'remove' | 'add' | 'stretch' | 'rename'
  readonly value: unknown
  readonly size: number
}

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { a: value }
  return value
}

/** What does not belong almost anywhere. */
const strangers: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      1e308,
      -0,
      2 ** 53,
      1e21,
      '',
      '\u0000',
      '\ud800',
      'x\udfffy',
      [],
      {},
    ],
    ...[[null], { type: null }, { type: 'x' }, '9'.repeat(400), nested(50), nested(99), [[]], [{}]],
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Sizes at which limits end. */
const SIZES = [1, 9, 17, 21, 51, 65, 101, 129, 256, 257, 513, 1_001, 1_025, 2_049, 4_097, 102_401]

export const spoils: Arbitrary<readonly Spoil[]> = fc.array(
  fc.record({
    at: fc.nat({ max: 200 }),
    act: fc.constantFrom('put', 'remove', 'add', 'stretch', 'rename'),
    value: strangers,
    size: fc.constantFrom(...SIZES),
  }),
  { minLength: 1, maxLength: 3 },
)

/** The value with these things done to it. */
export function spoiled(value: unknown, acts: readonly Spoil[]): unknown {
  return acts.reduce<unknown>(
    (now, act) => spoiledOnce(now, act, { left: act.at % placesIn(now) }),
    value,
  )
}

function placesIn(value: unknown): number {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return inner.reduce<number>((sum, one) => sum + placesIn(one), 1)
}

function spoiledOnce(value: unknown, act: Spoil, count: { left: number }): unknown {
  if (count.left === 0) {
    count.left = -1
    return changed(value, act)
  }
  count.left -= 1
  if (Array.isArray(value)) return value.map((item) => goOn(item, act, count))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, goOn(field, act, count)]),
  )
}

function goOn(value: unknown, act: Spoil, count: { left: number }): unknown {
  return count.left < 0 ? value : spoiledOnce(value, act, count)
}

function changed(value: unknown, act: Spoil): unknown {
  if (act.act === 'put') return act.value
  if (act.act === 'stretch') return stretched(value, act)
  if (Array.isArray(value)) return act.act === 'remove' ? value.slice(1) : [...value, act.value]
  if (!isObject(value)) return act.value
  if (act.act === 'add') return { ...value, [`more_${act.size}`]: act.value }
  const fields = Object.entries(value)
  const chosen = act.at % Math.max(fields.length, 1)
  return Object.fromEntries(
    act.act === 'remove'
      ? fields.filter((_, n) => n !== chosen)
      : fields.map(([name, field], n) => [n === chosen ? `${name}_` : name, field]),
  )
}

const LIST_MAX = 1_001

function stretched(value: unknown, { size, value: stranger }: Spoil): unknown {
  if (typeof value === 'number') return value * size
  if (typeof value === 'string') {
    const text = value === '' ? 'x' : value
    return text.repeat(Math.ceil(size / text.length)).slice(0, size)
  }
  if (!Array.isArray(value)) return stranger
  const items = value.length === 0 ? [stranger] : value
  return Array.from({ length: Math.min(size, LIST_MAX) }, (_, n) => items[n % items.length])
}
