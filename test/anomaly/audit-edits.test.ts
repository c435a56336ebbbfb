import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { ChainVerdict } from '../../src/core/audit/audit-chain.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { audit, auditHead, verifyAudit } from '../../src/engine/workspace/audit.ts'
import { EphemeralData } from '../../src/storage/ephemeral/ephemeral-data.ts'
import { ephemeralLogs } from '../../src/storage/ephemeral/logs.ts'
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts'
import type { LogLine, Logs, Storage } from '../../src/storage/storage.ts'
import { countedIds } from '../support/dream-world.ts'

const EDITS = Number(process.env.AUDIT_EDITS ?? 50)
const LINES = 24

/** What somebody with the data itself in their hands does to it. */
type Edit =
  | { readonly how: 'field'; readonly at: number; readonly field: keyof LogLine }
  | { readonly how: 'delete'; readonly at: number }
  | { readonly how: 'insert'; readonly at: number; readonly from: number }
  | { readonly how: 'swap' | 'copy'; readonly at: number; readonly other: number }
  | { readonly how: 'cut'; readonly at: number }

const place = fc.nat(LINES - 1)
const two = fc.uniqueArray(place, { minLength: 2, maxLength: 2 })
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    how: fc.constant('field' as const),
    at: place,
    field: fc.constantFrom('id' as const, 'type' as const, 'at' as const, 'body' as const),
  }),
  fc.record({ how: fc.constant('delete' as const), at: fc.nat(LINES - 2) }),
  fc.record({ how: fc.constant('insert' as const), at: place, from: place }),
  two.chain(([at = 0, other = 0]) =>
    fc.record({
      how: fc.constantFrom('swap' as const, 'copy' as const),
      at: fc.constant(at),
      other: fc.constant(other),
    }),
  ),
  fc.record({ how: fc.constant('cut' as const), at: place }),
)

function edited(rows: readonly LogLine[], done: Edit): readonly LogLine[] {
  const row = (index: number): LogLine => rows[index] as LogLine
  switch (done.how) {
    case 'field':
      return rows.with(done.at, { ...row(done.at), [done.field]: other(row(done.at), done.field) })
    case 'delete':
      return rows.toSpliced(done.at, 1)
    case 'insert':
      return rows.toSpliced(done.at, 0, { ...row(done.from), id: 'log_put_in' })
    case 'swap':
      return rows.with(done.at, row(done.other)).with(done.other, row(done.at))
    case 'copy':
      return rows.with(done.at, { ...row(done.other), id: row(done.at).id })
    case 'cut':
      return rows.slice(0, done.at)
  }
}

function other(row: LogLine, field: keyof LogLine): string {
  const text = row[field] ?? ''
  return field === 'body' ? text.replace('user_ada', 'user_eve') : `${text}x`
}

/** Where the first line stands that is not as it was written. */
function firstBroken(done: Edit): number {
  return done.how === 'swap' ? Math.min(done.at, done.other) : done.at
}

/** Rows of a storage, laid down past its own door. */
interface Place {
  readonly logs: Logs
  lay(rows: readonly LogLine[]): void
  close(): Promise<void>
}

async function sqlitePlace(): Promise<Place & { readonly storage: Storage }> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-audit-'))
  const path = join(folder, 'reverie.db')
  const workspaceId = DEFAULT_WORKSPACE
  const storage = await openSqliteStorage({
    path,
    workspaceId,
    busyTimeoutMs: LIMITS.busyTimeoutMs,
  })
  const raw = new DatabaseSync(path)
  return {
    storage,
    logs: storage.logs,
    lay(rows) {
      raw.exec("BEGIN IMMEDIATE; DELETE FROM log_lines WHERE stream = 'audit'")
      const insert = raw.prepare(
        `INSERT INTO log_lines (workspace_id, stream, id, sequence, type, at, body)
         VALUES (?, 'audit', ?, ?, ?, ?, ?)`,
      )
      for (const [n, { id, type, at, body }] of rows.entries()) {
        insert.run(workspaceId, id, n + 1, type, at, body)
      }
      raw.exec('COMMIT')
    },
    async close() {
      raw.close()
      await storage.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function ephemeralPlace(): Place {
  const data = new EphemeralData().workspace(DEFAULT_WORKSPACE)
  const run = async <T>(work: (of: typeof data) => T): Promise<T> => work(data)
  return {
    logs: ephemeralLogs({ read: run, write: run }),
    lay(rows) {
      data.lines.removeWhere(() => true)
      data.numbers.removeWhere(() => true)
      for (const line of rows) {
        const sequence = data.nextNumber('lines of audit')
        data.lines.set(['audit', `${sequence}`], { stream: 'audit', sequence, line })
      }
    },
    close: async () => undefined,
  }
}

async function writtenRows(storage: Storage): Promise<readonly LogLine[]> {
  const newId = countedIds()
  const write = (n: number): Promise<void> =>
    storage.transaction(async (tx) => {
      const by = { type: 'user_actor', userId: 'user_ada' } as const
      const at = `2026-11-20T03:00:${String(n).padStart(2, '0')}.000Z`
      const details = { memory_store_id: 'memstore_1' }
      await audit(tx, { act: 'memory.updated', subject: `mem_${n % 5}`, by, at, details }, newId)
    })
  // All at once: each has to find the one before it.
  await Promise.all(Array.from({ length: LINES }, (_, n) => write(n)))
  return (await storage.logs.page('audit', { limit: LINES })).items
}

describe('an audit that somebody edited past the program', () => {
  const places: Record<string, Place> = { ephemeral: ephemeralPlace() }
  let rows: readonly LogLine[] = []
  let anchor = { sequence: 0, link: '' }

  beforeAll(async () => {
    const sqlite = await sqlitePlace()
    places.sqlite = sqlite
    rows = await writtenRows(sqlite.storage)
    anchor = (await auditHead(sqlite.storage)) ?? anchor
  })

  afterAll(async () => {
    for (const { close } of Object.values(places)) await close()
  })

  const verdictOn = (name: string, now: readonly LogLine[], isAnchored: boolean) => {
    const { lay, logs } = places[name] as Place
    lay(now)
    return verifyAudit({ logs }, isAnchored ? anchor : null)
  }

  it.each(['sqlite', 'ephemeral'])('is whole before anybody did (%s)', async (name) => {
    const verdict: ChainVerdict = await verdictOn(name, rows, true)

    expect(verdict).toEqual({ lines: LINES, unlinked: 0, broken: null, head: anchor })
  })

  it.each(['sqlite', 'ephemeral'])(
    'is found out at the first broken line, and a cut end with an anchor alone (%s)',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(edit, fc.boolean(), async (done, isAnchored) => {
          const { broken } = await verdictOn(name, edited(rows, done), isAnchored)

          if (done.how === 'cut' && !isAnchored) expect(broken).toBeNull()
          else expect(broken).toMatchObject({ index: firstBroken(done) })
          if (done.how === 'cut' && isAnchored) expect(broken?.fault).toBe('cut')
        }),
        { numRuns: EDITS, seed: 20_261_123 },
      )
    },
  )
})
