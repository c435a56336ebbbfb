import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LIMITS } from '../../src/config.ts'
import { DEFAULT_WORKSPACE, type NewId } from '../../src/core/ids.ts'
import type { DreamOutcome } from '../../src/engine/api.ts'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import type { Part, Scenario } from '../scenarios/scenario.ts'
import { filesBelow } from './folder-world.ts'

/** Where files do not wait for a disk, if this machine has such a place. */
const FAST = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const START_MS = Date.parse('2026-11-20T03:00:00.000Z')
/** Longer than a dream's lease, which a failed act may leave behind. */
export const LATER_MS = 60_000

/** Clock and ids that a test hands in; absent = fixed and random ones. */
export interface Handed {
  readonly now: () => Date
  readonly newId: NewId
}

/**
 * The real folder and state folder of one golden dream, always at the same place, with a real
 * database; what it is can be put aside and brought back as often as an act needs to begin anew.
 */
export class GoldenWorld implements Disposable {
  readonly memory: string
  readonly #base: string = mkdtempSync(join(FAST, 'reverie-golden-'))
  readonly #part: Part
  readonly #cassette: string

  constructor({ cassette }: Scenario, part: Part) {
    this.#part = part
    this.#cassette = cassette
    this.memory = join(this.#live, 'memory')
    mkdirSync(this.#live)
    cpSync(part.memory, this.memory, { recursive: true })
  }

  /** Opens Reverie for one act, as a command does. */
  async open<T>(act: (reverie: Reverie) => Promise<T>, handed: Partial<Handed> = {}): Promise<T> {
    const now = (): Date => new Date(START_MS)
    const env = { HOME: this.#base, REVERIE_HOME: join(this.#live, 'home') }
    const reverie = await createReverie({ now, ...handed, env, home: join(this.#live, 'home') })
    try {
      return await act(reverie)
    } finally {
      await reverie.close()
    }
  }

  /** By the recorded answers, or without any. */
  dream(reverie: Reverie, model = `cassette:${this.#cassette}`): Promise<DreamOutcome> {
    const sessions = [this.#part.sessions]
    return reverie.dream({ memory: this.memory, sessions, model })
  }

  importing(reverie: Reverie): Promise<unknown> {
    return reverie.sessions.add([this.#part.sessions])
  }

  /** Puts the present files aside under a name. */
  keep(name: string): void {
    cpSync(this.#live, join(this.#base, name), { recursive: true })
  }

  /** Brings them back. */
  bring(name: string): void {
    rmSync(this.#live, { recursive: true, force: true })
    cpSync(join(this.#base, name), this.#live, { recursive: true })
  }

  /** The memory folder, one character for each byte. */
  files(): Readonly<Record<string, string>> {
    return filesBelow(this.memory)
  }

  /** Files of the state folder that an act must not leave behind: journals and temporary ones. */
  leftBehind(): readonly string[] {
    const home = join(this.#live, 'home')
    if (!existsSync(home)) return []
    return readdirSync(home, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tmp|journal|stale)$/.test(name))
      .sort()
  }

  /** What SQLite finds wrong with the database; empty = nothing. */
  damage(): readonly string[] {
    const path = join(this.#live, 'home', 'reverie.db')
    if (!existsSync(path)) return []
    using db = new DatabaseSync(path)
    const integrity = db
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row.integrity_check))
    const keys = db
      .prepare('PRAGMA foreign_key_check')
      .all()
      .map((row) => JSON.stringify(row))
    return [...integrity.filter((line) => line !== 'ok'), ...keys]
  }

  /** Everything that must be the same after a retry, without ids of rows and without times. */
  async state(): Promise<unknown> {
    const storage = await openSqliteStorage({
      path: join(this.#live, 'home', 'reverie.db'),
      workspaceId: DEFAULT_WORKSPACE,
      busyTimeoutMs: LIMITS.busyTimeoutMs,
    })
    try {
      return { files: this.files(), ...(await rowsOf(storage)) }
    } finally {
      await storage.close()
    }
  }

  get #live(): string {
    return join(this.#base, 'live')
  }

  [Symbol.dispose](): void {
    rmSync(this.#base, { recursive: true, force: true })
  }
}

async function rowsOf(storage: Storage): Promise<object> {
  const sessions = await storage.sessions.list()
  const events = sessions.map(async ({ id }) =>
    (await storage.sessions.events(id)).map((one) => one.id),
  )
  const [store] = await storage.stores.list()
  const heard = (await Promise.all(events)).flat().sort()
  if (store === undefined) return { events: heard }
  const memories = await storage.memories.list(store.id)
  const units = await storage.units.list(store.id)
  const ledger = await storage.ledger.list(store.id, { withReverted: true })
  const sightings = await storage.counters.list(store.lineageId)
  const { consumption } = storage.sessions
  const unread = sessions.map(
    async ({ id }) => (await consumption.unread(store.lineageId, id)).length,
  )
  return {
    events: heard,
    memories: memories.map(({ path, content }) => [path, content]),
    units: units.map(({ path, text, origin, trust, statedAt }) => [
      path,
      text,
      origin,
      trust,
      statedAt,
    ]),
    ledger: ledger
      .map(({ kind, path, text, isReverted }) => JSON.stringify([kind, path, text, isReverted]))
      .sort(),
    sightings: sightings.length,
    unread: (await Promise.all(unread)).reduce((sum, count) => sum + count, 0),
  }
}
