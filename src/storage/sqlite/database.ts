import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { sha256 } from '../../core/ids.ts'
import { stoppedAfterFailure, UnconfirmedWrite } from '../system-errors.ts'
import { translated } from './sqlite-errors.ts'

export type SqlValue = string | number | null

/** A row to insert, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * SQL over one open file. Table and column names come from this folder's code only, values are
 * always bound; errors are ours. The row type of a query is the caller's statement of what its SQL selects.
 */
export class Database {
  readonly #path: string
  readonly #db: DatabaseSync
  #failure: UnconfirmedWrite | null = null
  /** By SQL text; bounded, because no SQL text here depends on data. */
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, { isReadOnly = false }: { readonly isReadOnly?: boolean } = {}) {
    this.#path = path
    const options = { enableForeignKeyConstraints: true, readOnly: isReadOnly }
    this.#db = this.#translating(() => new DatabaseSync(path, options))
    this.#db.function('row_digest', { deterministic: true }, digestOfRow)
  }

  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[] {
    return this.#translating(() => this.#prepare(sql).all(...values)).map((row) =>
      plainRow<Row>(row),
    )
  }

  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | null {
    const row = this.#translating(() => this.#prepare(sql).get(...values))
    return row === undefined ? null : plainRow<Row>(row)
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return Number(this.#translating(() => this.#prepare(sql).run(...values)).changes)
  }

  /** Inserts a row; false = one with an equal key is there and stays as it is. */
  insert(table: string, row: SqlRow): boolean {
    return this.run(`${insertSql(table, row)} ON CONFLICT DO NOTHING`, ...Object.values(row)) === 1
  }

  /** Inserts a row or gives the one with equal key columns these values. */
  upsert(table: string, key: readonly string[], row: SqlRow): void {
    const updates = Object.keys(row)
      .filter((column) => !key.includes(column))
      .map((column) => `${column} = excluded.${column}`)
    const onConflict = `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates.join(', ')}`
    this.run(`${insertSql(table, row)} ${onConflict}`, ...Object.values(row))
  }

  /** The number after the highest of a workspace: its rows in the order they were written. */
  nextSequence(table: string, workspaceId: string): number {
    const sql = `SELECT coalesce(max(sequence), 0) + 1 AS next FROM ${table} WHERE workspace_id = ?`
    return this.get<{ next: number }>(sql, workspaceId)?.next ?? 1
  }

  /** Runs statements that return nothing and take no values. */
  exec(sql: string): void {
    this.#translating(() => this.#db.exec(sql))
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  /** True once the disk has failed to keep a write: from then on every call throws. */
  get isStopped(): boolean {
    return this.#failure !== null
  }

  #translating<T>(work: () => T): T {
    if (this.#failure !== null) throw stoppedAfterFailure(this.#path, this.#failure)
    try {
      return work()
    } catch (error) {
      const told = translated(error, this.#path)
      // What the kernel could not write it forgets, and the next flush would call it written.
      if (told instanceof UnconfirmedWrite) this.#failure = told
      throw told
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/**
 * Selects a column of free text whole. Node 22 cuts a TEXT value that it reads at the first NUL;
 * bytes come back complete and are decoded by `Database`.
 */
export function wholeText(column: string, name: string): string {
  return `CAST(${column} AS BLOB) AS ${name}`
}

/** Value lists of any length as one bound value: `IN (SELECT value FROM json_each(?))`. */
export function sqlList(values: readonly (string | number)[]): string {
  return JSON.stringify(values)
}

const DIGEST_BYTES = 16

/** 128 bits of SHA-256 over the row as a JSON array. */
function digestOfRow(row: unknown): Uint8Array {
  return Buffer.from(sha256(String(row)).slice(0, 2 * DIGEST_BYTES), 'hex')
}

function insertSql(table: string, row: SqlRow): string {
  const columns = Object.keys(row)
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}

function plainRow<Row>(row: Readonly<Record<string, unknown>>): Row {
  const plain: Record<string, unknown> = { ...row }
  for (const name in plain) {
    const value = plain[name]
    if (value instanceof Uint8Array) plain[name] = utf8.decode(value)
  }
  return plain as Row
}
