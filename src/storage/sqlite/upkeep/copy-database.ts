import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { ReverieError } from '../../../core/errors.ts'
import { Database } from '../database.ts'
import { retryWhileBusy } from '../sqlite-connection.ts'

/**
 * Writes one consistent state of a database into a new file, readable by its owner only and on the
 * disk when the promise resolves. Everything that was committed before the call is in it; other
 * connections go on writing meanwhile. Free pages, and with them erased texts, are not copied.
 */
export async function copyDatabase(from: string, to: string, busyTimeoutMs: number): Promise<void> {
  // SQLite fills an empty file; one that it makes itself is readable by others.
  closeSync(openSync(to, 'wx', 0o600))
  chmodSync(to, 0o600)
  const db = new Database(from)
  try {
    await retryWhileBusy(() => db.run('VACUUM INTO ?', to), busyTimeoutMs)
  } finally {
    db.close()
  }
  assertSound(to)
  const file = openSync(to, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function assertSound(path: string): void {
  const db = new Database(path, { isReadOnly: true })
  try {
    const found = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check
    if (found === 'ok') return
    throw new ReverieError('api_error', `The copy of the database is damaged: ${found}.`, {
      next: 'See what is damaged: `reverie verify --read-data`.',
    })
  } finally {
    db.close()
  }
}
