import { existsSync, promises as fs, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ReverieError } from '../../core/errors.ts'
import { errorCode, refusedAccess } from '../system-errors.ts'
import { orNull } from './file-operations.ts'

const POLL_MS = 20
const FILE_MODE = 0o600
const SQLITE_BUSY = 5

/**
 * Takes the lock of a file, or waits for it; released by `await using`. It is a lock of SQLite on an
 * empty database, held by the kernel: it ends with its process, however that ends, and no number of
 * a process has to be believed. Throws `conflict_error` when another one holds it all the time.
 *
 * In the process that holds it nobody else may open and close the file: that would release it.
 */
export async function lockFolder(path: string, waitMs: number): Promise<AsyncDisposable> {
  const lock = openLock(path)
  const holderPath = `${path}.holder`
  try {
    for (let waitedMs = 0; !isTaken(lock); waitedMs += POLL_MS) {
      if (waitedMs >= waitMs) throw isHeld(await holderIn(holderPath))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    await fs.writeFile(holderPath, holder(), { mode: FILE_MODE })
  } catch (error) {
    lock.close()
    throw refusedAccess(error, dirname(path))
  }
  return {
    async [Symbol.asyncDispose]() {
      // Before the lock is free, or it would be the next one's.
      await fs.rm(holderPath, { force: true }).finally(() => lock.close())
    },
  }
}

function openLock(path: string): DatabaseSync {
  try {
    if (!existsSync(path)) writeFileSync(path, '', { flag: 'ax', mode: FILE_MODE })
  } catch (error) {
    // Another process was faster.
    if (errorCode(error) !== 'EEXIST') throw refusedAccess(error, dirname(path))
  }
  const lock = new DatabaseSync(path, { timeout: 0 })
  // Nothing is written, so nothing has to be kept beside it.
  lock.exec('PRAGMA journal_mode = MEMORY')
  return lock
}

/** Nothing is ever written into it: a transaction that could write is the lock. */
function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false
    throw error
  }
}

/** For people only. What an earlier holder left when it was killed is overwritten. */
function holder(): string {
  return `Process ${process.pid} (since ${new Date().toISOString()})`
}

async function holderIn(path: string): Promise<string> {
  const text = await orNull(fs.readFile(path, 'utf8'), 'ENOENT')
  const isWhole = text !== null && /^Process \d+ \(since [\d:.TZ-]+\)$/.test(text)
  return isWhole ? text : 'Another process'
}

function isHeld(by: string): ReverieError {
  return new ReverieError('conflict_error', `${by} is writing this memory folder.`, {
    next: 'Wait until it has ended, then type the command again.',
  })
}
