import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Verification, verifyState } from '../../src/reverie.ts'
import { ShopState } from '../support/shop-state.ts'

let state: ShopState
let whole: Buffer

beforeAll(async () => {
  state = await ShopState.made()
  whole = readFileSync(state.database)
})

beforeEach(() => writeFileSync(state.database, whole, { mode: 0o600 }))

afterAll(() => state[Symbol.dispose]())

const verify = (readData = true): Promise<Verification> =>
  verifyState({ home: state.home, env: {}, readData })

const edited = (...statements: readonly string[]): void => {
  const db = new DatabaseSync(state.database)
  try {
    db.exec('PRAGMA foreign_keys = OFF')
    for (const sql of statements) db.exec(sql)
  } finally {
    db.close()
  }
}

const told = ({ damages }: Verification): string =>
  damages.map(({ where, what }) => `${where}: ${what}`).join('\n')

describe('verify', () => {
  it('finds nothing after dreams, an apply, a revert and an apply', async () => {
    const found = await verify()

    expect(found.damages).toEqual([])
    for (const what of ['versions', 'units', 'quotes', 'audit lines', 'session_events']) {
      expect(found.checked[what]).toBeGreaterThan(0)
    }
    expect((await verify(false)).damages).toEqual([])
  })

  it('tells every part as it goes along', async () => {
    const parts: string[] = []

    await verifyState({
      home: state.home,
      env: {},
      readData: true,
      tell: (what) => parts.push(what),
    })

    expect(parts).toEqual(
      expect.arrayContaining(['pages of the database', 'references', 'rows of units', 'evidence']),
    )
  })

  it('finds files that others may read, files of others, and a write that was cut off', async () => {
    chmodSync(state.database, 0o644)
    writeFileSync(join(state.home, 'notes.txt'), 'mine', { mode: 0o600 })
    writeFileSync(join(state.home, 'journal', 'a.journal'), '{}', { mode: 0o600 })

    const found = told(await verify(false))

    expect(found).toContain('reverie.db: Others may read it: its mode is 644.')
    expect(found).toContain('notes.txt: It is no file of Reverie.')
    expect(found).toContain('a.journal: A write into a memory folder was cut off.')
    for (const name of ['notes.txt', 'journal/a.journal']) rmSync(join(state.home, name))
  })

  it.each([
    ['memory_versions', `UPDATE memory_versions SET content = 'x' || content WHERE sequence = 1`],
    ['its content has another hash', `UPDATE memory_versions SET content = 'x' WHERE sequence = 2`],
    ['units', `UPDATE units SET bytes_start = bytes_start + 1 WHERE ordinal = 0`],
    ['its quote is not in', `UPDATE change_evidence SET quote = 'nobody said this'`],
    ['the chain breaks', `UPDATE log_lines SET body = replace(body, 'local', 'other')`],
    ['the dream that it names', `UPDATE consumption SET dream_id = 'drm_none'`],
    ['the unit that it names', `UPDATE ledger_entries SET unit_id = 'unit_none'`],
    ['the row of memory_stores', `UPDATE dreams SET store_id = 'memstore_none'`],
    ['the index of the search', `INSERT INTO memory_search (rowid, path) VALUES (99, 'x')`],
    ['index ledger_of_store: it is not there', 'DROP INDEX ledger_of_store'],
    ['not as it was written', `UPDATE sessions SET title = 'another' WHERE rowid = 1`],
  ])('finds what another program changed: %s', async (words, sql) => {
    edited(sql)

    expect(told(await verify()).toLowerCase()).toContain(words)
  })

  it('holds plans of which nothing is decided against their digest', async () => {
    const undecided = `UPDATE changes SET
      status = CASE WHEN held_reason IS NULL THEN 'proposed' ELSE 'held' END`
    edited(undecided)
    const found = await verify()
    expect(found.checked.plans).toBe(2)
    expect(told(found)).not.toContain('Its plan is not the one')

    edited(`UPDATE changes SET reason = reason || '!'`)
    expect(told(await verify())).toContain('Its plan is not the one that was made.')
  })

  it('names rows of a page that cannot be read, and reads the others', async () => {
    const db = new DatabaseSync(state.database, { readOnly: true })
    const sql = `SELECT pageno FROM dbstat WHERE name = 'session_events' AND pagetype = 'leaf' LIMIT 1 OFFSET 2`
    const page = Number(db.prepare(sql).get()?.pageno)
    db.close()
    const broken = Buffer.from(whole)
    broken.fill(0xff, (page - 1) * 4096, (page - 1) * 4096 + 200)
    writeFileSync(state.database, broken)

    const found = await verify()

    const events = found.damages.filter(({ where }) => where.startsWith('session_events sevt_'))
    expect(events.length).toBeGreaterThan(0)
    expect(events.length).toBeLessThan(100)
    expect(found.checked.session_events).toBe(513)
    expect(found.checked.units).toBeGreaterThan(0)
  })

  it('says what to do where the database is none, of a newer release, empty, or gone', async () => {
    writeFileSync(state.database, 'no database at all, only some words'.repeat(300))
    expect(told(await verify())).toMatch(/database: It cannot be read: .*Restore a backup\./)

    writeFileSync(state.database, whole)
    edited('PRAGMA user_version = 99')
    expect(told(await verify())).toContain('Install a newer release')

    await expect(
      verifyState({ home: join(state.base, 'none'), env: {}, readData: false }),
    ).rejects.toMatchObject({ type: 'not_found_error' })
  })

  it('tells no words of a memory, a session or a plan', async () => {
    edited(
      `UPDATE session_events SET text = 'quokka7f ' || text`,
      `UPDATE units SET text = 'quokka7f'`,
    )

    const found = told(await verify())

    expect(found).toContain('session_events sevt_')
    expect(found).not.toContain('quokka7f')
  })
})
