import { isReverieError, ReverieError } from '../../../core/errors.ts'
import { Database } from '../database.ts'
import { retryWhileBusy } from '../sqlite-connection.ts'

/**
 * Writes the file anew without its free pages and empties its log, so that no byte of what was
 * deleted is left in either. Other connections may stay open. Returns the files that could not be
 * cleaned while somebody read them.
 */
export async function settleFile(path: string, timeoutMs: number): Promise<readonly string[]> {
  const db = new Database(path)
  try {
    db.exec('PRAGMA secure_delete = ON')
    await retryWhileBusy(() => db.exec('VACUUM'), timeoutMs)
    await retryWhileBusy(() => emptyLog(db), timeoutMs)
    return []
  } catch (error) {
    if (!isReverieError(error, 'timeout_error')) throw error
    return [path, `${path}-wal`]
  } finally {
    db.close()
  }
}

/** Throws as a busy file does while somebody still reads an older state. */
function emptyLog(db: Database): void {
  const done = db.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')
  if (done?.busy !== 1) return
  throw new ReverieError('timeout_error', 'Another process still reads the log of the database.')
}
