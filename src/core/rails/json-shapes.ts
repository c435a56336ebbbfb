/** Reads one value of unknown JSON; throws `Refused` for anything but its own shape. */
export type Shape<T> = (raw: unknown) => T

/** Said of JSON that is not what it should be; the message names the place, never the content. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

export function text(charsMax: number): Shape<string> {
  return (raw) => {
    if (typeof raw !== 'string' || raw.length > charsMax) throw new Refused('a text')
    return raw
  }
}

export const flag: Shape<boolean> = (raw) => {
  if (typeof raw !== 'boolean') throw new Refused('true or false')
  return raw
}

export const count: Shape<number> = (raw) => {
  if (!Number.isSafeInteger(raw) || (raw as number) < 0) throw new Refused('a count')
  return raw as number
}

export function oneOf<T extends string>(words: readonly T[]): Shape<T> {
  return (raw) => {
    const known = words.find((word) => word === raw)
    if (known === undefined) throw new Refused('one of a few words')
    return known
  }
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (raw) => (raw === null ? null : shape(raw))
}

export function list<T>(shape: Shape<T>, itemsMax: number): Shape<readonly T[]> {
  return (raw) => {
    if (!Array.isArray(raw) || raw.length > itemsMax) throw new Refused('a list')
    return Array.from(raw, shape)
  }
}

/** Exactly these fields, no more and no less, on a plain object of its own. */
export function fields<T extends object>(
  shapes: { readonly [K in keyof T]: Shape<T[K]> },
): Shape<T> {
  const names = Object.keys(shapes)
  return (raw) => {
    if (!isPlain(raw)) throw new Refused('an object')
    if (Reflect.ownKeys(raw).length !== names.length) throw new Refused('its own fields')
    const entries = names.map((name) => {
      if (!Object.hasOwn(raw, name)) throw new Refused('its own fields')
      const shape = shapes[name as keyof T] as Shape<unknown>
      return [name, shape(raw[name])] as const
    })
    return Object.fromEntries(entries) as T
  }
}

/** The shape that the field `by` of an object names. */
export function variant<T>(by: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  return (raw) => {
    const word = isPlain(raw) && Object.hasOwn(raw, by) ? raw[by] : undefined
    const shape = typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined
    if (shape === undefined) throw new Refused('one of a few kinds')
    return shape(raw)
  }
}

function isPlain(raw: unknown): raw is Readonly<Record<string, unknown>> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false
  const prototype: unknown = Object.getPrototypeOf(raw)
  return prototype === Object.prototype || prototype === null
}
