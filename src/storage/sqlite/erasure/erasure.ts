import type { Evidence } from '../../../core/evidence.ts'
import type { WorkspaceId } from '../../../core/ids.ts'
import { requireErasable, requireRewritable } from '../../erasure-rules.ts'
import { pageOf, sequenceAt } from '../../page-rules.ts'
import type { Erasure, Page, PageQuery, TextPlace, TextRow } from '../../storage.ts'
import type { Access } from '../../transaction-queue.ts'
import { type Database, type SqlValue, wholeText } from '../database.ts'
import { insertEvidence, withEvidence } from '../evidence.ts'
import { TEXT_TABLES, type TextTable } from './text-tables.ts'

/** Texts of one workspace; `settle` cleans the file of all. */
export function sqliteErasure(
  access: Access<Database>,
  workspaceId: WorkspaceId,
  settle: Erasure['settle'],
): Erasure {
  return {
    page: (place, query) => access.read((db) => pageOfTexts(db, workspaceId, place, query)),
    rewrite: async (place, rows) => {
      requireRewritable(place)
      requireErasable(
        place,
        rows.map(({ key }) => key),
      )
      await access.write((db) => {
        for (const row of rows) rewriteRow(db, workspaceId, TEXT_TABLES[place], row)
      })
    },
    remove: async (place, keys) => {
      requireErasable(place, keys)
      const { table, key } = TEXT_TABLES[place]
      const sql = `DELETE FROM ${table} WHERE workspace_id = ? AND ${equal(key)}`
      return access.write((db) => {
        for (const [id = ''] of place === 'event' ? keys : []) db.run(FORGET_READ, workspaceId, id)
        return keys.reduce((sum, values) => sum + db.run(sql, workspaceId, ...values), 0)
      })
    },
    setArchived: (storeId, at) =>
      access.write((db) => {
        const sql = 'UPDATE memory_stores SET archived_at = ? WHERE workspace_id = ? AND id = ?'
        db.run(sql, at, workspaceId, storeId)
      }),
    reindex: () => access.write(rebuildIndex),
    settle,
  }
}

/** Not a reference: what was read of a purged session stays known. */
const FORGET_READ = 'DELETE FROM consumption WHERE workspace_id = ? AND event_id = ?'

interface FoundRow extends Readonly<Record<string, SqlValue>> {
  readonly row_number: number
}

function pageOfTexts(
  db: Database,
  workspaceId: WorkspaceId,
  place: TextPlace,
  { limit, after }: PageQuery,
): Page<TextRow> {
  const { table, key, texts, evidence, except } = TEXT_TABLES[place]
  const columns = [...key, ...texts].map((column) => wholeText(column, column))
  const owner = evidence === null ? '' : ', sequence'
  const seen = except === undefined ? '' : `AND NOT (${except})`
  const rows = db.all<FoundRow>(
    `SELECT rowid AS row_number${owner}, ${columns.join(', ')} FROM ${table}
      WHERE workspace_id = ? AND rowid > ? ${seen} ORDER BY rowid LIMIT ?`,
    workspaceId,
    after === undefined ? -1 : sequenceAt(after),
    limit + 1,
  )
  const cited = evidence === null ? null : citedBy(db, evidence, workspaceId, rows)
  return pageOf(rows, limit, {
    item: (row) => ({
      key: key.map((column) => String(row[column])),
      texts: { ...given(row, texts), ...evidenceText(cited, row) },
    }),
    position: ({ row_number }) => String(row_number),
  })
}

function given(row: FoundRow, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const value = row[column]
      return typeof value === 'string' ? [[column, value] as const] : []
    }),
  )
}

type Cited = ReadonlyMap<number, readonly Evidence[]>

function citedBy(
  db: Database,
  table: NonNullable<TextTable['evidence']>,
  workspaceId: WorkspaceId,
  rows: readonly FoundRow[],
): Cited {
  const owners = rows.map((row) => ({ sequence: Number(row.sequence) }))
  return new Map(
    withEvidence(db, table, workspaceId, owners).map(({ row, evidence }) => [
      row.sequence,
      evidence,
    ]),
  )
}

function evidenceText(cited: Cited | null, row: FoundRow): Record<string, string> {
  if (cited === null) return {}
  return { evidence: JSON.stringify(cited.get(Number(row.sequence)) ?? []) }
}

function rewriteRow(
  db: Database,
  workspaceId: WorkspaceId,
  { table, key, texts, evidence, version }: TextTable,
  row: TextRow,
): void {
  const columns = texts.filter((column) => row.texts[column] !== undefined)
  const where = `workspace_id = ? AND ${equal(key)}`
  if (columns.length > 0) {
    const grown = version === undefined ? [] : [`${version} = ${version} + 1`]
    const updates = [...columns.map((column) => `${column} = ?`), ...grown].join(', ')
    const values = columns.map((column) => row.texts[column] ?? null)
    db.run(`UPDATE ${table} SET ${updates} WHERE ${where}`, ...values, workspaceId, ...row.key)
  }
  const cited = row.texts.evidence
  if (evidence === null || cited === undefined) return
  const sql = `SELECT sequence FROM ${table} WHERE ${where}`
  const owner = db.get<{ sequence: number }>(sql, workspaceId, ...row.key)?.sequence
  if (owner === undefined) return
  db.run(`DELETE FROM ${evidence} WHERE workspace_id = ? AND owner = ?`, workspaceId, owner)
  const items = JSON.parse(cited) as readonly Evidence[]
  insertEvidence(db, evidence, { workspaceId, owner }, items)
}

function equal(columns: readonly string[]): string {
  return columns.map((column) => `${column} = ?`).join(' AND ')
}

/**
 * Of every workspace: there is one index. Deleting a row of a contentless index leaves its words in
 * the segments, also with `secure-delete`; made anew, nothing of them is left.
 */
function rebuildIndex(db: Database): void {
  db.run("INSERT INTO memory_search (memory_search) VALUES ('delete-all')")
  db.run(`INSERT INTO memory_search (rowid, path, content)
    SELECT m.search_id, m.path, v.content FROM memories m
    JOIN memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id
    ORDER BY m.search_id`)
}
