import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aMemoryStore, aWrite, STORE_ID, WORKSPACE } from '../contract/builders.test-support.ts'
import type { Storage } from '../storage.ts'
import { Database } from './database.ts'
import { migrate } from './migrations.ts'
import { openDatabase } from './open-database.ts'
import { openSqliteStorage } from './sqlite-storage.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reverie-sqlite-file-'))
  path = join(folder, 'state', 'reverie.db')
})

afterEach(() => rm(folder, { recursive: true }))

function open(busyTimeoutMs = 5_000): Promise<Storage> {
  return openSqliteStorage({ path, workspaceId: WORKSPACE, busyTimeoutMs })
}

/** Runs a program in another process that has `open` and `path`. */
function programFor(body: string): readonly string[] {
  const adapter = JSON.stringify(new URL('sqlite-storage.ts', import.meta.url).href)
  const options = JSON.stringify({ path, workspaceId: WORKSPACE, busyTimeoutMs: 10_000 })
  const program = `
    import { openSqliteStorage } from ${adapter}
    const storage = await openSqliteStorage(${options})
    ${body}`
  return ['--no-warnings', '--input-type=module', '--eval', program]
}

describe('the file', () => {
  it('is readable by its owner only, with its log and its index, in a folder that is too', async () => {
    const storage = await open()
    await storage.stores.create(aMemoryStore())

    const modes = await Promise.all(
      ['', '-wal', '-shm'].map(async (end) => (await stat(`${path}${end}`)).mode & 0o777),
    )

    expect(modes).toEqual([0o600, 0o600, 0o600])
    expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700)
    await storage.close()
  })

  it('has the committed schema', async () => {
    const db = new Database(':memory:')
    migrate(db, ':memory:')

    const objects = db.all<{ sql: string }>(
      `SELECT sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'memory\\_search\\_%' ESCAPE '\\' ORDER BY rowid`,
    )

    db.close()
    const dump = objects.map(({ sql }) => `${sql};\n`).join('\n')
    await expect(dump).toMatchFileSnapshot('./schema.sql')
  })

  it('of a newer release is refused and left alone', async () => {
    await (await open()).close()
    const raw = new DatabaseSync(path)
    raw.exec('PRAGMA user_version = 99')
    raw.close()

    await expect(open()).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('schema version 99'),
    })
  })

  it('of another program, or of none, is refused', async () => {
    path = join(folder, 'other.db')
    const raw = new DatabaseSync(path)
    raw.exec('CREATE TABLE recipes (name TEXT)')
    raw.close()
    await expect(open()).rejects.toMatchObject({ type: 'invalid_request_error' })

    await writeFile(path, 'not a database, but long enough to be taken for one'.repeat(100))
    await expect(open()).rejects.toMatchObject({
      type: 'api_error',
      message: expect.stringContaining('is damaged or not a database'),
    })
  })
})

describe('a damaged row', () => {
  it('is told as that, with what to do and without its words', async () => {
    const storage = await open()
    await storage.stores.create(aMemoryStore())
    const raw = new DatabaseSync(path)
    raw.exec(`UPDATE memory_stores SET metadata = '{"quokka7f'`)
    raw.close()

    const failure = await storage.stores.list().catch((error: unknown) => error)

    expect(failure).toMatchObject({
      type: 'api_error',
      message: `A row of ${path} is damaged.`,
      next: expect.stringContaining('reverie verify --read-data'),
    })
    expect(String((failure as Error).stack)).not.toContain('quokka7f')
    await storage.close()
  })
})

describe('durability', () => {
  it('is set to the full, as SQLite reads it back', () => {
    const db = openDatabase(path)

    const names = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete']
    const settings = names.map((name) =>
      Object.values(db.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {}),
    )

    const full = 2
    expect(settings).toEqual([['wal'], [full], [1], [1]])
    db.close()
  })

  it('loses no acknowledged write of a process that is killed', async () => {
    const child = spawn(
      process.execPath,
      programFor(`
        for (let n = 0; ; n += 1) {
          await storage.steps.put('step ' + n, 'result')
          console.log(n)
        }`),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let acknowledged = -1
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line)
      if (acknowledged === 50) child.kill('SIGKILL')
    }
    await (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined)

    const storage = await open()

    expect(acknowledged).toBeGreaterThanOrEqual(50)
    for (let n = 0; n <= acknowledged; n += 1) {
      expect(await storage.steps.get(`step ${n}`)).toBe('result')
    }
    await storage.close()
  })
})

describe('several processes on one file', () => {
  it('lose no update', async () => {
    const storage = await open()
    await storage.stores.create(aMemoryStore())
    const counting = (name: string): readonly string[] =>
      programFor(`
        const storeId = '${STORE_ID}'
        for (let n = 0; n < 20; n += 1) {
          await storage.transaction(async (inside) => {
            const memory = await inside.memories.getByPath(storeId, '/n.md')
            const content = String(Number(memory?.content ?? '0') + 1)
            await new Promise(setImmediate)
            await inside.memories.write({
              storeId, path: '/n.md', content, actor: { type: 'user_actor', userId: 'u' },
              at: '2026-03-14T00:00:00.000Z',
              newIds: { memory: 'mem_${name}', version: 'memver_${name}_' + n },
            })
          })
        }
        await storage.close()`)

    const run = promisify(execFile)
    await Promise.all(['a', 'b'].map((name) => run(process.execPath, counting(name))))

    expect((await storage.memories.getByPath(STORE_ID, '/n.md'))?.content).toBe('40')
    await storage.close()
  })

  it('wait for each other without stopping their own event loop, and then give up', async () => {
    const first = await open()
    const second = await open(100)
    await first.stores.create(aMemoryStore())

    await first.transaction(async (inside) => {
      await inside.memories.write(aWrite(1))
      await expect(second.memories.write(aWrite(2))).rejects.toMatchObject({
        type: 'timeout_error',
      })
      expect(await second.memories.list(STORE_ID)).toEqual([])
    })

    expect(await second.memories.list(STORE_ID)).toHaveLength(1)
    const patient = await open()
    const waiting = first.transaction(async (inside) => {
      await new Promise((resolve) => setImmediate(resolve))
      await inside.memories.write(aWrite(3, { path: '/b.md' }))
    })
    await patient.memories.write(aWrite(4, { path: '/c.md' }))
    await waiting
    expect(await first.memories.list(STORE_ID)).toHaveLength(3)
    await Promise.all([first.close(), second.close(), patient.close()])
  })
})
