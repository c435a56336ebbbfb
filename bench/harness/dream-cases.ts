import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Change } from '../../src/core/change.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { LedgerEntry } from '../../src/core/ledger.ts'
import type { Unit } from '../../src/core/unit.ts'
import type { DreamOutcome, Reverie } from '../../src/engine/api.ts'

/** A message of a transcript, as the chat importer reads it. */
export interface Message {
  readonly role: 'user' | 'assistant' | 'tool' | 'system'
  readonly content: string
  /** ISO 8601; absent = undated. */
  readonly timestamp?: string
}

/** A memory folder by path, and transcripts: written for the case or lying on the disk. */
export interface DreamCase {
  readonly memory: Readonly<Record<string, string>>
  readonly transcripts: readonly (readonly Message[] | { readonly path: string })[]
}

/** One line of the store after the dream, with the words it came from. */
export interface CurrentEntry {
  readonly path: string
  readonly text: string
  readonly unit: Unit
  /** Of the applied change that wrote it; empty for what stood there before. */
  readonly evidence: readonly Evidence[]
}

export interface Dreamt {
  readonly folder: string
  readonly outcome: DreamOutcome
  readonly changes: readonly Change[]
  readonly current: readonly CurrentEntry[]
  readonly ledger: readonly LedgerEntry[]
}

/** Runs cases in folders of their own over one installation: import, dream, apply, read back. */
export class DreamCases {
  readonly reverie: Reverie
  readonly #home: string
  #count = 0

  constructor(reverie: Reverie, home: string) {
    this.reverie = reverie
    this.#home = home
  }

  /** One dream over a new folder. */
  async dream(given: DreamCase): Promise<Dreamt> {
    const folder = join(this.#newPlace(), 'memory')
    mkdirSync(folder, { recursive: true })
    for (const [path, content] of Object.entries(given.memory)) writeInto(folder, path, content)
    return this.dreamAgain(folder, given.transcripts)
  }

  /** One more dream over the folder of an earlier case. */
  async dreamAgain(folder: string, transcripts: DreamCase['transcripts']): Promise<Dreamt> {
    const place = this.#newPlace()
    const sessions = transcripts.map((one, n) =>
      'path' in one ? one.path : writeInto(place, `session-${n}.jsonl`, asJsonLines(one)),
    )
    const outcome = await this.reverie.dream({ memory: folder, sessions })
    const isWaiting = outcome.dream.planStatus === 'waiting'
    if (isWaiting && outcome.changes.some(({ status }) => status === 'proposed')) {
      await this.reverie.apply(outcome.dream.id)
    }
    const { changes } = await this.reverie.show(outcome.dream.id)
    return { folder, outcome, changes, ...(await this.#read(folder, changes)) }
  }

  async #read(
    folder: string,
    changes: readonly Change[],
  ): Promise<Pick<Dreamt, 'current' | 'ledger'>> {
    const applied = changes.filter(({ status }) => status === 'applied')
    const current: CurrentEntry[] = []
    for (const { path } of await this.reverie.memories.list(folder)) {
      const { units } = await this.reverie.memories.get(folder, path)
      current.push(
        ...units.map((unit) => ({
          path,
          text: unit.text,
          unit,
          evidence: writtenBy(unit, applied),
        })),
      )
    }
    return { current, ledger: await this.reverie.ledger(folder) }
  }

  #newPlace(): string {
    this.#count += 1
    const place = join(this.#home, `case-${this.#count}`)
    mkdirSync(place, { recursive: true })
    return place
  }
}

/** The evidence of every change that wrote a text or stands behind it. */
function writtenBy({ path, text }: Unit, applied: readonly Change[]): readonly Evidence[] {
  return applied
    .filter(({ after }) => after.some((placed) => placed.path === path && placed.text === text))
    .flatMap(({ evidence }) => evidence)
}

function writeInto(folder: string, path: string, content: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

function asJsonLines(messages: readonly Message[]): string {
  return `${JSON.stringify({ messages })}\n`
}
