import type { Tell } from '../../port/state-upkeep.ts'
import { type Database, type SqlValue, wholeText } from '../database.ts'
import { cleanName } from './check-schema.ts'
import { type DamageList, reasonOf } from './damage-list.ts'
import { type DigestedTable, digestedTables, digestSql } from './row-digests.ts'

const ROWS_AT_ONCE = 500
const EDITED = 'It is not as it was written: a bit has flipped, or another program changed it.'

/** Columns that name a row, where the primary key would tell words. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  sightings: ['lineage_id', 'session_id'],
}

/** Compares every row with its digest, a page at a time. */
export function checkRows(db: Database, tell: Tell, list: DamageList): void {
  const tables: DigestedTable[] = []
  list.during('schema', () => tables.push(...digestedTables(db)))
  for (const [n, table] of tables.entries()) {
    tell(`rows of ${table.name}`, n, tables.length)
    checkTable(db, table, list)
  }
  tell('rows', tables.length, tables.length)
}

/** By its rows; where a page of them cannot be read, one by one through the primary key. */
function checkTable(db: Database, table: DigestedTable, list: DamageList): void {
  const key = keyOf(db, table, list)
  if (key.length === 0) return
  try {
    let rows = 0
    const found: string[] = []
    for (const page of pagesOf(db, table, key)) {
      rows += page.length
      found.push(
        ...page.filter(({ is_whole }) => is_whole !== 1).map((row) => nameOf(table, key, row)),
      )
    }
    list.count(table.name, rows)
    for (const name of found) list.add(name, EDITED)
  } catch (error) {
    list.add(table.name, `Rows of it cannot be read: ${reasonOf(error)}.`)
    list.during(table.name, () => checkOneByOne(db, table, key, list))
  }
}

type Row = Readonly<Record<string, SqlValue>>

function keyOf(db: Database, { name }: DigestedTable, list: DamageList): readonly string[] {
  const sql = 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk'
  const columns: string[] = []
  list.during(name, () => columns.push(...db.all<{ name: string }>(sql, name).map((c) => c.name)))
  return columns
}

/** By place in the file where rows have one, which reads each page once; else by key. */
function* pagesOf(
  db: Database,
  table: DigestedTable,
  key: readonly string[],
): Generator<readonly Row[]> {
  const order = table.rowKey
  const named = [...new Set([...namesOf(table, key), ...key])]
  const isWhole = `t.digest IS ${digestSql(table, 't')} AS is_whole`
  const columns = [
    ...order.map((column) => `t.${column} AS at_${column}`),
    isWhole,
    ...named.map(read),
  ]
  const select = `SELECT ${columns.join(', ')} FROM ${table.name} t`
  for (let after: readonly SqlValue[] | null = null; ; ) {
    const rows: readonly Row[] = db.all<Row>(
      `${select} ${after === null ? '' : `WHERE ${behind(order)}`} ORDER BY ${order.join(', ')} LIMIT ?`,
      ...(after ?? []),
      ROWS_AT_ONCE,
    )
    yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return
    after = order.map((column) => last[`at_${column}`] ?? null)
  }
}

/** The index of the primary key names a row even where the row itself cannot be read. */
function checkOneByOne(
  db: Database,
  table: DigestedTable,
  key: readonly string[],
  list: DamageList,
): void {
  const keys = `SELECT ${key.join(', ')} FROM ${table.name}`
  const isEqual = key.map((column) => `t.${column} = ?`).join(' AND ')
  const one = `SELECT t.digest IS ${digestSql(table, 't')} AS is_whole FROM ${table.name} t WHERE ${isEqual}`
  for (let after: readonly SqlValue[] | null = null; ; ) {
    const rows: readonly Row[] = db.all<Row>(
      `${keys} ${after === null ? '' : `WHERE ${behind(key)}`} ORDER BY ${key.join(', ')} LIMIT ?`,
      ...(after ?? []),
      ROWS_AT_ONCE,
    )
    for (const row of rows) {
      const values = key.map((column) => row[column] ?? null)
      list.during(nameOf(table, key, row), () => {
        const found = db.get<{ is_whole: number }>(one, ...values)
        if (found?.is_whole !== 1) list.add(nameOf(table, key, row), EDITED)
      })
    }
    list.count(table.name, rows.length)
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return
    after = key.map((column) => last[column] ?? null)
  }
}

function behind(columns: readonly string[]): string {
  return `(${columns.join(', ')}) > (${columns.map(() => '?').join(', ')})`
}

function read(column: string): string {
  return wholeText(`t.${column}`, column)
}

function namesOf({ name }: DigestedTable, key: readonly string[]): readonly string[] {
  return NAMES[name] ?? key.filter((column) => column !== 'workspace_id')
}

function nameOf(table: DigestedTable, key: readonly string[], row: Row): string {
  const parts = namesOf(table, key).map((column) => String(row[column] ?? '?'))
  return cleanName([table.name, ...parts].join(' '))
}
