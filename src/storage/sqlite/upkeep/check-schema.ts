import { Database } from '../database.ts'
import { migrate } from '../migrations.ts'
import type { DamageList } from './damage-list.ts'

const OBJECTS = `
  SELECT type || ' ' || name AS name, coalesce(sql, '') AS sql FROM sqlite_schema
  WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'`

/** Tables and indexes as this release makes them, word for word. */
export function checkSchema(db: Database, list: DamageList): void {
  const present = objectsOf(db)
  const wanted = wantedObjects()
  list.count('tables and indexes', present.size)
  for (const [name, sql] of wanted) {
    if (!present.has(name)) list.add(name, 'It is not there.')
    else if (present.get(name) !== sql) list.add(name, 'It is not as this release makes it.')
  }
  for (const name of present.keys()) {
    if (!wanted.has(name)) list.add(cleanName(name), 'It is none of this release.')
  }
}

/** A name as it may be told: what is damaged may hold anything. */
export function cleanName(name: string): string {
  return name.replace(/[^\w .:/@-]/g, '?').slice(0, NAME_CHARS_MAX)
}

const NAME_CHARS_MAX = 120

function wantedObjects(): ReadonlyMap<string, string> {
  const fresh = new Database(':memory:')
  try {
    migrate(fresh, ':memory:')
    return objectsOf(fresh)
  } finally {
    fresh.close()
  }
}

function objectsOf(db: Database): ReadonlyMap<string, string> {
  return new Map(db.all<{ name: string; sql: string }>(OBJECTS).map(({ name, sql }) => [name, sql]))
}
