import { existsSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { isReverieError } from '../../../core/errors.ts'
import { Database } from '../database.ts'

/**
 * Whether somebody else has a database open, also one who is idle: SQLite leaves its log only when
 * nobody else is there. For a file that is no database any more the system is asked, where it tells.
 */
export function isDatabaseInUse(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    const db = new Database(path)
    try {
      db.exec('PRAGMA busy_timeout = 0')
      const mode = db.get<{ journal_mode: string }>('PRAGMA journal_mode = DELETE')?.journal_mode
      return mode === 'wal'
    } finally {
      db.close()
    }
  } catch (error) {
    return isReverieError(error, 'timeout_error') || isHeldOpen(path)
  }
}

/** By the descriptors of all processes that this one may look at. */
function isHeldOpen(path: string): boolean {
  const real = realpathSync(path)
  const others = entries('/proc').filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
  return others.some((pid) => entries(`/proc/${pid}/fd`).some((fd) => target(pid, fd) === real))
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function target(pid: string, fd: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`)
  } catch {
    return null
  }
}
