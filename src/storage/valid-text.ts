import { ReverieError } from '../core/errors.ts'
import type { PortCall } from './intercept-storage.ts'

/**
 * Refuses a port call that carries half a surrogate pair, which UTF-8 cannot hold: a storage would
 * keep another text than it was given. Every other character, NUL included, is kept as it is.
 * A search query is never stored, so any is legal. Throws `invalid_request_error`.
 */
export function requireValidText({ name, args }: PortCall): void {
  const checked = name === 'memories.search' ? args.slice(0, 1) : args
  if (checked.every(isValid)) return
  throw new ReverieError(
    'invalid_request_error',
    `A text given to ${name} holds half a surrogate pair and cannot be stored as UTF-8.`,
    { next: 'Replace it at the source, for example with `toWellFormed()`.' },
  )
}

function isValid(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isValid)
  return Object.entries(value).every(([key, nested]) => key.isWellFormed() && isValid(nested))
}
