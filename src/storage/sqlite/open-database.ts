import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { refusedAccess } from '../system-errors.ts'
import { Database } from './database.ts'
import { migrate } from './migrations.ts'
import { sealWrittenRows } from './upkeep/row-digests.ts'

/**
 * Opens the file at its newest schema, made where it does not exist: durable to the full, readable
 * by its owner only. Throws `timeout_error` while another process prepares it. On a full disk it is
 * opened for this process alone, so that at least reading goes on.
 */
export function openDatabase(path: string): Database {
  makePrivateFile(path)
  try {
    return opened(path, 'with others')
  } catch (error) {
    // The index of the log has no room there; alone, SQLite keeps it in memory.
    if (!isFull(path)) throw error
    return opened(path, 'alone')
  }
}

function opened(path: string, how: 'with others' | 'alone'): Database {
  const db = new Database(path)
  try {
    if (how === 'alone') db.get('PRAGMA locking_mode = EXCLUSIVE')
    requireFullTextSearch(db)
    const mode = db.get<{ journal_mode: string }>('PRAGMA journal_mode = WAL')?.journal_mode
    if (mode !== 'wal') {
      throw new ReverieError('api_error', `${path} cannot be used in WAL mode.`, {
        next: 'Move the state folder to a local disk.',
      })
    }
    // WAL with NORMAL loses acknowledged writes in a power cut; FULL was measured to lose none.
    db.exec('PRAGMA synchronous = FULL')
    // What is erased is overwritten, in free pages too.
    db.exec('PRAGMA secure_delete = ON')
    migrate(db, path)
    sealWrittenRows(db)
    syncNames(path)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** SQLite gives `-wal` and `-shm` the mode of the database, so that one has to be right first. */
function makePrivateFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
  } catch (error) {
    throw refusedAccess(error, path)
  }
}

/** SQLite does this too, but keeps silent when it fails: then its log may be gone with the power. */
function syncNames(path: string): void {
  const descriptor = openSync(dirname(path), 'r')
  try {
    fsyncSync(descriptor)
  } catch (error) {
    throw refusedAccess(error, path)
  } finally {
    closeSync(descriptor)
  }
}

/** Less than SQLite needs to open a database for several processes. */
const ROOM_BYTES_MIN = 65_536

function isFull(path: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize < ROOM_BYTES_MIN
}

function requireFullTextSearch(db: Database): void {
  if (db.get(`SELECT 1 FROM pragma_module_list WHERE name = 'fts5'`) !== null) return
  throw new ReverieError(
    'api_error',
    `The SQLite of Node ${process.versions.node} has no full-text search (FTS5).`,
    { next: 'Run Reverie with Node 22.16 or newer.' },
  )
}
