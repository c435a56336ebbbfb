import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '../transaction-queue.ts'
import type { Database } from './database.ts'
import { isAlreadyUndone, isBusy } from './sqlite-errors.ts'

/** How long SQLite itself waits for a lock, and how long the event loop then runs, in ms. */
const BLOCKING_WAIT_MS = 20
const FREE_WAIT_MS = 5

/**
 * One database as the connection of a `TransactionQueue`. While another process writes, it waits
 * in slices, so that the event loop goes on: that writer may be in this very process.
 */
export class SqliteConnection implements Connection<Database> {
  readonly data: Database
  readonly #busyTimeoutMs: number

  constructor(data: Database, busyTimeoutMs: number) {
    this.data = data
    this.#busyTimeoutMs = busyTimeoutMs
    data.exec(`PRAGMA busy_timeout = ${BLOCKING_WAIT_MS}`)
  }

  begin(kind: 'read' | 'write'): Promise<void> {
    const start = kind === 'write' ? beginWriting : beginReading
    return retryWhileBusy(() => start(this.data), this.#busyTimeoutMs)
  }

  commit(): void {
    this.data.run('COMMIT')
  }

  rollback(): void {
    undo(this.data, 'ROLLBACK')
  }

  nested<T>(work: (data: Database) => T): T {
    this.data.run('SAVEPOINT nested')
    try {
      const result = work(this.data)
      this.data.run('RELEASE nested')
      return result
    } catch (error) {
      undo(this.data, 'ROLLBACK TO nested; RELEASE nested')
      throw error
    }
  }

  /**
   * What is in the log goes into the database before the end. SQLite does that by itself, but keeps
   * silent when the disk fails then.
   */
  close(): void {
    try {
      if (!this.data.isStopped) this.data.get('PRAGMA wal_checkpoint(PASSIVE)')
    } finally {
      this.data.close()
    }
  }
}

/** Tries again while another process holds the lock, until `timeoutMs` have passed. */
export async function retryWhileBusy<T>(attempt: () => T, timeoutMs: number): Promise<T> {
  for (const deadline = performance.now() + timeoutMs; ; ) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
    await wait(FREE_WAIT_MS)
  }
}

function beginWriting(data: Database): void {
  data.run('BEGIN IMMEDIATE')
}

/** BEGIN alone pins nothing: the first read does, and so it belongs to the start. */
function beginReading(data: Database): void {
  data.run('BEGIN')
  try {
    data.get('SELECT 1 FROM sqlite_schema LIMIT 1')
  } catch (error) {
    undo(data, 'ROLLBACK')
    throw error
  }
}

function undo(data: Database, sql: string): void {
  // SQLite has taken it back, or will when it is closed.
  if (data.isStopped) return
  try {
    data.exec(sql)
  } catch (error) {
    if (!isAlreadyUndone(error)) throw error
  }
}
