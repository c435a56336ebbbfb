import { requireRemovable } from '../log-rules.ts'
import { isWithin, pageOf, sequenceAt } from '../page-rules.ts'
import type { LogLine, LogQuery, Logs, NumberedLine, Page } from '../storage.ts'
import type { LineRow, WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Logs of one workspace. */
export function ephemeralLogs(access: WorkspaceAccess): Logs {
  return {
    append: (stream, lines) => access.write((data) => appendLines(data, stream, lines)),
    page: (stream, query) => access.read((data) => pageOfLines(data, stream, query)),
    head: (stream) => access.read((data) => headOf(data, stream)),
    remove: async (stream) => {
      requireRemovable(stream)
      await access.write((data) => {
        data.lines.removeWhere((row) => row.stream === stream)
        data.lineIds.removeWhere((owner) => owner === stream)
        data.numbers.removeWhere(({ of }) => of === numberOf(stream))
      })
    },
  }
}

function appendLines(data: WorkspaceData, stream: string, lines: readonly LogLine[]): number {
  const added = lines.filter(({ id }) => data.lineIds.insert([stream, id], stream))
  for (const { id, type, at, body } of added) {
    const sequence = data.nextNumber(numberOf(stream))
    data.lines.set([stream, `${sequence}`], { stream, sequence, line: { id, type, at, body } })
  }
  return added.length
}

function headOf(data: WorkspaceData, stream: string): NumberedLine | null {
  const last = data.numbers.get(numberOf(stream))?.last ?? 0
  const row = data.lines.get(stream, `${last}`)
  return row === null ? null : { sequence: row.sequence, line: row.line }
}

/** Walks from the place on: a page costs what it looks at, however long the stream is. */
function pageOfLines(data: WorkspaceData, stream: string, query: LogQuery): Page<LogLine> {
  const { limit, after, order = 'asc' } = query
  const step = order === 'asc' ? 1 : -1
  const end = (data.numbers.get(numberOf(stream))?.last ?? 0) + 1
  const start = after === undefined ? (order === 'asc' ? 0 : end) : sequenceAt(after)
  const rows: LineRow[] = []
  for (let at = Math.min(start, end) + step; at > 0 && at < end; at += step) {
    const row = data.lines.get(stream, `${at}`)
    if (row !== null && isFor(query, row.line)) rows.push(row)
    if (rows.length > limit) break
  }
  return pageOf(rows, limit, {
    item: ({ line }) => line,
    position: ({ sequence }) => `${sequence}`,
  })
}

function isFor({ types, created = {} }: LogQuery, { type, at }: LogLine): boolean {
  return (types === undefined || types.includes(type)) && isWithin(at, created)
}

function numberOf(stream: string): string {
  return `lines of ${stream}`
}
