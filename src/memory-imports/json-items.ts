import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import type { JsonObject } from '../core/text/parsed-json.ts'

export { asObject, type JsonObject } from '../core/text/parsed-json.ts'

/** Null = no list. */
export function asList(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** The first of these fields that is a text with something in it; null = none is. */
export function textIn(of: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(of, name) ? of[name] : undefined
    if (typeof value === 'string' && value.trim() !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return null
}

/** The fields without the named ones and without those that say nothing. */
export function without(of: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(of).filter(([name, value]) => {
      return !names.includes(name) && value !== null && value !== '' && value !== undefined
    }),
  )
}

/** Throws `request_too_large` for a list with more items than one import takes. */
export function bounded(items: readonly unknown[], what: string): readonly unknown[] {
  if (items.length <= LIMITS.importedItemsMax) return items
  throw new ReverieError(
    'request_too_large',
    `The file holds ${items.length} ${what}; one import takes ${LIMITS.importedItemsMax}.`,
    { next: 'Split the file, and import each part.' },
  )
}

/** An item that is not what it has to be; `where` says which one. */
export function wrongItem(where: string, what: string): ReverieError {
  return new ReverieError('invalid_request_error', `${where} ${what}.`, {
    next: 'Mend or take out the item; nothing was imported.',
  })
}
