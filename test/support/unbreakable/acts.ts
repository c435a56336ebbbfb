import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MemoryId, MemoryStoreId } from '../../../src/core/ids.ts'
import type { Reverie } from '../../../src/reverie.ts'
import type { Act, Files, Move, Note, Order } from './note.ts'

/** Events of one transcript. */
export const SAID = 2

/** One process's way through the acts of a round. */
export class Acting {
  readonly #order: Order
  readonly #reverie: Reverie
  #dreamId: string

  constructor(order: Order, reverie: Reverie) {
    this.#order = order
    this.#reverie = reverie
    this.#dreamId = order.dreamId
  }

  /** What an act is going to change in the folder; null = nothing. */
  async moveOf(act: Act): Promise<Move | null> {
    if (act !== 'apply' && act !== 'revert') return null
    const from = filesIn(this.#order.memory)
    const to: Record<string, string> = { ...from }
    for (const { path, before, after } of await this.#reverie.preview(this.#dreamId)) {
      const content = act === 'apply' ? after : before
      if (content === null) delete to[path.slice(1)]
      else to[path.slice(1)] = Buffer.from(content).toString('latin1')
    }
    const status = act === 'apply' ? 'applied' : 'reverted'
    return { dreamId: this.#dreamId, status, from, to: sorted(to) }
  }

  async perform(act: Act, round: number, move: Move | null): Promise<Note> {
    switch (act) {
      case 'put':
        return this.#put(round)
      case 'import':
        return this.#import(round)
      case 'dream':
        return this.#dream(round)
      case 'recover':
        await this.#reverie.doctor()
        return { kind: 'recovered' }
    }
    if (move === null) throw new Error(`Nothing is known to ${act}.`)
    await (act === 'apply' ? this.#reverie.apply(move.dreamId) : this.#reverie.revert(move.dreamId))
    return { kind: 'moved', move }
  }

  async #put(round: number): Promise<Note> {
    const content = `- Number ${round} of process ${process.pid}.\n`
    const path = `/put/${process.pid}-${round}-${Date.now()}.md`
    const { memories } = this.#reverie.workspace()
    const { id } = await memories.create(this.#order.storeId as MemoryStoreId, { path, content })
    return { kind: 'put', id, content }
  }

  async #import(round: number): Promise<Note> {
    const source = transcript(this.#order.transcripts, round)
    await this.#reverie.sessions.add([source])
    return { kind: 'imported', source, events: SAID }
  }

  async #dream(round: number): Promise<Note> {
    const sessions = [transcript(this.#order.transcripts, round)]
    const { dream } = await this.#reverie.dream({ memory: this.#order.memory, sessions })
    this.#dreamId = dream.id
    return { kind: 'dreamt', dreamId: dream.id, digest: dream.plan?.digest ?? '' }
  }
}

/** What the store holds under an id; null = nothing. */
export async function contentOf(
  reverie: Reverie,
  storeId: string,
  id: string,
): Promise<string | null> {
  const { memories } = reverie.workspace()
  const items = await memories.list(storeId as MemoryStoreId)
  return items.find((item) => item.id === (id as MemoryId))?.content ?? null
}

/** Every file below a folder, hidden ones too. */
export function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  const contents = files.map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const)
  return sorted(Object.fromEntries(contents))
}

function sorted(files: Files): Files {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Writes what is said in a round. */
function transcript(folder: string, round: number): string {
  const path = join(folder, `${round}.jsonl`)
  const at = '2026-11-01T10:00:00Z'
  const said = [
    `The staging database listens on port ${6_000 + round} now.`,
    `Remember: warehouse number ${round} closes at 16:00 on Fridays.`,
  ]
  const rows = said.map((content) => `${JSON.stringify({ role: 'user', content, at })}\n`)
  writeFileSync(path, rows.join(''))
  return path
}
