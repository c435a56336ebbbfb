import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/ids.ts'
import type { DatabaseFindings } from '../../src/storage/port/state-upkeep.ts'
import { checkDatabase } from '../../src/storage/sqlite/upkeep/check-database.ts'
import { ShopState } from '../support/shop-state.ts'

const FLIPS = Number(process.env.BIT_FLIPS ?? 8)
const SEED = Number(process.env.BIT_FLIPS_SEED ?? 1)

let state: ShopState
let bytes: Buffer
let copy: string

beforeAll(async () => {
  state = await ShopState.made()
  bytes = readFileSync(state.database)
  copy = join(state.base, 'copy.db')
})

afterAll(() => state[Symbol.dispose]())

describe('verify with the data', () => {
  it('finds nothing in a whole database', () => {
    copyFileSync(state.database, copy)

    const found = check()

    expect(found.damages).toEqual([])
    expect(found.isOpenable).toBe(true)
    expect(found.checked).toMatchObject({ session_events: expect.any(Number), memories: 19 })
  })

  it(`names every one of ${FLIPS} flipped bits that changes a row, or the index of the search`, () => {
    const whole = dumpOf(bytes)
    const next = randomFrom(SEED)
    const missed: string[] = []
    let named = 0
    for (let n = 0; n < FLIPS; n += 1) {
      const at = Math.floor(next() * bytes.length)
      const bit = Math.floor(next() * 8)
      writeFlipped(at, bit)
      if (check().damages.length > 0) named += 1
      else if (dumpOf(readFileSync(copy)) !== whole) missed.push(`byte ${at} bit ${bit}`)
    }
    if (FLIPS > 100) process.stderr.write(`${named} of ${FLIPS} flips named, the others harmless\n`)

    expect(missed).toEqual([])
  })

  it.each([
    ['session_events', 'text'],
    ['memory_versions', 'content'],
    ['changes', 'reason'],
    ['ledger_entries', 'text'],
    ['change_evidence', 'quote'],
    ['units', 'text'],
    ['dreams', 'input_digest'],
    ['log_lines', 'body'],
    ['step_results', 'result'],
  ])('names the row of %s whose %s has a flipped bit', (table, column) => {
    const { words, id } = shortestIn(table, column)
    const at = placesOf(words)
    expect(at.length).toBeGreaterThan(0)

    // The same words may stand in several rows: place after place, until it is that of this one.
    const named: string[] = []
    const isNamed = at.some((place) => {
      writeFlipped(place + 3, 1)
      const found = check().damages.map(({ where }) => where)
      named.push(...found)
      return found.some((name) => name.startsWith(`${table} `) && name.includes(id))
    })

    expect(isNamed).toBe(true)
    expect(JSON.stringify(named)).not.toContain(words.slice(6, 30))
  })
})

function check(): DatabaseFindings {
  rmSync(`${copy}-wal`, { force: true })
  rmSync(`${copy}-shm`, { force: true })
  return checkDatabase(copy, { readData: true, tell: () => undefined })
}

function writeFlipped(at: number, bit: number): void {
  const flipped = Buffer.from(bytes)
  flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
  writeFileSync(copy, flipped)
}

/** Every row of every table, the words of the index too; an error where they cannot be read. */
function dumpOf(file: Uint8Array): string {
  const path = join(state.base, 'dump.db')
  writeFileSync(path, file)
  const db = new DatabaseSync(path)
  try {
    db.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'memory_search', 'instance')`)
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'memory_search%'`,
      )
      .all()
      .map(({ name }) => String(name))
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
    const rows = [...tables, 'temp.words'].map((name) => {
      const found = db.prepare(`SELECT * FROM ${name}`).all()
      return [name, found.map((row) => sha256(JSON.stringify(row))).sort()]
    })
    return sha256(JSON.stringify([schema, rows]))
  } catch (error) {
    return `unreadable: ${String(error)}`
  } finally {
    db.close()
  }
}

interface NamedWords {
  readonly words: string
  readonly id: string
}

function shortestIn(table: string, column: string): NamedWords {
  const db = new DatabaseSync(state.database, { readOnly: true })
  const key = table === 'change_evidence' ? 'owner' : table === 'units' ? 'version_id' : 'id'
  const id = table === 'step_results' ? 'key' : key
  const row = db
    .prepare(
      `SELECT substr(${column}, 1, 60) AS words, ${id} AS id FROM ${table}
        WHERE length(${column}) > 10 ORDER BY length(${column}) LIMIT 1`,
    )
    .get()
  db.close()
  return { words: String(row?.words), id: String(row?.id) }
}

function placesOf(words: string): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) places.push(at)
  return places
}

/** Mulberry32: the same flips for the same seed. */
function randomFrom(seed: number): () => number {
  let state32 = seed
  return () => {
    state32 = (state32 + 0x6d2b79f5) | 0
    let mixed = Math.imul(state32 ^ (state32 >>> 15), 1 | state32)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
