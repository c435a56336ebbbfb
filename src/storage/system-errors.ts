import { isReverieError, ReverieError } from '../core/errors.ts'

const NO_PERMISSION = 'Give yourself the permission to write there, then type the command again.'

/** What stood in the way, and what to do about it, by the operating system's name of the error. */
const REFUSALS: Readonly<Record<string, readonly [why: string, next: string]>> = {
  EACCES: ['permission is missing', NO_PERMISSION],
  EPERM: ['permission is missing', NO_PERMISSION],
  EROFS: ['the file system is read-only', 'Mount it for writing, then type the command again.'],
  EEXIST: ['the name is taken', 'Move away what has the name, then type the command again.'],
  ENOTDIR: ['a file stands in its way', 'Move the file away, then type the command again.'],
}

/** The operating system's name of an error; empty = none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

/**
 * An error of ours that names the file as people know it instead of the operating system's error,
 * whose path may be that of an open descriptor: `permission_error` where somebody forbids it,
 * `api_error` where the disk cannot. Every other error is handed back as it is.
 */
export function refusedAccess(error: unknown, name: string): unknown {
  const code = errorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(name, error)
  if (code === 'EIO') return new UnconfirmedWrite(name, error)
  const reason = REFUSALS[code]
  if (reason === undefined) return error
  const [why, next] = reason
  return new ReverieError('permission_error', `Cannot read or write "${name}": ${why}.`, {
    cause: error,
    next,
  })
}

/** There is no room, or the quota is used up. The same words wherever it happens. */
export function diskFull(name: string, cause: unknown): ReverieError {
  return new ReverieError('api_error', `The disk that holds "${name}" is full.`, {
    cause,
    next: 'Free some space, then type the command again: what was confirmed is kept.',
    details: { reason: DISK_FULL },
  })
}

/** In the details of such an error. */
const DISK_FULL = 'disk_full'

export function isDiskFull(error: unknown): boolean {
  return isReverieError(error, 'api_error') && error.details.reason === DISK_FULL
}

/**
 * The disk failed while it was told to keep something. Whether that is there is known only to who
 * opens it anew, so nothing may be confirmed any more.
 */
export class UnconfirmedWrite extends ReverieError {
  constructor(name: string, cause: unknown) {
    super('api_error', `The disk failed to keep what was written to "${name}".`, {
      cause,
      next: 'Check the disk, then type the command again: it first finishes or takes back what is left.',
    })
  }
}

/** Whoever has seen an `UnconfirmedWrite` confirms nothing more. */
export function stoppedAfterFailure(name: string, cause: unknown): ReverieError {
  return new ReverieError('api_error', `"${name}" is closed, because its disk failed.`, {
    cause,
    next: 'Check the disk, then start Reverie again: what was confirmed is kept.',
  })
}
