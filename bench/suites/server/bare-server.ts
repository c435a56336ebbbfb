/**
 * `bare-server.ts <file>`: the same five routes with the least that answers them, over a copy of the
 * same tables and indexes. No keys, no rules, no units, no audit. Tells its parent the address.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { DEFAULT_WORKSPACE } from '../../../src/core/ids.ts'

const [file = ''] = process.argv.slice(2)
const db = new DatabaseSync(file)
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')

const HEAD = `SELECT m.id, m.path, v.content, v.content_sha256, v.id AS version_id, m.created_at,
  v.created_at AS updated_at, m.search_id`
const OF_VERSION = 'memory_versions v ON v.workspace_id = m.workspace_id AND v.id = m.version_id'
const IN_STORE = `m.workspace_id = '${DEFAULT_WORKSPACE}' AND m.store_id = ?`

const one = db.prepare(`${HEAD} FROM memories m JOIN ${OF_VERSION} WHERE ${IN_STORE} AND m.id = ?`)
const page = db.prepare(`${HEAD} FROM memories m JOIN ${OF_VERSION}
  WHERE ${IN_STORE} AND m.path >= ? AND m.path < ? ORDER BY m.path LIMIT ?`)
const found = db.prepare(`${HEAD}, bm25(memory_search) AS score FROM memory_search
  CROSS JOIN memories m ON m.search_id = memory_search.rowid CROSS JOIN ${OF_VERSION}
  WHERE memory_search MATCH ? AND ${IN_STORE} ORDER BY score LIMIT ?`)
const lastVersion = db.prepare(
  `SELECT max(sequence) AS last FROM memory_versions WHERE workspace_id = '${DEFAULT_WORKSPACE}'`,
)
const lastHead = db.prepare('SELECT max(search_id) AS last FROM memories')
const addVersion = db.prepare(`INSERT INTO memory_versions (workspace_id, id, sequence, store_id,
  memory_id, operation, path, content, content_sha256, content_size_bytes, actor, created_at)
  VALUES ('${DEFAULT_WORKSPACE}', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'api_actor', ?)`)
const addHead = db.prepare(`INSERT INTO memories (workspace_id, id, store_id, path, version_id,
  created_at, search_id) VALUES ('${DEFAULT_WORKSPACE}', ?, ?, ?, ?, ?, ?)`)
const setHead = db.prepare(
  `UPDATE memories SET version_id = ? WHERE workspace_id = '${DEFAULT_WORKSPACE}' AND id = ?`,
)
const addWords = db.prepare('INSERT INTO memory_search (rowid, path, content) VALUES (?, ?, ?)')
const removeWords = db.prepare('DELETE FROM memory_search WHERE rowid = ?')

interface Row {
  readonly [column: string]: string | number
}

const app = new Hono()
const LIST = '/v1/memory_stores/:store/memories'

app.get(`${LIST}/:id`, (c) => {
  const row = one.get(c.req.param('store'), c.req.param('id'))
  return row === undefined ? c.json({}, 404) : c.json(row)
})

app.get(LIST, (c) => {
  const prefix = c.req.query('path_prefix') ?? '/'
  const limit = Number(c.req.query('limit') ?? 20)
  const rows = page.all(c.req.param('store'), prefix, `${prefix}\u{10ffff}`, limit + 1)
  const next = rows.length > limit ? (rows[limit - 1]?.['path'] ?? null) : null
  return c.json({ data: rows.slice(0, limit), next_page: next })
})

app.post(LIST, async (c) => {
  const store = c.req.param('store')
  const { path, content } = JSON.parse(await c.req.text())
  const id = `mem_${randomBytes(12).toString('hex')}`
  inTransaction(() => {
    const version = writeVersion({ store, id, path, content, operation: 'created' })
    const searchId = Number(lastHead.get()?.['last'] ?? 0) + 1
    addHead.run(id, store, path, version, new Date().toISOString(), searchId)
    addWords.run(searchId, path, content)
  })
  return c.json(one.get(store, id))
})

app.post(`${LIST}/:id`, async (c) => {
  const { store, id } = c.req.param()
  const { content } = JSON.parse(await c.req.text())
  inTransaction(() => {
    const row = one.get(store, id) as Row
    const path = String(row['path'])
    setHead.run(writeVersion({ store, id, path, content, operation: 'modified' }), id)
    removeWords.run(Number(row['search_id']))
    addWords.run(Number(row['search_id']), path, content)
  })
  return c.json(one.get(store, id))
})

app.post('/v1/reverie/memory_stores/:store/search', async (c) => {
  const { query, limit } = JSON.parse(await c.req.text()) as { query: string; limit: number }
  const words = query.split(' ').map((word) => `"${word}"`)
  return c.json({ data: found.all(words.join(' OR '), c.req.param('store'), limit) })
})

function writeVersion(of: Readonly<Record<string, string>>): string {
  const { store = '', id = '', path = '', content = '', operation = '' } = of
  const version = `memver_${randomBytes(12).toString('hex')}`
  const sequence = Number(lastVersion.get()?.['last'] ?? 0) + 1
  const sha256 = createHash('sha256').update(content).digest('hex')
  const at = new Date().toISOString()
  const size = Buffer.byteLength(content)
  addVersion.run(version, sequence, store, id, operation, path, content, sha256, size, at)
  return version
}

function inTransaction(work: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

const KEEP_ALIVE_MS = 600_000

const server = serve(
  // A long answer must not make it take the other connections for idle ones.
  {
    fetch: app.fetch,
    hostname: '127.0.0.1',
    port: 0,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  },
  ({ port }: AddressInfo) => {
    process.send?.(`http://127.0.0.1:${port}`)
  },
)
process.once('disconnect', () => {
  server.close()
  process.exit(0)
})
