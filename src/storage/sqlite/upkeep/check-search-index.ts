import { Database } from '../database.ts'
import type { DamageList } from './damage-list.ts'

const ROWS_AT_ONCE = 200

/** Where each word stands, and how long each text is: all that the index says. */
const WORDS = 'SELECT term, doc, col, "offset" FROM'
const SIZES = 'SELECT id, hex(sz), 0, 0 FROM'

/** Makes the index anew beside the database and compares every word's place. */
export function checkSearchIndex(db: Database, list: DamageList): void {
  const path = db.get<{ file: string }>("SELECT file FROM pragma_database_list WHERE name = 'main'")
  // A temporary file: the index of a large store has no place in RAM.
  const fresh = new Database('')
  try {
    fresh.run('ATTACH ? AS live', readOnlyUrl(path?.file ?? ''))
    build(fresh)
    list.count('words of the search index', amount(fresh, `${WORDS} temp.live_words`))
    const isEqual =
      isWithin(fresh, `${WORDS} temp.live_words`, `${WORDS} temp.own_words`) &&
      isWithin(fresh, `${WORDS} temp.own_words`, `${WORDS} temp.live_words`) &&
      isWithin(
        fresh,
        `${SIZES} live.memory_search_docsize`,
        `${SIZES} main.memory_search_docsize`,
      ) &&
      isWithin(fresh, `${SIZES} main.memory_search_docsize`, `${SIZES} live.memory_search_docsize`)
    if (!isEqual) {
      list.add('memory_search', 'The index of the search is not that of the memories.')
    }
  } finally {
    fresh.close()
  }
}

function build(fresh: Database): void {
  const sql = `SELECT sql FROM live.sqlite_schema WHERE name = 'memory_search'`
  fresh.exec(fresh.get<{ sql: string }>(sql)?.sql ?? '')
  fresh.exec(`
    CREATE VIRTUAL TABLE temp.live_words USING fts5vocab ('live', 'memory_search', 'instance');
    CREATE VIRTUAL TABLE temp.own_words USING fts5vocab ('main', 'memory_search', 'instance');
    BEGIN`)
  for (let after = -1; ; ) {
    const last = fresh.get<{ id: number | null }>(
      `SELECT max(search_id) AS id FROM (SELECT search_id FROM live.memories
        WHERE search_id > ? ORDER BY search_id LIMIT ?)`,
      after,
      ROWS_AT_ONCE,
    )?.id
    if (last === null || last === undefined) break
    fresh.run(
      `INSERT INTO main.memory_search (rowid, path, content)
        SELECT m.search_id, m.path, v.content FROM live.memories m JOIN live.memory_versions v
          ON v.workspace_id = m.workspace_id AND v.id = m.version_id
        WHERE m.search_id > ? AND m.search_id <= ? ORDER BY m.search_id`,
      after,
      last,
    )
    after = last
  }
  fresh.exec('COMMIT')
}

function isWithin(fresh: Database, some: string, all: string): boolean {
  return fresh.get(`${some} EXCEPT ${all} LIMIT 1`) === null
}

function amount(fresh: Database, sql: string): number {
  return fresh.get<{ n: number }>(`SELECT count(*) AS n FROM (${sql})`)?.n ?? 0
}

function readOnlyUrl(path: string): string {
  return `file:${encodeURI(path).replaceAll('?', '%3f').replaceAll('#', '%23')}?mode=ro`
}
