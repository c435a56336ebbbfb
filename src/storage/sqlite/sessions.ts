import { notFound } from '../../core/errors.ts'
import type { SessionEventId, SessionId, WorkspaceId } from '../../core/ids.ts'
import type { Session, SessionOutcome } from '../../core/session.ts'
import type { Retention, Sessions } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { sqliteConsumption } from './consumption.ts'
import { type Database, wholeText } from './database.ts'
import { appendEvents, eventById, eventsOf, labelsOf } from './session-events.ts'

const SELECT = `
  SELECT id, format, ${wholeText('title', 'title')}, source_path AS sourcePath,
    started_at AS startedAt, ended_at AS endedAt, user_ids AS userIds, agent_ids AS agentIds,
    parent_session_id AS parentSessionId, audience, archived_at AS archivedAt,
    outcome, purged_at AS purgedAt
  FROM sessions WHERE workspace_id = ?`

/** Sessions, their events and what lineages have read of them, of one workspace. */
export function sqliteSessions(access: Access<Database>, workspaceId: WorkspaceId): Sessions {
  return {
    put: (session) => access.write((db) => putSession(db, workspaceId, session)),
    append: (sessionId, events) =>
      access.write((db) => {
        if (sessionById(db, workspaceId, sessionId) === null) throw notFound('session', sessionId)
        const added = appendEvents(db, workspaceId, sessionId, events)
        if (added > 0) db.run(UNPURGE, workspaceId, sessionId)
        return added
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
        db.run(FORGET_EVENTS_READ, workspaceId, workspaceId, id)
        db.run('DELETE FROM sessions WHERE workspace_id = ? AND id = ?', workspaceId, id)
      }),
    consumption: sqliteConsumption(access, workspaceId),
    retention: sqliteRetention(access, workspaceId),
  }
}

const UNPURGE = `
  UPDATE sessions SET purged_at = NULL
  WHERE workspace_id = ? AND id = ? AND purged_at IS NOT NULL`

/** Those that came from another session first; its own go with the session. */
const FORGET_EVENTS_READ = `
  DELETE FROM consumption WHERE workspace_id = ? AND event_id IN
    (SELECT id FROM session_events WHERE workspace_id = ? AND session_id = ?)`

function sqliteRetention(access: Access<Database>, workspaceId: WorkspaceId): Retention {
  return {
    purge: (id, at) => access.write((db) => purgeSession(db, workspaceId, id, at)),
    readers: (id) =>
      access.read((db) => {
        const sql = `SELECT DISTINCT lineage_id AS lineageId FROM consumption
          WHERE workspace_id = ? AND session_id = ? ORDER BY lineage_id`
        const rows = db.all<{ lineageId: string }>(sql, workspaceId, id)
        return rows.map(({ lineageId }) => lineageId)
      }),
  }
}

function purgeSession(db: Database, workspaceId: WorkspaceId, id: SessionId, at: string): number {
  const session = sessionById(db, workspaceId, id)
  if (session === null) throw notFound('session', id)
  if (session.purgedAt !== undefined) return 0
  const sql = `UPDATE sessions SET title = '', purged_at = ? WHERE workspace_id = ? AND id = ?`
  db.run(sql, at, workspaceId, id)
  const events = 'DELETE FROM session_events WHERE workspace_id = ? AND session_id = ?'
  return db.run(events, workspaceId, id)
}

interface SessionRow extends Omit<Session, 'userIds' | 'agentIds' | 'outcome' | 'purgedAt'> {
  readonly userIds: string
  readonly agentIds: string
  readonly outcome: string | null
  readonly purgedAt: string | null
}

function toSession({ outcome, purgedAt, ...row }: SessionRow): Session {
  return {
    ...row,
    userIds: JSON.parse(row.userIds) as readonly string[],
    agentIds: JSON.parse(row.agentIds) as readonly string[],
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as SessionOutcome }),
    ...(purgedAt === null ? {} : { purgedAt }),
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
