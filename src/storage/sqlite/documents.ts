import type { WorkspaceId } from '../../core/ids.ts'
import {
  type PlacedDocument,
  pageOfDocuments,
  type TakeDocuments,
  writtenOver,
} from '../document-rules.ts'
import type { Document, DocumentKind, DocumentQuery, Documents } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { allOf, type Condition, given, within } from './conditions.ts'
import { type Database, sqlList, wholeText } from './database.ts'

const COLUMNS = `
  d.kind, d.id, d.sequence, d.tags, d.created_at AS createdAt, d.version, ${wholeText('d.body', 'body')}`

const OF_KIND_AND_ID = 'workspace_id = ? AND kind = ? AND id = ?'

/** Tags of the document at hand that stand in a list. */
const LISTED_TAGS = `
  FROM document_tags t WHERE t.workspace_id = p.workspace_id AND t.kind = p.kind
    AND t.tag IN (SELECT value FROM json_each(?))
    AND t.created_at = p.created_at AND t.sequence = p.sequence`

/** Documents of one workspace. */
export function sqliteDocuments(access: Access<Database>, workspaceId: WorkspaceId): Documents {
  return {
    get: (kind, id) =>
      access.read((db) => placedDocument(db, workspaceId, kind, id)?.document ?? null),
    put: (document, expected) =>
      access.write((db) => putDocument(db, workspaceId, document, expected)),
    page: (query) => access.read((db) => pageOfDocuments(query, takeFrom(db, workspaceId, query))),
    remove: (kind, id) =>
      access.write((db) => {
        const sql = `DELETE FROM documents WHERE ${OF_KIND_AND_ID}`
        return db.run(sql, workspaceId, kind, id) === 1
      }),
    removeBefore: (kind, createdAt) =>
      access.write((db) => {
        const sql = 'DELETE FROM documents WHERE workspace_id = ? AND kind = ? AND created_at < ?'
        return db.run(sql, workspaceId, kind, createdAt)
      }),
  }
}

interface DocumentRow extends Omit<Document, 'tags'> {
  readonly sequence: number
  readonly tags: string
}

function toPlaced({ sequence, ...row }: DocumentRow): PlacedDocument {
  const document = { ...row, tags: JSON.parse(row.tags) as readonly string[] }
  return { document, place: { createdAt: row.createdAt, sequence } }
}

function placedDocument(
  db: Database,
  workspaceId: WorkspaceId,
  kind: DocumentKind,
  id: string,
): PlacedDocument | null {
  const sql = `SELECT ${COLUMNS} FROM documents d WHERE ${OF_KIND_AND_ID}`
  const row = db.get<DocumentRow>(sql, workspaceId, kind, id)
  return row === null ? null : toPlaced(row)
}

function putDocument(
  db: Database,
  workspaceId: WorkspaceId,
  wanted: Omit<Document, 'version'>,
  expected: number | undefined,
): Document {
  const current = placedDocument(db, workspaceId, wanted.kind, wanted.id)
  const document = writtenOver(current?.document ?? null, wanted, expected)
  const sequence = current?.place.sequence ?? db.nextSequence('documents', workspaceId)
  db.upsert('documents', ['workspace_id', 'kind', 'id'], {
    workspace_id: workspaceId,
    kind: document.kind,
    id: document.id,
    sequence,
    tags: JSON.stringify(document.tags),
    created_at: document.createdAt,
    version: document.version,
    body: document.body,
  })
  putTags(db, workspaceId, { document, place: { createdAt: document.createdAt, sequence } })
  return document
}

function putTags(
  db: Database,
  workspaceId: WorkspaceId,
  { document, place }: PlacedDocument,
): void {
  const sql = 'DELETE FROM document_tags WHERE workspace_id = ? AND sequence = ?'
  db.run(sql, workspaceId, place.sequence)
  for (const tag of document.tags) {
    db.insert('document_tags', {
      workspace_id: workspaceId,
      kind: document.kind,
      tag,
      created_at: place.createdAt,
      sequence: place.sequence,
    })
  }
}

/** Walks the documents that fit; by the rows of one tag where all have to have it. */
function takeFrom(db: Database, workspaceId: WorkspaceId, query: DocumentQuery): TakeDocuments {
  const all = wantedTags(query)
  const tag = all[0]
  const source = `${tag === undefined ? 'documents' : 'document_tags'} p
    CROSS JOIN documents d ON d.workspace_id = p.workspace_id AND d.sequence = p.sequence`
  const fits = [
    given('p.workspace_id = ? AND p.kind = ?', workspaceId, query.kind),
    given('p.tag = ?', tag),
    ...tagConditions(query, all),
    ...within('p.created_at', query.created),
  ]
  return (side, place, count) => {
    const [than, direction] = side === 'later' ? ['>', 'ASC'] : ['<', 'DESC']
    const beside = `(p.created_at, p.sequence) ${than} (?, ?)`
    const { sql, values } = allOf([...fits, given(beside, place?.createdAt, place?.sequence)])
    const rows = db.all<DocumentRow>(
      `SELECT ${COLUMNS} FROM ${source} WHERE ${sql}
        ORDER BY p.created_at ${direction}, p.sequence ${direction} LIMIT ?`,
      ...values,
      count,
    )
    return rows.map(toPlaced)
  }
}

/** One of a single tag is all of it. */
function wantedTags({ all = [], any = [] }: DocumentQuery): readonly string[] {
  return [...new Set(any.length === 1 ? [...any, ...all] : all)]
}

function tagConditions(
  { any, none }: DocumentQuery,
  all: readonly string[],
): readonly (Condition | null)[] {
  return [
    all.length < 2 ? null : given(`(SELECT count(*) ${LISTED_TAGS}) = ?`, sqlList(all), all.length),
    any === undefined ? null : given(`EXISTS (SELECT 1 ${LISTED_TAGS})`, sqlList(any)),
    none === undefined ? null : given(`NOT EXISTS (SELECT 1 ${LISTED_TAGS})`, sqlList(none)),
  ]
}
