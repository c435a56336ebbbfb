import type { WorkspaceId } from '../../core/ids.ts'
import { type MakePorts, queuedStorage, type StoragePorts } from '../queued-storage.ts'
import type { Erasure, Storage } from '../storage.ts'
import { type Access, TransactionQueue } from '../transaction-queue.ts'
import { sqliteCounters } from './counters.ts'
import type { Database } from './database.ts'
import { sqliteDocuments } from './documents.ts'
import { sqliteDreams } from './dreams/dreams.ts'
import { sqliteErasure } from './erasure/erasure.ts'
import { settleFile } from './erasure/settle-file.ts'
import { sqliteLedger } from './ledger.ts'
import { sqliteLogs } from './logs.ts'
import { sqliteMemories } from './memories/memories.ts'
import { sqliteMemoryStores } from './memory-stores.ts'
import { openDatabase } from './open-database.ts'
import { sqliteSessions } from './sessions.ts'
import { retryWhileBusy, SqliteConnection } from './sqlite-connection.ts'
import { sqliteStepResults } from './step-results.ts'
import { sqliteUnits } from './units.ts'
import { readingRows } from './upkeep/damaged-rows.ts'
import { workspacesOf } from './workspaces.ts'

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
  const db = await retryWhileBusy(() => openDatabase(path), busyTimeoutMs)
  const queue = new TransactionQueue(new SqliteConnection(db, busyTimeoutMs))
  const settle = (): Promise<readonly string[]> => settleFile(path, busyTimeoutMs)
  const ports: MakePorts<Database> = (access, id) =>
    sqlitePorts(tellingDamage(access, path), id, settle)
  return queuedStorage(queue, ports, workspaceId)
}

/** The same access, with rows that hold what nobody wrote told as damage. */
function tellingDamage(access: Access<Database>, path: string): Access<Database> {
  return {
    read: (work) => access.read((db) => readingRows(path, () => work(db))),
    write: (work) => access.write((db) => readingRows(path, () => work(db))),
    transaction: (work) => access.transaction((inside) => work(tellingDamage(inside, path))),
    close: () => access.close(),
  }
}

function sqlitePorts(
  access: Access<Database>,
  workspaceId: WorkspaceId,
  settle: Erasure['settle'],
): StoragePorts {
  return {
    stores: sqliteMemoryStores(access, workspaceId),
    memories: sqliteMemories(access, workspaceId),
    units: sqliteUnits(access, workspaceId),
    sessions: sqliteSessions(access, workspaceId),
    dreams: sqliteDreams(access, workspaceId),
    ledger: sqliteLedger(access, workspaceId),
    counters: sqliteCounters(access, workspaceId),
    steps: sqliteStepResults(access, workspaceId),
    documents: sqliteDocuments(access, workspaceId),
    logs: sqliteLogs(access, workspaceId),
    erasure: sqliteErasure(access, workspaceId, settle),
    workspaces: () => access.read(workspacesOf),
  }
}
