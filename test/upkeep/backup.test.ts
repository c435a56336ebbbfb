import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/ids.ts'
import { createReverie, restoreState, verifyState } from '../../src/reverie.ts'
import { ShopState } from '../support/shop-state.ts'

const BACKUPS = Number(process.env.BACKUPS ?? 1)
const WRITES_PER_SECOND = 200

let state: ShopState

beforeAll(async () => {
  state = await ShopState.made()
})

afterAll(() => state[Symbol.dispose]())

afterEach(() => {
  for (const name of readdirSync(state.base)) {
    if (/^(?:copy|restored)/.test(name)) rmSync(join(state.base, name), { recursive: true })
  }
})

const copy = (): string => join(state.base, 'copy')
const restored = (): string => join(state.base, 'restored')

async function backUp(): ReturnType<Awaited<ReturnType<typeof createReverie>>['upkeep']['backup']> {
  await using reverie = await state.open()
  return await reverie.upkeep.backup(copy())
}

describe('a backup', () => {
  it('restores to the same rows, is for its owner alone, and says what it holds', async () => {
    const made = await backUp()

    const back = await restoreState({ from: copy(), home: restored(), env: {} })

    expect(made.memoryFolders).toEqual([state.memory])
    expect(back).toMatchObject({ home: restored(), movedTo: null, memoryFolders: [state.memory] })
    expect(dumpOf(restored())).toEqual(dumpOf(copy()))
    const found = await verifyState({ home: restored(), env: {}, readData: true })
    expect(found.damages).toEqual([])
    for (const [path, mode] of [
      [copy(), 0o700],
      [join(copy(), 'reverie.db'), 0o600],
      [join(copy(), 'manifest.json'), 0o600],
      [restored(), 0o700],
    ] as const) {
      expect(statSync(path).mode & 0o777).toBe(mode)
    }
    expect(readdirSync(state.base).filter((name) => /partial|restoring/.test(name))).toEqual([])
  })

  it('holds recordings of the state folder, and nothing that only passes', async () => {
    const folder = join(state.home, 'answers')
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(folder, 'cassette.json'), '{}', { mode: 0o600 })
    mkdirSync(join(state.home, 'uploads'))
    writeFileSync(join(state.home, 'uploads/upload-1'), 'half')

    const made = await backUp()

    expect(made.files.map(({ name }) => name).toSorted()).toEqual([
      'answers/cassette.json',
      'reverie.db',
    ])
    rmSync(folder, { recursive: true })
    rmSync(join(state.home, 'uploads'), { recursive: true })
  })

  it('is written over nothing, and not into the state folder', async () => {
    await using reverie = await state.open()
    mkdirSync(copy())
    writeFileSync(join(copy(), 'mine'), 'mine')

    await expect(reverie.upkeep.backup(copy())).rejects.toMatchObject({ type: 'conflict_error' })
    await expect(reverie.upkeep.backup(join(state.home, 'copy'))).rejects.toMatchObject({
      type: 'invalid_request_error',
    })

    expect(readdirSync(copy())).toEqual(['mine'])
    const { documents } = await erasable(reverie)
    expect(documents).toEqual([])
  })

  it('is named by an erasure as long as it may stand', async () => {
    await backUp()
    await using reverie = await state.open()
    const quote = { kind: 'quote', text: 'words that nobody ever said' } as const

    expect((await reverie.erasures.trace(quote)).leftIn).toEqual([copy()])
    rmSync(copy(), { recursive: true })
    expect((await reverie.erasures.trace(quote)).leftIn).toEqual([])
  })

  it(`taken ${BACKUPS} times under ${WRITES_PER_SECOND} writes a second holds all that was confirmed`, async () => {
    await using writer = new Writer(state.home)
    await writer.reaches(20)
    for (let n = 0; n < BACKUPS; n += 1) {
      const before = writer.confirmed
      await using reverie = await state.open()
      await reverie.upkeep.backup(copy())
      // It goes on meanwhile.
      await writer.reaches(before + 20)

      await restoreState({ from: copy(), home: restored(), env: {} })

      const written = writtenIn(restored())
      expect(written.a).toEqual(written.b)
      expect(written.a).toEqual(Array.from({ length: written.a.length }, (_, index) => index))
      expect(written.a.length).toBeGreaterThan(before)
      expect(dumpOf(restored())).toEqual(dumpOf(copy()))
      for (const folder of [copy(), restored()]) rmSync(folder, { recursive: true })
      if (BACKUPS > 5)
        process.stderr.write(`${n + 1}: ${written.a.length} of ${writer.confirmed}\n`)
    }
  })
})

describe('restore', () => {
  it('refuses a damaged file and names it, and touches nothing', async () => {
    await backUp()
    const path = join(copy(), 'reverie.db')
    const bytes = readFileSync(path)
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1
    writeFileSync(path, bytes)

    await expect(restoreState({ from: copy(), home: restored(), env: {} })).rejects.toMatchObject({
      type: 'api_error',
      message: expect.stringContaining(path),
    })
    expect(existsSync(restored())).toBe(false)
  })

  it('refuses what is no backup, and names that lead out of it', async () => {
    const from = copy()
    const restore = (): Promise<unknown> => restoreState({ from, home: restored(), env: {} })
    await expect(restore()).rejects.toMatchObject({ type: 'not_found_error' })
    await backUp()
    const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8'))
    for (const name of ['../out', '/etc/passwd', 'a//b', 'manifest.json']) {
      const files = [{ ...manifest.files[0], name }]
      writeFileSync(join(from, 'manifest.json'), JSON.stringify({ ...manifest, files }))
      await expect(restore()).rejects.toMatchObject({ type: 'invalid_request_error' })
    }
  })

  it('refuses a state folder that stands or is open, and else moves it aside whole', async () => {
    await backUp()
    await restoreState({ from: copy(), home: restored(), env: {} })
    const again = { from: copy(), home: restored(), env: {} }
    await expect(restoreState(again)).rejects.toMatchObject({ type: 'conflict_error' })
    const replacing = { ...again, isReplacing: true }
    const open = await createReverie({ home: restored(), env: {} })
    await expect(restoreState(replacing)).rejects.toMatchObject({
      type: 'conflict_error',
      message: expect.stringContaining('Another process'),
    })
    await open.close()
    writeFileSync(join(restored(), 'mine'), 'kept')

    const { movedTo } = await restoreState(replacing)

    expect(readFileSync(join(movedTo ?? '', 'mine'), 'utf8')).toBe('kept')
    expect(readdirSync(restored())).toEqual(['reverie.db'])
  })

  it('brings a folder back to work where its notes went on meanwhile', async () => {
    await backUp()
    await restoreState({ from: copy(), home: restored(), env: {} })
    const reverie = await createReverie({ home: restored(), env: {} })
    const order = { memory: state.memory, sessions: [state.sessions] }

    const { changes } = await reverie.dream(order)
    await reverie.close()

    expect(changes).toEqual([])
  })
})

/** Writes pairs of rows in another process and tells each that was confirmed. */
class Writer implements AsyncDisposable {
  confirmed = -1
  readonly #child: ChildProcess

  constructor(home: string) {
    const adapter = new URL('../../src/storage/sqlite/sqlite-storage.ts', import.meta.url).href
    const path = join(home, 'reverie.db')
    const options = { path, workspaceId: 'wrkspc_default', busyTimeoutMs: 10_000 }
    const program = `
      import { openSqliteStorage } from ${JSON.stringify(adapter)}
      const storage = await openSqliteStorage(${JSON.stringify(options)})
      const begun = performance.now()
      for (let n = 0; ; n += 1) {
        const key = String(n).padStart(9, '0')
        await storage.steps.putAll([['test-a:' + key, 'x'.repeat(200)], ['test-b:' + key, '']])
        console.log(n)
        const early = begun + n * ${1_000 / WRITES_PER_SECOND} - performance.now()
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      }`
    const flags = ['--no-warnings', '--input-type=module', '--eval', program]
    this.#child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child.stdout?.on('data', (text: Buffer) => {
      this.confirmed = Number(text.toString().trim().split('\n').at(-1))
    })
  }

  async reaches(n: number): Promise<void> {
    while (this.confirmed < n) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await ended
  }
}

function writtenIn(home: string): { readonly a: readonly number[]; readonly b: readonly number[] } {
  const db = new DatabaseSync(join(home, 'reverie.db'))
  const of = (prefix: string): readonly number[] =>
    db
      .prepare('SELECT key FROM step_results WHERE key LIKE ? ORDER BY key')
      .all(`${prefix}%`)
      .map(({ key }) => Number(String(key).slice(prefix.length)))
  const written = { a: of('test-a:'), b: of('test-b:') }
  db.close()
  return written
}

/** A hash of the rows of every table. */
function dumpOf(home: string): Readonly<Record<string, string>> {
  const db = new DatabaseSync(join(home, 'reverie.db'))
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'memory_search%'`,
    )
    .all()
    .map(({ name }) => String(name))
  const dump = tables.map((name) => {
    const rows = db.prepare(`SELECT * FROM ${name}`).all()
    return [name, sha256(JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()))] as const
  })
  db.close()
  return Object.fromEntries(dump)
}

async function erasable(
  reverie: Awaited<ReturnType<ShopState['open']>>,
): Promise<{ readonly documents: readonly string[] }> {
  const subject = { kind: 'quote', text: 'words that nobody ever said' } as const
  return { documents: (await reverie.erasures.trace(subject)).leftIn }
}
