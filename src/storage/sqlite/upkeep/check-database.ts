import { LIMITS } from '../../../config.ts'
import type { CheckOptions, DatabaseFindings } from '../../port/state-upkeep.ts'
import { Database } from '../database.ts'
import { SCHEMA_VERSION } from '../migrations.ts'
import { checkReferences } from './check-references.ts'
import { checkRows } from './check-rows.ts'
import { checkSchema } from './check-schema.ts'
import { checkSearchIndex } from './check-search-index.ts'
import { DamageList, reasonOf } from './damage-list.ts'

/**
 * Checks a database file on a connection of its own that writes nothing. Without `readData` its
 * structure and its references; with it every row against its digest and the search index against
 * the rows too.
 */
export function checkDatabase(path: string, options: CheckOptions): DatabaseFindings {
  const list = new DamageList()
  const db = opened(path, list)
  if (db === null) return { ...list.findings(), isOpenable: false }
  try {
    const version = versionOf(db, list)
    if (version === null || version > SCHEMA_VERSION)
      return { ...list.findings(), isOpenable: false }
    checkStructure(db, options, list)
    // An older one is brought up to date by the next command that opens it.
    if (version < SCHEMA_VERSION) return { ...list.findings(), isOpenable: true }
    list.during('schema', () => checkSchema(db, list))
    list.during('references', () => checkReferences(db, options, list))
    if (options.readData) {
      checkRows(db, options.tell, list)
      list.during('memory_search', () => checkSearchIndex(db, list))
    }
    return { ...list.findings(), isOpenable: true }
  } finally {
    db.close()
  }
}

function opened(path: string, list: DamageList): Database | null {
  try {
    return new Database(path, { isReadOnly: true })
  } catch (error) {
    list.add('database', `It does not open: ${reasonOf(error)}. Restore a backup.`)
    return null
  }
}

function versionOf(db: Database, list: DamageList): number | null {
  try {
    const version = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
    if (version > SCHEMA_VERSION) {
      list.add(
        'database',
        `It has schema version ${version}; this release knows up to ${SCHEMA_VERSION}. Install a newer release, or restore a backup.`,
      )
    }
    return version
  } catch (error) {
    list.add('database', `It cannot be read: ${reasonOf(error)}. Restore a backup.`)
    return null
  }
}

/** Pages, indexes, constraints; the words of SQLite name tables and pages, never contents. */
function checkStructure(db: Database, { readData, tell }: CheckOptions, list: DamageList): void {
  const pragma = readData ? 'integrity_check' : 'quick_check'
  tell('pages of the database', 0, 1)
  list.during('database', () => {
    const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
    list.count('pages', pages)
    const rows = db.all<Readonly<Record<string, string>>>(
      `PRAGMA ${pragma}(${LIMITS.damagesToldMax})`,
    )
    for (const text of rows.flatMap((row) => Object.values(row))) {
      if (text !== 'ok') list.add('database', text)
    }
  })
  tell('pages of the database', 1, 1)
}
