import { ReverieError } from '../core/errors.ts'
import type { TextPlace, TextRow } from './storage.ts'

/** The audit tells no contents, and nobody rewrites it. */
export function requireErasable(place: TextPlace, keys: readonly TextRow['key'][]): void {
  if (place === 'line' && keys.some(([stream]) => stream === 'audit')) {
    throw new ReverieError('permission_error', 'Lines of the audit stay as they are.')
  }
}

/** Throws `invalid_request_error` for a place whose rows are not rewritten. */
export function requireRewritable(place: TextPlace): void {
  if (place !== 'version') return
  throw new ReverieError('invalid_request_error', 'A memory version is redacted, not rewritten.')
}
