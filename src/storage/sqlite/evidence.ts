import type {
  EventEvidence,
  Evidence,
  MemoryEvidence,
  SharedEvidence,
} from '../../core/evidence.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import { type Database, type SqlRow, sqlList, wholeText } from './database.ts'

/** The tables that hold evidence, one row per item; their owners are rows with a sequence. */
export type EvidenceTable = 'change_evidence' | 'ledger_evidence' | 'sighting_evidence'

/** Stores the evidence of the row with this sequence, in order. */
export function insertEvidence(
  db: Database,
  table: EvidenceTable,
  key: { readonly workspaceId: WorkspaceId; readonly owner: number },
  evidence: readonly Evidence[],
): void {
  for (const [ordinal, item] of evidence.entries()) {
    db.insert(table, {
      workspace_id: key.workspaceId,
      owner: key.owner,
      ordinal,
      quote: item.quote,
      said_at: item.at,
      trust: item.trust,
      source_path: item.source.path,
      source_line: item.source.line,
      ...columnsOf(item),
    })
  }
}

/** Gives every row its evidence, in the stored order. */
export function withEvidence<Row extends { readonly sequence: number }>(
  db: Database,
  table: EvidenceTable,
  workspaceId: WorkspaceId,
  rows: readonly Row[],
): readonly { readonly row: Row; readonly evidence: readonly Evidence[] }[] {
  const sql = `
    SELECT owner, kind, ${wholeText('quote', 'quote')}, said_at AS at, trust,
      source_path AS sourcePath, source_line AS sourceLine, session_id AS sessionId,
      event_id AS eventId, speaker, agent_id AS agentId, user_id AS userId,
      thread_id AS threadId, memory_version_id AS memoryVersionId, memory_path AS memoryPath,
      sighting_id AS sightingId
    FROM ${table}
    WHERE workspace_id = ? AND owner IN (SELECT value FROM json_each(?))
    ORDER BY owner, ordinal`
  const owners = sqlList(rows.map((row) => row.sequence))
  const items = db.all<EvidenceRow>(sql, workspaceId, owners)
  const byOwner = Map.groupBy(items, (item) => item.owner)
  return rows.map((row) => ({
    row,
    evidence: (byOwner.get(row.sequence) ?? []).map(toEvidence),
  }))
}

type Fields<Of extends Evidence> = Omit<Of, 'kind' | 'source'>

/** All columns; those of other kinds are null. */
interface EvidenceRow
  extends Fields<EventEvidence>,
    Fields<MemoryEvidence>,
    Fields<SharedEvidence> {
  readonly owner: number
  readonly kind: Evidence['kind']
  readonly sourcePath: string
  readonly sourceLine: number
}

function toEvidence(row: EvidenceRow): Evidence {
  const base = {
    quote: row.quote,
    at: row.at,
    trust: row.trust,
    source: { path: row.sourcePath, line: row.sourceLine },
  }
  if (row.kind === 'memory') {
    const { memoryVersionId, memoryPath } = row
    return { kind: 'memory', ...base, memoryVersionId, memoryPath }
  }
  if (row.kind === 'shared') {
    const { sightingId, agentId } = row
    return { kind: 'shared', ...base, sightingId, agentId }
  }
  const { sessionId, eventId, speaker, agentId, userId, threadId } = row
  return { kind: 'event', ...base, sessionId, eventId, speaker, agentId, userId, threadId }
}

function columnsOf(item: Evidence): SqlRow {
  switch (item.kind) {
    case 'event':
      return eventColumns(item)
    case 'memory':
      return memoryColumns(item)
    case 'shared':
      return { kind: 'shared', sighting_id: item.sightingId, agent_id: item.agentId }
  }
}

function eventColumns(item: EventEvidence): SqlRow {
  return {
    kind: 'event',
    session_id: item.sessionId,
    event_id: item.eventId,
    speaker: item.speaker,
    agent_id: item.agentId,
    user_id: item.userId,
    thread_id: item.threadId,
  }
}

function memoryColumns(item: MemoryEvidence): SqlRow {
  return {
    kind: 'memory',
    memory_version_id: item.memoryVersionId,
    memory_path: item.memoryPath,
  }
}
