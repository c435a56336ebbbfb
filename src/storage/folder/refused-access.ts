import { ReverieError } from '../../core/errors.ts'
import { errorCode } from './file-operations.ts'

const NO_PERMISSION = 'Give yourself the permission to write there, then type the command again.'
const NO_SPACE = 'Make room on its disk, then type the command again.'

/** What stood in the way, and what to do about it, by the operating system's name of the error. */
const REASONS: Readonly<Record<string, readonly [why: string, next: string]>> = {
  EACCES: ['permission is missing', NO_PERMISSION],
  EPERM: ['permission is missing', NO_PERMISSION],
  EROFS: ['the file system is read-only', 'Mount it for writing, then type the command again.'],
  ENOSPC: ['the disk is full', NO_SPACE],
  EDQUOT: ['the disk quota is used up', NO_SPACE],
  EEXIST: ['the name is taken', 'Move away what has the name, then type the command again.'],
  ENOTDIR: ['a file stands in its way', 'Move the file away, then type the command again.'],
}

/**
 * A `permission_error` that names the file as people know it instead of the operating system's
 * error, whose path may be that of an open descriptor; every other error is handed back as it is.
 */
export function refusedAccess(error: unknown, name: string): unknown {
  const reason = REASONS[errorCode(error)]
  if (reason === undefined) return error
  const [why, next] = reason
  return new ReverieError('permission_error', `Cannot read or write "${name}": ${why}.`, {
    cause: error,
    next,
  })
}

/** A file that its owner may not write is left to its owner. */
export function isReadOnly(mode: number): boolean {
  return (mode & 0o222) === 0
}

export function readOnlyFile(path: string): ReverieError {
  return new ReverieError('permission_error', `${path} is a read-only file.`, {
    next: 'Make it writable (`chmod u+w`), or reject the changes to it.',
  })
}
