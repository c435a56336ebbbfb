import type { SessionEventId, SessionId, WorkspaceId } from '../../core/ids.ts'
import type { EventLabel, SessionEvent, ToolCall } from '../../core/session-event.ts'
import { requireEventsOf } from '../session-rules.ts'
import { type Database, wholeText } from './database.ts'

const SELECT = `
  SELECT id, session_id AS sessionId, ordinal, type, speaker, ${wholeText('text', 'text')},
    said_at AS at, tool, user_id AS userId, agent_id AS agentId, thread_id AS threadId,
    source_path AS sourcePath, source_line AS sourceLine, voice, label
  FROM session_events WHERE workspace_id = ?`

/** Adds the events that are not stored yet to a stored session; returns how many. */
export function appendEvents(
  db: Database,
  workspaceId: WorkspaceId,
  sessionId: SessionId,
  events: readonly SessionEvent[],
): number {
  requireEventsOf(sessionId, events)
  return events.filter((event) => insertEvent(db, workspaceId, event)).length
}

/** Events of a session by ordinal, then id. */
export function eventsOf(
  db: Database,
  workspaceId: WorkspaceId,
  sessionId: SessionId,
): readonly SessionEvent[] {
  const sql = `${SELECT} AND session_id = ? ORDER BY ordinal, id`
  return db.all<EventRow>(sql, workspaceId, sessionId).map(toEvent)
}

/** The event with this id, or null. */
export function eventById(
  db: Database,
  workspaceId: WorkspaceId,
  id: SessionEventId,
): SessionEvent | null {
  const row = db.get<EventRow>(`${SELECT} AND id = ?`, workspaceId, id)
  return row === null ? null : toEvent(row)
}

/** The labels of a session's events; those without one are left out. */
export function labelsOf(
  db: Database,
  workspaceId: WorkspaceId,
  sessionId: SessionId,
): ReadonlyMap<SessionEventId, EventLabel> {
  const rows = db.all<{ readonly id: SessionEventId; readonly label: string }>(
    `SELECT id, label FROM session_events
     WHERE workspace_id = ? AND session_id = ? AND label IS NOT NULL ORDER BY ordinal, id`,
    workspaceId,
    sessionId,
  )
  return new Map(rows.map(({ id, label }) => [id, JSON.parse(label) as EventLabel]))
}

interface EventRow extends Omit<SessionEvent, 'tool' | 'source' | 'label'> {
  readonly tool: string | null
  readonly label: string | null
  readonly sourcePath: string
  readonly sourceLine: number
}

function toEvent({ sourcePath, sourceLine, label, ...row }: EventRow): SessionEvent {
  return {
    ...row,
    tool: row.tool === null ? null : (JSON.parse(row.tool) as ToolCall),
    source: { path: sourcePath, line: sourceLine },
    ...(label === null ? {} : { label: JSON.parse(label) as EventLabel }),
  }
}

function insertEvent(db: Database, workspaceId: WorkspaceId, event: SessionEvent): boolean {
  return db.insert('session_events', {
    workspace_id: workspaceId,
    id: event.id,
    session_id: event.sessionId,
    ordinal: event.ordinal,
    type: event.type,
    speaker: event.speaker,
    text: event.text,
    said_at: event.at,
    tool: event.tool === null ? null : JSON.stringify(event.tool),
    user_id: event.userId,
    agent_id: event.agentId,
    thread_id: event.threadId,
    source_path: event.source.path,
    source_line: event.source.line,
    voice: event.voice,
    label: event.label === undefined ? null : JSON.stringify(event.label),
  })
}
