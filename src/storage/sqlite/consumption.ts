import type { SessionEventId, WorkspaceId } from '../../core/ids.ts'
import { COPIED } from '../copy-rules.ts'
import type { Consumption } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { type Database, sqlList } from './database.ts'

const UNREAD = `
  SELECT e.id FROM session_events e
  WHERE e.workspace_id = ? AND e.session_id = ? AND NOT EXISTS (
    SELECT 1 FROM consumption c
    WHERE c.workspace_id = e.workspace_id AND c.event_id = e.id AND c.lineage_id = ?)
  ORDER BY e.ordinal, e.id`

const CONSUME = `
  INSERT INTO consumption (workspace_id, event_id, session_id, lineage_id, dream_id)
  SELECT e.workspace_id, e.id, e.session_id, ?, ? FROM session_events e
  WHERE e.workspace_id = ? AND e.id IN (SELECT value FROM json_each(?))
  ON CONFLICT DO NOTHING`

const COPY = `
  INSERT INTO consumption (workspace_id, event_id, session_id, lineage_id, dream_id)
  SELECT DISTINCT workspace_id, event_id, session_id, ?, ? FROM consumption
  WHERE workspace_id = ? AND lineage_id = ? AND dream_id NOT IN (SELECT value FROM json_each(?))
  ON CONFLICT DO NOTHING`

/** Which events the lineages of one workspace have dreamt over. */
export function sqliteConsumption(access: Access<Database>, workspaceId: WorkspaceId): Consumption {
  return {
    unread: (lineageId, sessionId) =>
      access.read((db) =>
        db
          .all<{ id: SessionEventId }>(UNREAD, workspaceId, sessionId, lineageId)
          .map(({ id }) => id),
      ),
    consume: (lineageId, dreamId, eventIds) =>
      access.write((db) => {
        db.run(CONSUME, lineageId, dreamId, workspaceId, sqlList(eventIds))
      }),
    giveBack: (dreamId) =>
      access.write((db) => {
        const sql = 'DELETE FROM consumption WHERE workspace_id = ? AND dream_id = ?'
        db.run(sql, workspaceId, dreamId)
      }),
    copy: (fromLineageId, toLineageId, except = []) =>
      access.write((db) => {
        db.run(COPY, toLineageId, COPIED, workspaceId, fromLineageId, sqlList(except))
      }),
  }
}
