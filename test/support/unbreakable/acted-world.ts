import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { createReverie, type Reverie } from '../../../src/reverie.ts'
import { Acting, contentOf, filesIn } from './acts.ts'
import type { Act, Files, Move, Note, Order, Places } from './note.ts'

const MEMORIES: Files = {
  'MEMORY.md': '# Memory\n\n- [Deploys](deploys.md): how\n- [Ports](ports.md): which\n',
  'build.md': '- Deploys run from the main branch through the build pipeline.\n',
  'deploys.md': '# Deploys\n\n- Deploys run from the main branch.\n',
  'ports.md': '# Ports\n\n- The staging database listens on port 5432.\n',
}

/**
 * A memory folder with its state folder that processes act on and are killed over, and everything
 * that was acknowledged to them.
 */
export class ActedWorld {
  readonly places: Places
  storeId = ''
  /** The dream that was acknowledged last, and where its plan stands. */
  dreamId = ''
  planStatus: 'none' | 'waiting' | 'applied' | 'reverted' = 'none'
  acknowledged = 0
  readonly #puts = new Map<string, string>()
  readonly #sessions = new Map<string, number>()
  readonly #digests = new Map<string, string>()
  #files: Files = MEMORIES
  /** A move that began and whose end was not told. */
  #open: Move | null = null

  constructor(places: Places) {
    this.places = places
  }

  /** Makes the folders anew, with notes and a store to put memories into. */
  async begin(): Promise<void> {
    const { home, memory, transcripts } = this.places
    for (const folder of [home, memory, transcripts]) {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
    }
    for (const [name, content] of Object.entries(MEMORIES)) {
      writeFileSync(join(memory, name), content)
    }
    await this.open(async (reverie) => {
      this.storeId = (await reverie.workspace().stores.create({ name: 'put' })).id
      await reverie.memories.list(memory)
    })
  }

  async open<T>(work: (reverie: Reverie) => Promise<T>): Promise<T> {
    const reverie = await createReverie({ home: this.places.home, env: {} })
    try {
      return await work(reverie)
    } finally {
      await reverie.close()
    }
  }

  order(more: Pick<Order, 'acts' | 'firstRound'> & Partial<Order>): Order {
    const { places, storeId, dreamId } = this
    const quiet = { rounds: 1, kill: null, goesOn: false, mutant: 'none' } as const
    return { ...places, storeId, dreamId, ...quiet, ...more }
  }

  /** Acts in this very process, undisturbed. */
  async act(acts: readonly Act[], round: number): Promise<void> {
    await this.open(async (reverie) => {
      const acting = new Acting(this.order({ acts, firstRound: round }), reverie)
      for (const act of acts) {
        const move = await acting.moveOf(act)
        this.hear([{ kind: 'begins', act, move }, await acting.perform(act, round, move)])
      }
    })
  }

  /** Takes in what a process told before it ended. */
  hear(notes: readonly Note[]): void {
    for (const note of notes) this.#hearOne(note)
  }

  #hearOne(note: Note): void {
    if (note.kind === 'begins') this.#open ??= note.move
    if (note.kind === 'put') this.#puts.set(note.id, note.content)
    if (note.kind === 'imported') this.#sessions.set(note.source, note.events)
    if (note.kind === 'dreamt') {
      this.#digests.set(note.dreamId, note.digest)
      this.dreamId = note.dreamId
      this.planStatus = 'waiting'
    }
    if (note.kind === 'moved') this.#moved(note.move)
    if (['put', 'imported', 'dreamt', 'moved'].includes(note.kind)) this.acknowledged += 1
  }

  #moved(move: Move): void {
    this.#open = null
    this.#files = move.to
    this.planStatus = move.status
  }

  /**
   * Recovers as any next command does, and compares with what was acknowledged. Returns what is
   * lost, half done or left over; then goes on from what is there.
   */
  async problems(): Promise<readonly string[]> {
    const found: string[] = []
    try {
      await this.open(async (reverie) => {
        await reverie.doctor()
        await this.#compareRows(reverie, found)
        await this.#compareFolder(reverie, found)
      })
      this.#checkDatabase(found)
    } catch (error) {
      found.push(`unreadable: ${error instanceof Error ? error.stack : error}`)
    }
    return found
  }

  async #compareRows(reverie: Reverie, found: string[]): Promise<void> {
    const sessions = await reverie.sessions.list()
    for (const [source, events] of this.#sessions) {
      const session = sessions.find(({ sourcePath }) => sourcePath === source)
      const kept =
        session === undefined ? 0 : (await reverie.sessions.get(session.id)).events.length
      if (kept !== events) found.push(`lost: ${source} has ${kept} of ${events} events`)
    }
    for (const [id, content] of this.#puts) {
      if ((await contentOf(reverie, this.storeId, id)) !== content) found.push(`lost: put ${id}`)
    }
    for (const [id, digest] of this.#digests) {
      const plan = await reverie.show(id).then(
        ({ dream }) => dream.plan,
        () => null,
      )
      if (plan?.digest !== digest) found.push(`lost: dream ${id}`)
    }
  }

  /** Files, rows and the state of the plan have to tell the same. */
  async #compareFolder(reverie: Reverie, found: string[]): Promise<void> {
    const files = filesIn(this.places.memory)
    const move = this.#open
    if (move !== null) {
      const { dream } = await reverie.show(move.dreamId)
      if (dream.planStatus === move.status) this.#moved(move)
      this.#open = null
    }
    if (!isDeepStrictEqual(files, this.#files)) {
      const isOld = move !== null && isDeepStrictEqual(files, move.from)
      const isNew = move !== null && isDeepStrictEqual(files, move.to)
      const which = isOld ? 'old' : isNew ? 'new' : JSON.stringify(Object.keys(files))
      found.push(`half-applied: plan ${this.planStatus}, files ${which}`)
    }
    const rows = await reverie.memories.list(this.places.memory)
    const mirrored = rows.map(({ path, content }) => [
      path.slice(1),
      Buffer.from(content).toString('latin1'),
    ])
    if (!isDeepStrictEqual(Object.fromEntries(mirrored), files))
      found.push('rows are not the files')
    if (this.dreamId !== '') await this.#compareChanges(reverie, found)
    const left = readdirSync(join(this.places.home, 'journal')).filter(
      (name) => !name.includes('.writer'),
    )
    if (left.length > 0) found.push(`left over: ${left.join(', ')}`)
  }

  async #compareChanges(reverie: Reverie, found: string[]): Promise<void> {
    const { dream, changes } = await reverie.show(this.dreamId)
    const wanted = { none: '', waiting: 'proposed', applied: 'applied', reverted: 'reverted' }
    const isWhole = changes.every(({ status }) => status === wanted[this.planStatus])
    if (dream.planStatus !== this.planStatus || !isWhole) {
      const statuses = changes.map(({ status }) => status)
      found.push(`half-applied: ${this.planStatus}, is ${dream.planStatus} with ${statuses}`)
    }
  }

  #checkDatabase(found: string[]): void {
    const path = join(this.places.home, 'reverie.db')
    if (!existsSync(path)) found.push('lost: the database')
    const db = new DatabaseSync(path, { readOnly: true })
    for (const check of ['integrity_check', 'foreign_key_check']) {
      const rows = db
        .prepare(`PRAGMA ${check}`)
        .all()
        .map((row) => Object.values(row).join(' '))
      if (rows.length > 0 && rows.join() !== 'ok') found.push(`${check}: ${rows.join('; ')}`)
    }
    db.close()
  }
}
