import type { WorkspaceId } from '../../core/ids.ts'
import type { StepResults } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { type Database, sqlList, wholeText } from './database.ts'

const SELECT = `
  SELECT ${wholeText('result', 'result')} FROM step_results WHERE workspace_id = ? AND key = ?`

const SELECT_ALL = `
  SELECT ${wholeText('key', 'key')}, ${wholeText('result', 'result')} FROM step_results
   WHERE workspace_id = ? AND key IN (SELECT value FROM json_each(?))`

/** Recorded results of steps of one workspace; the first one recorded under a key stays. */
export function sqliteStepResults(access: Access<Database>, workspaceId: WorkspaceId): StepResults {
  return {
    get: (key) =>
      access.read((db) => db.get<{ result: string }>(SELECT, workspaceId, key)?.result ?? null),
    put: (key, result) =>
      access.write((db) => {
        db.insert('step_results', { workspace_id: workspaceId, key, result })
      }),
    getAll: (keys) =>
      access.read((db) => {
        const rows = db.all<{ key: string; result: string }>(SELECT_ALL, workspaceId, sqlList(keys))
        return new Map(rows.map(({ key, result }) => [key, result]))
      }),
    putAll: (results) =>
      access.write((db) => {
        for (const [key, result] of results) {
          db.insert('step_results', { workspace_id: workspaceId, key, result })
        }
      }),
  }
}
