import { isReverieError, ReverieError } from '../../core/errors.ts'

const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const FULL = 13
const NOT_A_DATABASE = 26

/** Whether a translated error says that another process holds the lock a statement needs. */
export function isBusy(error: unknown): boolean {
  return isReverieError(error, 'timeout_error')
}

/**
 * Whether undoing failed because SQLite had rolled back by itself, as it does on a full disk or an
 * I/O error.
 */
export function isAlreadyUndone(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && /no transaction is active|no such savepoint/.test(cause.message)
}

/** An error of SQLite in our words; anything else as it is. */
export function translated(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case null:
      return error
    case BUSY:
    case LOCKED:
      return new ReverieError('timeout_error', `Another process is writing to ${path}.`, {
        cause: error,
        next: 'Run it again when the other command has ended.',
      })
    case FULL:
      return new ReverieError('api_error', `The disk that holds ${path} is full.`, {
        cause: error,
        next: 'Free some space and run it again; nothing was written.',
      })
    case CORRUPT:
    case NOT_A_DATABASE:
      return new ReverieError('api_error', `${path} is damaged or not a database of Reverie.`, {
        cause: error,
        next: 'Put it aside and restore a copy.',
      })
    default:
      return new ReverieError('api_error', `SQLite could not read or write ${path}.`, {
        cause: error,
      })
  }
}

/** SQLite's primary result code; null = not an error of SQLite. */
function codeOf(error: unknown): number | null {
  const isSqlite = error instanceof Error && 'errcode' in error
  return isSqlite && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
