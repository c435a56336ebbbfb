import { ReverieError } from '../../core/errors.ts'
import type { Database } from './database.ts'
import { INITIAL_SCHEMA } from './migrations/0001-initial.ts'
import { WORDED_BY_MODEL } from './migrations/0002-worded-by-model.ts'
import { MEMORIES_OF_THE_SERVER } from './migrations/0003-memories-of-the-server.ts'
import { HOSTED_DREAMS } from './migrations/0004-hosted-dreams.ts'
import { LABELS } from './migrations/0005-labels.ts'
import { DIGESTS_AND_RETENTION } from './migrations/0006-digests-and-retention.ts'
import { sealAllRows } from './upkeep/row-digests.ts'

/** In order and never edited once released: number n takes a database from version n-1 to n. */
const MIGRATIONS: readonly string[] = [
  INITIAL_SCHEMA,
  WORDED_BY_MODEL,
  MEMORIES_OF_THE_SERVER,
  HOSTED_DREAMS,
  LABELS,
  DIGESTS_AND_RETENTION,
]

/** The version that a database has after all migrations. */
export const SCHEMA_VERSION: number = MIGRATIONS.length

/**
 * Brings a database to the newest version, each migration in a transaction of its own. Throws
 * `invalid_request_error` for a database of a newer release or of another program.
 */
export function migrate(db: Database, path: string): void {
  while (versionOf(db) !== MIGRATIONS.length) {
    // A table that is made anew is gone for a while, and a transaction cannot turn this off.
    db.exec('PRAGMA foreign_keys = OFF')
    try {
      migrateInTransaction(db, path)
    } finally {
      db.exec('PRAGMA foreign_keys = ON')
    }
  }
}

function migrateInTransaction(db: Database, path: string): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    migrateOnce(db, path)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

/** Asks for the version again: another process may have been faster. */
function migrateOnce(db: Database, path: string): void {
  const version = versionOf(db)
  if (version > MIGRATIONS.length) {
    throw new ReverieError(
      'invalid_request_error',
      `${path} has schema version ${version}; this release knows up to ${MIGRATIONS.length}.`,
      { next: 'Install a newer release of Reverie, or use another state folder.' },
    )
  }
  const migration = MIGRATIONS[version]
  if (migration === undefined) return
  if (version === 0 && db.get('SELECT 1 FROM sqlite_schema LIMIT 1') !== null) {
    throw new ReverieError('invalid_request_error', `${path} belongs to another program.`, {
      next: 'Use another state folder.',
    })
  }
  db.exec(migration)
  requireWholeReferences(db, path)
  if (version + 1 === MIGRATIONS.length) sealAllRows(db)
  db.exec(`PRAGMA user_version = ${version + 1}`)
}

/** What the foreign keys would have refused if they had been on. */
function requireWholeReferences(db: Database, path: string): void {
  if (db.get('SELECT 1 FROM pragma_foreign_key_check LIMIT 1') === null) return
  throw new ReverieError('api_error', `${path} has rows that refer to rows that are not there.`, {
    next: 'Go back with `reverie restore <backup> --replace`: the old state moves aside.',
  })
}

function versionOf(db: Database): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
}
