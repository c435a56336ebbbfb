import type { Database } from '../database.ts'

/** A table whose rows carry a digest of all their other columns. */
export interface DigestedTable {
  readonly name: string
  /** Without the digest. */
  readonly columns: readonly string[]
  /** What finds a row again: `rowid`, or the columns of the primary key where there is none. */
  readonly rowKey: readonly string[]
}

const TABLES = `
  SELECT DISTINCT t.name, t.wr FROM pragma_table_list t, pragma_table_info(t.name) c
  WHERE t.schema = 'main' AND t.type = 'table' AND c.name = 'digest' ORDER BY t.name`

/** The tables with digests as the file has them. */
export function digestedTables(db: Database): readonly DigestedTable[] {
  return db.all<{ name: string; wr: number }>(TABLES).map(({ name, wr }) => {
    const all = db.all<{ name: string; pk: number }>(
      'SELECT name, pk FROM pragma_table_info(?)',
      name,
    )
    const key = all.filter(({ pk }) => pk > 0).map((column) => column.name)
    const columns = all.map((column) => column.name).filter((column) => column !== 'digest')
    return { name, columns, rowKey: wr === 1 ? key : ['rowid'] }
  })
}

/** The digest of a row as it is now; `row` names it: `NEW`, `OLD`, or the table. */
export function digestSql({ columns }: DigestedTable, row: string): string {
  return `row_digest(json_array(${columns.map((column) => `${row}.${column}`).join(', ')}))`
}

/** Gives every row the digest of what it holds. Only for rows that nobody could have damaged yet. */
export function sealAllRows(db: Database): void {
  for (const table of digestedTables(db)) {
    db.exec(`UPDATE ${table.name} SET digest = ${digestSql(table, table.name)}`)
  }
}

/**
 * From now on every row that this connection writes gets its digest. Temporary triggers, so that
 * the file holds no name of a function of ours and stays readable for everybody. A row that is
 * damaged before it is changed keeps its old digest: a change does not make damage whole.
 */
export function sealWrittenRows(db: Database): void {
  db.exec(digestedTables(db).map(triggers).join('\n'))
}

function triggers(table: DigestedTable): string {
  const { name, columns, rowKey } = table
  const isSame = rowKey.map((column) => `${column} = NEW.${column}`).join(' AND ')
  const seal = `UPDATE ${name} SET digest = ${digestSql(table, 'NEW')} WHERE ${isSame};`
  return `
    CREATE TEMP TRIGGER seal_new_${name} AFTER INSERT ON main.${name} BEGIN ${seal} END;
    CREATE TEMP TRIGGER seal_changed_${name} AFTER UPDATE OF ${columns.join(', ')} ON main.${name}
      WHEN OLD.digest IS ${digestSql(table, 'OLD')} BEGIN ${seal} END;`
}
