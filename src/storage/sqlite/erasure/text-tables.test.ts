import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aMemoryStore, aWrite, STORE_ID, WORKSPACE } from '../../contract/builders.test-support.ts'
import type { Storage } from '../../storage.ts'
import { Database } from '../database.ts'
import { migrate } from '../migrations.ts'
import { openSqliteStorage } from '../sqlite-storage.ts'
import { TEXT_TABLES } from './text-tables.ts'

/**
 * Columns that hold ids, times, names of ours and hashes, or texts that go with the row of another
 * column: a unit with its version, a citation with its list.
 */
const NO_WORDS: Readonly<Record<string, readonly string[]>> = {
  memory_stores: [
    'id',
    'folder',
    'lineage_id',
    'audience',
    'created_at',
    'archived_at',
    'updated_at',
  ],
  memories: ['id', 'store_id', 'version_id', 'units_version_id', 'created_at'],
  memory_versions: [
    'id',
    'store_id',
    'memory_id',
    'operation',
    'content_sha256',
    'actor',
    'actor_id',
    'created_at',
    'redacted_at',
    'redacted_by',
  ],
  units: [
    'version_id',
    'id',
    'memory_id',
    'kind',
    'sha256',
    'origin',
    'trust',
    'audience',
    'stated_at',
  ],
  pins: ['unit_id'],
  sessions: [
    'id',
    'format',
    'started_at',
    'ended_at',
    'user_ids',
    'agent_ids',
    'parent_session_id',
    'audience',
    'archived_at',
    'purged_at',
  ],
  session_events: [
    'id',
    'session_id',
    'type',
    'speaker',
    'said_at',
    'user_id',
    'agent_id',
    'thread_id',
    'voice',
    'label',
  ],
  consumption: ['event_id', 'session_id', 'lineage_id', 'dream_id'],
  dreams: [
    'id',
    'store_id',
    'status',
    'plan_status',
    'input_digest',
    'created_at',
    'ended_at',
    'error_type',
    'lease_until',
    'output_behavior',
    'asked_by',
    'archived_at',
  ],
  changes: [
    'dream_id',
    'id',
    'kind',
    'change_set',
    'units',
    'trust',
    'audience',
    'pattern',
    'status',
    'held_reason',
    'decided_by',
    'decided_at',
  ],
  ledger_entries: [
    'id',
    'store_id',
    'dream_id',
    'change_id',
    'kind',
    'unit_id',
    'true_from',
    'true_until',
    'recorded_at',
  ],
  sightings: ['lineage_id', 'pattern', 'session_id', 'root_session_id', 'dream_id', 'seen_at'],
  step_results: ['key'],
  documents: ['kind', 'id', 'tags', 'created_at'],
  document_tags: ['kind', 'tag', 'created_at'],
  log_lines: ['stream', 'id', 'type', 'at'],
}

/** Gone with a version that is redacted, with the head of a memory, or with the list of what is cited. */
const WITH_ANOTHER: Readonly<Record<string, readonly string[]>> = {
  units: ['path', 'text', 'context', 'link_target'],
  memories: ['path'],
  change_evidence: ['*'],
  ledger_evidence: ['*'],
  sighting_evidence: ['*'],
}

describe('texts of the schema', () => {
  it('are all known to erasure: no column is forgotten, and none is made up', () => {
    const db = new Database(':memory:')
    migrate(db, ':memory:')
    const columns = db.all<{ table: string; column: string }>(
      `SELECT s.name AS "table", c.name AS "column" FROM sqlite_schema s, pragma_table_info(s.name) c
        WHERE s.type = 'table' AND s.name NOT LIKE 'memory_search%' AND c.type = 'TEXT'
          AND c.name <> 'workspace_id'`,
    )
    db.close()
    const searched = Object.values(TEXT_TABLES).flatMap(({ table, texts }) =>
      texts.map((column) => `${table}.${column}`),
    )
    const others = [NO_WORDS, WITH_ANOTHER].flatMap((list) =>
      Object.entries(list).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
    )

    const known = columns
      .filter(({ table }) => !WITH_ANOTHER[table]?.includes('*'))
      .map(({ table, column }) => `${table}.${column}`)

    expect(known.toSorted()).toEqual(
      [...searched, ...others.filter((name) => !name.endsWith('*'))].toSorted(),
    )
  })
})

describe('the file', () => {
  let folder: string
  let path: string
  let storage: Storage

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-erasure-'))
    path = join(folder, 'reverie.db')
    storage = await openSqliteStorage({ path, workspaceId: WORKSPACE, busyTimeoutMs: 200 })
  })

  afterEach(async () => {
    await storage.close()
    await rm(folder, { recursive: true })
  })

  const bytes = async (word: string): Promise<number> => {
    const files = await Promise.all(
      ['', '-wal', '-shm'].map((end) => readFile(`${path}${end}`, 'latin1')),
    )
    return files.join('').split(word).length - 1
  }

  it('holds no byte of a redacted text once it is settled, its index included', async () => {
    await storage.stores.create(aMemoryStore())
    for (let n = 1; n < 60; n += 1) {
      await storage.memories.write(
        aWrite(n, {
          path: `/${n}.md`,
          content: `- note ${n} of quokka7f3a9c${n === 30 ? 'xyz' : ''}\n`,
        }),
      )
    }
    const memory = await storage.memories.getByPath(STORE_ID, '/30.md')
    const { newIds } = aWrite(99)
    const by = { type: 'user_actor', userId: 'lena' } as const
    const at = '2026-03-14T00:00:00.000Z'
    expect(await bytes('a9cxyz')).toBeGreaterThan(0)

    await storage.memories.remove({ storeId: STORE_ID, path: '/30.md', actor: by, at, newIds })
    if (memory !== null) await storage.memories.versions.redact(memory.versionId, by, at)
    await storage.erasure.reindex()

    expect(await storage.erasure.settle()).toEqual([])
    expect(await bytes('a9cxyz')).toBe(0)
    expect(await bytes('quokka7f3a9c')).toBeGreaterThan(0)
    expect(await storage.memories.search(STORE_ID, 'quokka7f3a9c', 99)).toHaveLength(58)
  })

  it('is named where another process still reads what was', async () => {
    await storage.stores.create(aMemoryStore())
    const reader = new Database(path)
    reader.run('BEGIN')
    reader.get('SELECT count(*) FROM memory_stores')
    await storage.memories.write(aWrite(1))

    expect(await storage.erasure.settle()).toEqual([path, `${path}-wal`])

    reader.close()
    expect(await storage.erasure.settle()).toEqual([])
  })
})
