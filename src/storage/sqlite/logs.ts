import type { WorkspaceId } from '../../core/ids.ts'
import { requireRemovable } from '../log-rules.ts'
import { pageOf, sequenceAt } from '../page-rules.ts'
import type { LogLine, LogQuery, Logs, NumberedLine, Page } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { allOf, given, within } from './conditions.ts'
import { type Database, sqlList, wholeText } from './database.ts'

const COLUMNS = `id, sequence, type, at, ${wholeText('body', 'body')}`

const LAST = `
  SELECT coalesce(max(sequence), 0) AS last FROM log_lines WHERE workspace_id = ? AND stream = ?`

/** Logs of one workspace. */
export function sqliteLogs(access: Access<Database>, workspaceId: WorkspaceId): Logs {
  return {
    append: (stream, lines) => access.write((db) => appendLines(db, workspaceId, stream, lines)),
    page: (stream, query) => access.read((db) => pageOfLines(db, workspaceId, stream, query)),
    head: (stream) => access.read((db) => headOf(db, workspaceId, stream)),
    remove: async (stream) => {
      requireRemovable(stream)
      await access.write((db) => {
        db.run('DELETE FROM log_lines WHERE workspace_id = ? AND stream = ?', workspaceId, stream)
      })
    },
  }
}

interface LineRow extends LogLine {
  readonly sequence: number
}

function appendLines(
  db: Database,
  workspaceId: WorkspaceId,
  stream: string,
  lines: readonly LogLine[],
): number {
  const last = db.get<{ last: number }>(LAST, workspaceId, stream)?.last ?? 0
  let added = 0
  for (const { id, type, at, body } of lines) {
    const sequence = last + added + 1
    const isNew = db.insert('log_lines', {
      workspace_id: workspaceId,
      stream,
      id,
      sequence,
      type,
      at,
      body,
    })
    if (isNew) added += 1
  }
  return added
}

function headOf(db: Database, workspaceId: WorkspaceId, stream: string): NumberedLine | null {
  const row = db.get<LineRow>(
    `SELECT ${COLUMNS} FROM log_lines WHERE workspace_id = ? AND stream = ?
     ORDER BY sequence DESC LIMIT 1`,
    workspaceId,
    stream,
  )
  if (row === null) return null
  const { sequence, ...line } = row
  return { sequence, line }
}

function pageOfLines(
  db: Database,
  workspaceId: WorkspaceId,
  stream: string,
  query: LogQuery,
): Page<LogLine> {
  const { limit, after, types, order = 'asc' } = query
  const [than, direction] = order === 'asc' ? ['>', 'ASC'] : ['<', 'DESC']
  const { sql, values } = allOf([
    given('workspace_id = ? AND stream = ?', workspaceId, stream),
    given(`sequence ${than} ?`, after === undefined ? undefined : sequenceAt(after)),
    given(
      'type IN (SELECT value FROM json_each(?))',
      types === undefined ? undefined : sqlList(types),
    ),
    ...within('at', query.created),
  ])
  const rows = db.all<LineRow>(
    `SELECT ${COLUMNS} FROM log_lines WHERE ${sql} ORDER BY sequence ${direction} LIMIT ?`,
    ...values,
    limit + 1,
  )
  return pageOf(rows, limit, {
    item: ({ sequence: _, ...line }) => line,
    position: ({ sequence }) => `${sequence}`,
  })
}
