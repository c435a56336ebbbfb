import type { JsonSchema } from '../models/model.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Undefined = not JSON. */
export function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The value with everything in it replaced, from the inside out; `key` is the nearest property's. */
export function replaced(
  value: Json,
  replace: (inner: Json, key: string) => Json,
  key: string = '',
): Json {
  if (Array.isArray(value)) {
    return replace(
      value.map((item: Json) => replaced(item, replace, key)),
      key,
    )
  }
  if (value === null || typeof value !== 'object') return replace(value, key)
  const entries = Object.entries(value).map(([name, inner]): [string, Json] => [
    name,
    replaced(inner, replace, name),
  ])
  return replace(Object.fromEntries(entries), key)
}

/** Replaces strings in which the model writes what it likes: all but the schema's fixed words. */
export function withStrings(
  value: Json,
  schema: JsonSchema,
  replace: (text: string, key: string) => Json,
): Json {
  const fixed = fixedWords(schema)
  return replaced(value, (inner, key) =>
    typeof inner === 'string' && !fixed.has(inner) ? replace(inner, key) : inner,
  )
}

/** Replaces the schema's fixed words. */
export function withFixedWords(
  value: Json,
  schema: JsonSchema,
  replace: (word: string) => Json,
): Json {
  const fixed = fixedWords(schema)
  return replaced(value, (inner) =>
    typeof inner === 'string' && fixed.has(inner) ? replace(inner) : inner,
  )
}

export function withIntegers(value: Json, replace: (integer: number) => Json): Json {
  return replaced(value, (inner) =>
    typeof inner === 'number' && Number.isInteger(inner) ? replace(inner) : inner,
  )
}

export function withLists(value: Json, replace: (list: readonly Json[]) => Json): Json {
  return replaced(value, (inner) => (Array.isArray(inner) ? replace(inner) : inner))
}

function fixedWords(schema: JsonSchema): ReadonlySet<string> {
  const words = new Set<string>()
  const collect = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'const' && typeof inner === 'string') words.add(inner)
      if (key === 'enum' && Array.isArray(inner)) {
        for (const word of inner) if (typeof word === 'string') words.add(word)
      }
      collect(inner)
    }
  }
  collect(schema)
  return words
}
