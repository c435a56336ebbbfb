import { LIMITS } from '../../../config.ts'
import type { CheckOptions } from '../../port/state-upkeep.ts'
import type { Database } from '../database.ts'
import { cleanName } from './check-schema.ts'
import type { DamageList } from './damage-list.ts'

/** Rows that name a row which has to be there, though no foreign key says so. */
const REFERENCES: readonly { readonly to: string; readonly sql: string }[] = [
  {
    to: 'the dream that it names',
    sql: `SELECT 'consumption ' || event_id AS name FROM consumption c
      WHERE c.dream_id LIKE 'drm\\_%' ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM dreams d
        WHERE d.workspace_id = c.workspace_id AND d.id = c.dream_id)`,
  },
  {
    to: 'the dream that it names',
    sql: `SELECT 'sightings ' || session_id AS name FROM sightings s
      WHERE s.dream_id LIKE 'drm\\_%' ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM dreams d
        WHERE d.workspace_id = s.workspace_id AND d.id = s.dream_id)`,
  },
  {
    to: 'the dream that it names',
    sql: `SELECT 'ledger_entries ' || id AS name FROM ledger_entries l
      WHERE l.is_copied = 0 AND l.dream_id LIKE 'drm\\_%' ESCAPE '\\' AND NOT EXISTS
        (SELECT 1 FROM dreams d WHERE d.workspace_id = l.workspace_id AND d.id = l.dream_id)`,
  },
  {
    // Units of a redacted version are wiped.
    to: 'the unit that it names',
    sql: `SELECT 'ledger_entries ' || id AS name FROM ledger_entries l
      WHERE l.unit_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM units u WHERE u.workspace_id = l.workspace_id AND u.id = l.unit_id)
      AND NOT EXISTS (SELECT 1 FROM memory_versions v WHERE v.workspace_id = l.workspace_id
        AND v.store_id = l.store_id AND v.redacted_at IS NOT NULL)`,
  },
  {
    to: 'the version that it cites',
    sql: `SELECT 'change_evidence ' || owner || ' ' || ordinal AS name FROM change_evidence e
      WHERE e.memory_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM memory_versions v
        WHERE v.workspace_id = e.workspace_id AND v.id = e.memory_version_id)`,
  },
  {
    to: 'an entry in the index of the search',
    sql: `SELECT 'memories ' || id AS name FROM memories m WHERE NOT EXISTS
      (SELECT 1 FROM memory_search_docsize s WHERE s.id = m.search_id)`,
  },
]

/** Foreign keys, and with `readData` what else refers to rows. */
export function checkReferences(
  db: Database,
  { readData, tell }: CheckOptions,
  list: DamageList,
): void {
  tell('references', 0, 1)
  list.during('foreign keys', () => {
    const sql = `SELECT "table" || ' row ' || coalesce(rowid, '?') AS name, parent
      FROM pragma_foreign_key_check LIMIT ?`
    for (const { name, parent } of db.all<{ name: string; parent: string }>(sql, MAX)) {
      list.add(name, `The row of ${parent} that it refers to is not there.`)
    }
  })
  for (const { to, sql } of readData ? REFERENCES : []) {
    list.during('references', () => {
      for (const { name } of db.all<{ name: string }>(`${sql} LIMIT ?`, MAX)) {
        list.add(cleanName(name), `It has lost ${to}.`)
      }
    })
  }
  tell('references', 1, 1)
}

const MAX = LIMITS.damagesToldMax
