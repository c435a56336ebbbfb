import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import { queuedStorage, type StoragePorts } from '../queued-storage.ts'
import type { Storage } from '../storage.ts'
import { type Access, TransactionQueue } from '../transaction-queue.ts'
import { sqliteCounters } from './counters.ts'
import { Database } from './database.ts'
import { sqliteDreams } from './dreams.ts'
import { sqliteLedger } from './ledger.ts'
import { sqliteMemories } from './memories.ts'
import { sqliteMemoryStores } from './memory-stores.ts'
import { migrate } from './migrations.ts'
import { sqliteSessions } from './sessions.ts'
import { retryWhileBusy, SqliteConnection } from './sqlite-connection.ts'
import { sqliteStepResults } from './step-results.ts'
import { sqliteUnits } from './units.ts'

export interface SqliteStorageOptions {
  /** The database file; it and its folder are made where they do not exist. */
  readonly path: string
  readonly workspaceId: WorkspaceId
  /** How long a call waits while another process writes, before it throws `timeout_error`. */
  readonly busyTimeoutMs: number
}

/**
 * Opens the embedded storage: one SQLite file, readable by its owner only. Several processes may
 * have it open. A write is on the disk when its promise resolves.
 */
export async function openSqliteStorage(options: SqliteStorageOptions): Promise<Storage> {
  const { path, workspaceId, busyTimeoutMs } = options
  makePrivateFile(path)
  const db = await retryWhileBusy(() => openDatabase(path), busyTimeoutMs)
  const queue = new TransactionQueue(new SqliteConnection(db, busyTimeoutMs))
  return queuedStorage(queue, sqlitePorts, workspaceId)
}

function sqlitePorts(access: Access<Database>, workspaceId: WorkspaceId): StoragePorts {
  return {
    stores: sqliteMemoryStores(access, workspaceId),
    memories: sqliteMemories(access, workspaceId),
    units: sqliteUnits(access, workspaceId),
    sessions: sqliteSessions(access, workspaceId),
    dreams: sqliteDreams(access, workspaceId),
    ledger: sqliteLedger(access, workspaceId),
    counters: sqliteCounters(access, workspaceId),
    steps: sqliteStepResults(access, workspaceId),
  }
}

/** SQLite gives `-wal` and `-shm` the mode of the database, so that one has to be right first. */
function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

function openDatabase(path: string): Database {
  const db = new Database(path)
  try {
    requireFullTextSearch(db)
    const mode = db.get<{ journal_mode: string }>('PRAGMA journal_mode = WAL')?.journal_mode
    if (mode !== 'wal') {
      throw new ReverieError('api_error', `${path} cannot be used in WAL mode.`, {
        next: 'Move the state folder to a local disk.',
      })
    }
    // WAL with NORMAL loses acknowledged writes in a power cut; FULL was measured to lose none.
    db.exec('PRAGMA synchronous = FULL')
    migrate(db, path)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function requireFullTextSearch(db: Database): void {
  if (db.get(`SELECT 1 FROM pragma_module_list WHERE name = 'fts5'`) !== null) return
  throw new ReverieError(
    'api_error',
    `The SQLite of Node ${process.versions.node} has no full-text search (FTS5).`,
    { next: 'Run Reverie with Node 22.16 or newer.' },
  )
}
