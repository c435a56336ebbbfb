import { ReverieError } from '../../core/errors.ts'
import { pathProblems } from '../../core/memory-path.ts'

/** Throws `invalid_request_error` unless a prefix is `/`, or a folder's path with `/` at its end. */
export function assertPrefix(prefix: string): void {
  const isFolder = prefix.endsWith('/') && pathProblems(prefix.slice(0, -1)).length === 0
  if (prefix === '/' || isFolder) return
  throw new ReverieError('invalid_request_error', 'The path prefix names no folder.', {
    next: 'Begin and end it with "/": `/notes/`.',
  })
}
