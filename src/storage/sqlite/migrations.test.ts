import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OTHER_WORKSPACE, WORKSPACE } from '../contract/builders.test-support.ts'
import { Database } from './database.ts'
import { INITIAL_SCHEMA } from './migrations/0001-initial.ts'
import { WORDED_BY_MODEL } from './migrations/0002-worded-by-model.ts'
import { migrate } from './migrations.ts'

const AT = '2026-03-14T00:00:00.000Z'

/** Two workspaces as the first release wrote them: stores, versions by every actor, heads, units. */
const FIRST_RELEASE = `
INSERT INTO memory_stores VALUES
  ('${WORKSPACE}', 'memstore_b', 'B', '', '/b', 'lineage_b', 'local', '2026-03-15', NULL),
  ('${WORKSPACE}', 'memstore_a', 'A', '', '/a', 'lineage_a', 'local', '${AT}', '2026-03-16'),
  ('${OTHER_WORKSPACE}', 'memstore_a', 'A', '', '/a', 'lineage_a', 'local', '${AT}', NULL);
INSERT INTO memory_versions VALUES
  ('${WORKSPACE}', 'memver_1', 1, 'memstore_a', 'mem_1', 'created', '/1.md', 'one', 'sha', 3,
    '{"type":"folder_actor","firstSight":true}', '${AT}'),
  ('${WORKSPACE}', 'memver_2', 2, 'memstore_a', 'mem_1', 'modified', '/1.md', 'two', 'sha', 3,
    '{"type":"dream_actor","dreamId":"drm_1"}', '${AT}'),
  ('${WORKSPACE}', 'memver_3', 3, 'memstore_a', 'mem_2', 'created', '/2.md', 'x', 'sha', 1,
    '{"type":"user_actor","userId":"tomas"}', '${AT}'),
  ('${WORKSPACE}', 'memver_4', 4, 'memstore_a', 'mem_2', 'deleted', '/2.md', NULL, NULL, NULL,
    '{"type":"session_actor","sessionId":"sesn_1"}', '${AT}'),
  ('${OTHER_WORKSPACE}', 'memver_1', 1, 'memstore_a', 'mem_1', 'created', '/1.md', 'o', 'sha', 1,
    '{"type":"api_actor","apiKeyId":"key_1"}', '${AT}');
INSERT INTO memories VALUES
  ('${WORKSPACE}', 'mem_1', 'memstore_a', '/1.md', 'memver_2', 'memver_1', '${AT}', 1),
  ('${OTHER_WORKSPACE}', 'mem_1', 'memstore_a', '/1.md', 'memver_1', NULL, '${AT}', 2);
INSERT INTO units VALUES
  ('${WORKSPACE}', 'memver_1', 'unit_1', 'mem_1', 0, '/1.md', 'bullet', 'one', 0, 3, 0, 3, 1,
    '[]', NULL, 'sha', 'imported', 'note', 'local', NULL);
PRAGMA user_version = 2;
`

const withoutDigest = (row: unknown): unknown => {
  const { digest: _, ...rest } = row as Readonly<Record<string, unknown>>
  return rest
}

describe('a database of the first release', () => {
  let db: Database

  beforeEach(() => {
    db = new Database(':memory:')
    db.exec(INITIAL_SCHEMA)
    db.exec(WORDED_BY_MODEL)
    db.exec(FIRST_RELEASE)
  })

  afterEach(() => db.close())

  it('keeps every version, head and unit', () => {
    const rows = (): readonly unknown[] => [
      db.all(`SELECT workspace_id, id, sequence, store_id, memory_id, operation, path, content,
        content_sha256, content_size_bytes, actor, created_at
        FROM memory_versions ORDER BY workspace_id, sequence`),
      db.all('SELECT * FROM memories ORDER BY workspace_id, id').map(withoutDigest),
      db.all('SELECT * FROM units').map(withoutDigest),
    ]
    const before = rows()

    migrate(db, ':memory:')

    expect(rows()).toEqual(before)
    expect(db.all('SELECT redacted_at, redacted_by FROM memory_versions')).toEqual(
      Array(5).fill({ redacted_at: null, redacted_by: null }),
    )
  })

  it('gets the order of its stores, the count of their memories and who wrote what', () => {
    migrate(db, ':memory:')

    const stores = db.all(
      `SELECT workspace_id AS w, id, sequence, metadata, updated_at AS at, memory_count AS n
        FROM memory_stores ORDER BY workspace_id, sequence`,
    )
    expect(stores).toEqual([
      { w: WORKSPACE, id: 'memstore_a', sequence: 1, metadata: '{}', at: AT, n: 1 },
      { w: WORKSPACE, id: 'memstore_b', sequence: 2, metadata: '{}', at: '2026-03-15', n: 0 },
      { w: OTHER_WORKSPACE, id: 'memstore_a', sequence: 1, metadata: '{}', at: AT, n: 1 },
    ])
    const actors = 'SELECT actor_id AS id FROM memory_versions ORDER BY workspace_id, sequence'
    const ids = db.all<{ id: string | null }>(actors).map(({ id }) => id)
    expect(ids).toEqual([null, 'drm_1', 'tomas', 'sesn_1', 'key_1'])
  })

  it('refers to the new tables afterwards, with foreign keys on again', () => {
    migrate(db, ':memory:')

    expect(db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 })
    const sql = `SELECT DISTINCT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
      WHERE m.type = 'table' AND f."table" = 'memory_versions' ORDER BY m.name`
    expect(db.all(sql)).toEqual([{ name: 'memories' }, { name: 'units' }])
    expect(db.get(`SELECT 1 FROM sqlite_schema WHERE sql LIKE '%new_memory%'`)).toBeNull()
    expect(() => db.exec(`DELETE FROM memory_versions WHERE id = 'memver_2'`)).toThrow()
    expect(() => db.exec(`UPDATE memories SET version_id = 'memver_none'`)).toThrow()
  })

  it('refuses half of a redaction, and content where there must be none', () => {
    migrate(db, ':memory:')
    const set = (assignments: string): (() => number) => {
      const sql = `UPDATE memory_versions SET ${assignments} WHERE id = 'memver_3'`
      return () => db.run(sql)
    }
    const wiped = 'path = NULL, content = NULL, content_sha256 = NULL, content_size_bytes = NULL'
    const by = `redacted_at = '${AT}', redacted_by = '{}'`

    for (const wrong of [
      'path = NULL',
      'content = NULL',
      `${wiped}, redacted_at = '${AT}'`,
      `${by}, path = NULL`,
      `${by}, path = NULL, content = NULL, content_sha256 = NULL`,
      wiped,
    ]) {
      expect(set(wrong)).toThrow()
    }
    expect(set(`${wiped}, ${by}`)()).toBe(1)
  })

  it('that breaks a reference is refused and stays as it was', () => {
    db.exec(`PRAGMA foreign_keys = OFF; DELETE FROM memory_versions WHERE id = 'memver_2'`)

    expect(() => migrate(db, 'broken.db')).toThrow('broken.db has rows that refer to rows')

    expect(db.get('PRAGMA user_version')).toEqual({ user_version: 2 })
    expect(db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 })
    const redactedAt = `SELECT 1 FROM pragma_table_info('memory_versions') WHERE name = 'redacted_at'`
    expect(db.get(redactedAt)).toBeNull()
  })
})
