import type { WorkspaceId } from '../../core/ids.ts'
import type { Database } from './database.ts'

/** One step for each workspace and not for each row: SQLite would walk the whole index. */
function idsIn(table: string): string {
  return `
    SELECT id FROM (
      WITH RECURSIVE ids (id) AS (
        SELECT min(workspace_id) FROM ${table}
        UNION ALL
        SELECT (SELECT min(workspace_id) FROM ${table} WHERE workspace_id > ids.id)
        FROM ids WHERE ids.id IS NOT NULL)
      SELECT id FROM ids WHERE id IS NOT NULL)`
}

const WORKSPACES = `
  ${idsIn('memory_stores')} WHERE EXISTS (
    SELECT 1 FROM memory_stores s WHERE s.workspace_id = id AND s.is_removed = 0)
  UNION ${idsIn('documents')} ORDER BY id`

/** Ids of all workspaces with a memory store or a document, in binary order. */
export function workspacesOf(db: Database): readonly WorkspaceId[] {
  return db.all<{ id: WorkspaceId }>(WORKSPACES).map(({ id }) => id)
}
