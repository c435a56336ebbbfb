import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Change } from '../../src/core/change.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { LedgerEntry } from '../../src/core/ledger.ts'
import type { Unit } from '../../src/core/unit.ts'
import type { DreamOutcome, FolderOperations, ReverieOptions } from '../../src/engine/api.ts'
import type { Model } from '../../src/models/model.ts'
import { createReverie } from '../../src/reverie.ts'

/** A message of a transcript, as the chat importer reads it. */
export interface Message {
  readonly role: 'user' | 'assistant' | 'tool' | 'system'
  readonly content: string
  /** ISO 8601; absent = undated. */
  readonly at?: string
  /** Of the tool that answers. */
  readonly name?: string
  readonly is_error?: boolean
  /** Of an assistant, as OpenAI writes them, and which of them a tool answers. */
  readonly tool_calls?: readonly object[]
  readonly tool_call_id?: string
}

export type Transcript = readonly Message[] | { readonly path: string }

/** A memory folder by path, and transcripts: written for the case or lying on the disk. */
export interface DreamCase {
  readonly memory: Readonly<Record<string, string>>
  readonly transcripts: readonly Transcript[]
}

/** One line of the store after the dream, with the words it came from. */
export interface CurrentEntry {
  readonly path: string
  readonly text: string
  readonly unit: Unit
  /** Of the applied changes that wrote it, in this dream or before; empty for what stood there. */
  readonly evidence: readonly Evidence[]
}

export interface Dreamt {
  readonly folder: string
  readonly outcome: DreamOutcome
  /** Of this dream, as they stand after `apply`. */
  readonly changes: readonly Change[]
  readonly current: readonly CurrentEntry[]
  readonly ledger: readonly LedgerEntry[]
}

/** Where no message says a time. */
const UNDATED_DREAM_AT = '2026-12-01T12:00:00.000Z'
const DAY_MS = 86_400_000
/** Below the line with the id. */
const FIRST_MESSAGE_LINE = 2

/** Tells an installation the time; a run on another day gives the same figures. */
export interface BenchClock {
  now: Date
}

/**
 * Cases over a fresh installation in the folder `home`; the caller closes its `reverie`. `rules`
 * exchanges parts of its judgement; `model` is asked what rules leave open.
 */
export async function openDreamCases(
  home: string,
  rules: NonNullable<ReverieOptions['rules']> = {},
  model: Model | null = null,
): Promise<DreamCases> {
  const clock: BenchClock = { now: new Date(UNDATED_DREAM_AT) }
  const reverie = await createReverie({
    home: join(home, 'state'),
    now: () => clock.now,
    rules,
    ...(model === null ? {} : { models: { small: model, large: model } }),
  })
  return new DreamCases(reverie, home, clock)
}

/** A message that evidence cites, by its place among the transcripts of the dream that read it. */
export interface CitedMessage {
  readonly transcript: number
  readonly message: number
}

/** Null for words of a memory, or of a transcript that lay on the disk. */
export function citedMessage({ kind, source }: Evidence): CitedMessage | null {
  const [, transcript] = /session-\d+-(\d+)\.jsonl$/.exec(source.path) ?? []
  if (kind !== 'event' || transcript === undefined) return null
  return { transcript: Number(transcript), message: source.line - FIRST_MESSAGE_LINE }
}

/** Runs cases in folders of their own over one installation: import, dream, apply, read back. */
export class DreamCases {
  readonly reverie: FolderOperations
  readonly #home: string
  readonly #clock: BenchClock | null
  readonly #changes = new Map<string, readonly Change[]>()
  #count = 0

  constructor(reverie: FolderOperations, home: string, clock: BenchClock | null = null) {
    this.reverie = reverie
    this.#home = home
    this.#clock = clock
  }

  /** One dream over a new folder: on a fixed day, or the day after the last message if later. */
  async dream(given: DreamCase): Promise<Dreamt> {
    const folder = join(this.#newPlace(), 'memory')
    mkdirSync(folder, { recursive: true })
    for (const [path, content] of Object.entries(given.memory)) writeInto(folder, path, content)
    return this.dreamAgain(folder, given.transcripts)
  }

  /** One more dream over the folder of an earlier case. */
  async dreamAgain(folder: string, transcripts: readonly Transcript[]): Promise<Dreamt> {
    const place = this.#newPlace()
    const sessions = transcripts.map((one, n) => {
      if ('path' in one) return one.path
      const name = `session-${this.#count}-${n}`
      return writeInto(place, `${name}.jsonl`, asJsonLines(name, one))
    })
    if (this.#clock !== null) this.#clock.now = dreamTimeOf(transcripts)
    const outcome = await this.reverie.dream({ memory: folder, sessions })
    const isWaiting = outcome.dream.planStatus === 'waiting'
    if (isWaiting && outcome.changes.some(({ status }) => status === 'proposed')) {
      await this.reverie.apply(outcome.dream.id)
    }
    const { changes } = await this.reverie.show(outcome.dream.id)
    const all = [...(this.#changes.get(folder) ?? []), ...changes]
    this.#changes.set(folder, all)
    return { folder, outcome, changes, ...(await this.#read(folder, all)) }
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

function dreamTimeOf(transcripts: readonly Transcript[]): Date {
  const times = transcripts
    .flatMap((one) => ('path' in one ? [] : one))
    .flatMap(({ at }) => (at === undefined ? [] : [Date.parse(at) + DAY_MS]))
  return new Date(times.reduce((last, time) => Math.max(last, time), Date.parse(UNDATED_DREAM_AT)))
}

function writeInto(folder: string, path: string, content: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

/** A message a line below an id of its own: two cases may begin with the same words. */
function asJsonLines(id: string, messages: readonly Message[]): string {
  return [{ id }, ...messages].map((line) => `${JSON.stringify(line)}\n`).join('')
}
