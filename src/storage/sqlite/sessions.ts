import { notFound } from '../../core/errors.ts'
import type { SessionEventId, SessionId, WorkspaceId } from '../../core/ids.ts'
import type { Session, SessionOutcome } from '../../core/session.ts'
import type { Sessions } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { sqliteConsumption } from './consumption.ts'
import { type Database, wholeText } from './database.ts'
import { appendEvents, eventById, eventsOf, labelsOf } from './session-events.ts'

const SELECT = `
  SELECT id, format, ${wholeText('title', 'title')}, source_path AS sourcePath,
    started_at AS startedAt, ended_at AS endedAt, user_ids AS userIds, agent_ids AS agentIds,
    parent_session_id AS parentSessionId, audience, archived_at AS archivedAt,
    outcome
  FROM sessions WHERE workspace_id = ?`

/** Sessions, their events and what lineages have read of them, of one workspace. */
export function sqliteSessions(access: Access<Database>, workspaceId: WorkspaceId): Sessions {
  return {
    put: (session) => access.write((db) => putSession(db, workspaceId, session)),
    append: (sessionId, events) =>
      access.write((db) => {
        if (sessionById(db, workspaceId, sessionId) === null) throw notFound('session', sessionId)
        return appendEvents(db, workspaceId, sessionId, events)
      }),
    get: (id) => access.read((db) => sessionById(db, workspaceId, id)),
    list: () =>
      access.read((db) =>
        db
          .all<SessionRow>(`${SELECT} ORDER BY started_at IS NULL, started_at, id`, workspaceId)
          .map(toSession),
      ),
    events: (id: SessionId) => access.read((db) => eventsOf(db, workspaceId, id)),
    event: (id: SessionEventId) => access.read((db) => eventById(db, workspaceId, id)),
    labels: (id) => access.read((db) => labelsOf(db, workspaceId, id)),
    remove: (id) =>
      access.write((db) => {
        db.run('DELETE FROM sessions WHERE workspace_id = ? AND id = ?', workspaceId, id)
      }),
    consumption: sqliteConsumption(access, workspaceId),
  }
}

interface SessionRow extends Omit<Session, 'userIds' | 'agentIds' | 'outcome'> {
  readonly userIds: string
  readonly agentIds: string
  readonly outcome: string | null
}

function toSession({ outcome, ...row }: SessionRow): Session {
  return {
    ...row,
    userIds: JSON.parse(row.userIds) as readonly string[],
    agentIds: JSON.parse(row.agentIds) as readonly string[],
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as SessionOutcome }),
  }
}

function sessionById(db: Database, workspaceId: WorkspaceId, id: SessionId): Session | null {
  const row = db.get<SessionRow>(`${SELECT} AND id = ?`, workspaceId, id)
  return row === null ? null : toSession(row)
}

function putSession(db: Database, workspaceId: WorkspaceId, session: Session): void {
  db.upsert('sessions', ['workspace_id', 'id'], {
    workspace_id: workspaceId,
    id: session.id,
    format: session.format,
    title: session.title,
    source_path: session.sourcePath,
    started_at: session.startedAt,
    ended_at: session.endedAt,
    user_ids: JSON.stringify(session.userIds),
    agent_ids: JSON.stringify(session.agentIds),
    parent_session_id: session.parentSessionId,
    audience: session.audience,
    archived_at: session.archivedAt,
    outcome: session.outcome === undefined ? null : JSON.stringify(session.outcome),
  })
}
