import type { WorkspaceId } from '../../core/ids.ts'
import type { Database } from './database.ts'

/** One step for each workspace and not for each row: SQLite would walk the whole index. */
function used(table: string): string {
  return `
    WITH RECURSIVE used (workspace) AS (
      SELECT min(workspace_id) FROM ${table}
      UNION ALL
      SELECT (SELECT min(workspace_id) FROM ${table} WHERE workspace_id > used.workspace)
      FROM used WHERE used.workspace IS NOT NULL)
    SELECT workspace FROM used WHERE workspace IS NOT NULL`
}

const WORKSPACES = `
  SELECT workspace FROM (${used('memory_stores')}) WHERE EXISTS (
    SELECT 1 FROM memory_stores s WHERE s.workspace_id = workspace AND s.is_removed = 0)
  UNION SELECT workspace FROM (${used('documents')}) ORDER BY workspace`

/** Ids of all workspaces with a memory store or a document, in binary order. */
export function workspacesOf(db: Database): readonly WorkspaceId[] {
  return db.all<{ workspace: WorkspaceId }>(WORKSPACES).map(({ workspace }) => workspace)
}
