import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { diskFull, refusedAccess, UnconfirmedWrite } from '../system-errors.ts'
import { damaged } from './upkeep/damaged-rows.ts'

const BUSY = 5
const LOCKED = 6
const READ_ONLY = 8
const IO_ERROR = 10
const CORRUPT = 11
const FULL = 13
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26

/** Of I/O errors, by their second byte: write, fsync, of a folder, truncate, delete. */
const FAILED_WRITES: readonly number[] = [3, 4, 5, 6, 10]

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
      return diskFull(path, error)
    case READ_ONLY:
    case CANNOT_OPEN:
      return refusedAccess(whyRefused(path, error), path)
    case IO_ERROR:
      return isFailedWrite(error) ? new UnconfirmedWrite(path, error) : unreadable(path, error)
    case CORRUPT:
      return damaged(`${path} is damaged.`, error)
    case NOT_A_DATABASE:
      return damaged(`${path} is damaged or not a database of Reverie.`, error)
    default:
      return unreadable(path, error)
  }
}

/** SQLite says only that it may not: the system knows why. */
function whyRefused(path: string, cause: unknown): unknown {
  try {
    for (const place of [path, dirname(path)]) accessSync(place, constants.R_OK | constants.W_OK)
  } catch (error) {
    return error
  }
  return Object.assign(new Error('SQLite may not write.', { cause }), { code: 'EACCES' })
}

function unreadable(path: string, cause: unknown): ReverieError {
  return new ReverieError('api_error', `SQLite could not read or write ${path}.`, {
    cause,
    next: 'Look at the folder and at its disk; `--verbose` shows what SQLite said.',
  })
}

/** The disk refused what was written, or to keep it. */
function isFailedWrite(error: unknown): boolean {
  const isSqlite = error instanceof Error && 'errcode' in error
  return isSqlite && FAILED_WRITES.includes(Number(error.errcode) >> 8)
}

/** SQLite's primary result code; null = not an error of SQLite. */
function codeOf(error: unknown): number | null {
  const isSqlite = error instanceof Error && 'errcode' in error
  return isSqlite && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
