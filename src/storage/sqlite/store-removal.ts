import type { UnitId, WorkspaceId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Database } from './database.ts'

const PINS = `
  SELECT DISTINCT p.unit_id AS unitId FROM pins p
  JOIN units u ON u.workspace_id = p.workspace_id AND u.id = p.unit_id
  JOIN memory_versions v ON v.workspace_id = u.workspace_id AND v.id = u.version_id
  WHERE p.workspace_id = ? AND v.store_id = ?`

const REMOVE_UNITLESS_PIN = `
  DELETE FROM pins WHERE workspace_id = ? AND unit_id = ? AND NOT EXISTS (
    SELECT 1 FROM units u WHERE u.workspace_id = pins.workspace_id AND u.id = pins.unit_id)`

/** The store that the changes of a dream go to: its output, else the store itself. */
const TARGET = "coalesce(json_extract(hosted, '$.output.storeId'), store_id)"

/** Everything that says what the store's memories said, dependent rows first. */
const OF_STORE: readonly string[] = [
  `DELETE FROM memory_search WHERE rowid IN
    (SELECT search_id FROM memories WHERE workspace_id = ? AND store_id = ?)`,
  'DELETE FROM memories WHERE workspace_id = ? AND store_id = ?',
  `DELETE FROM units WHERE (workspace_id, version_id) IN
    (SELECT workspace_id, id FROM memory_versions WHERE workspace_id = ? AND store_id = ?)`,
  'DELETE FROM memory_versions WHERE workspace_id = ? AND store_id = ?',
  'DELETE FROM ledger_entries WHERE workspace_id = ? AND store_id = ?',
  `DELETE FROM changes WHERE (workspace_id, dream_id) IN
    (SELECT workspace_id, id FROM dreams WHERE workspace_id = ? AND ${TARGET} = ?)`,
  `UPDATE dreams SET
    snapshot = json_set(snapshot, '$.memories', json('[]'), '$.pinnedUnits', json('[]'),
      '$.settledChanges', json('[]'), '$.settledPatterns', json('[]')),
    plan = json_set(plan, '$.dispositions', json('[]'), '$.report.warnings', json('[]')),
    hosted = json_replace(hosted, '$.output.memories', json('[]'))
    WHERE workspace_id = ? AND ${TARGET} = ?`,
  `UPDATE memory_stores SET is_removed = 1, name = '', description = '', metadata = '{}',
    folder = NULL, audience = '', memory_count = 0 WHERE workspace_id = ? AND id = ?`,
]

const SHARES_LINEAGE = `
  SELECT 1 FROM memory_stores WHERE workspace_id = ? AND lineage_id = ? AND is_removed = 0`

const OF_LINEAGE: readonly string[] = [
  'DELETE FROM consumption WHERE workspace_id = ? AND lineage_id = ?',
  'DELETE FROM sightings WHERE workspace_id = ? AND lineage_id = ?',
]

/**
 * Removes a store for good. Its row stays, emptied, because its dreams refer to it and its id stays
 * taken. Units of a clone have the same ids: their pins stay.
 */
export function removeStore(db: Database, workspaceId: WorkspaceId, store: MemoryStore): void {
  const pins = db.all<{ unitId: UnitId }>(PINS, workspaceId, store.id)
  for (const sql of OF_STORE) db.run(sql, workspaceId, store.id)
  for (const { unitId } of pins) db.run(REMOVE_UNITLESS_PIN, workspaceId, unitId)
  if (db.get(SHARES_LINEAGE, workspaceId, store.lineageId) !== null) return
  for (const sql of OF_LINEAGE) db.run(sql, workspaceId, store.lineageId)
}
