import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Change } from '../../src/core/change.ts'
import type { ReverieOptions } from '../../src/engine/api.ts'
import type { DreamOutcome, DreamRequest, Reverie } from '../../src/reverie.ts'
import { createReverie } from '../../src/reverie.ts'
import { countedIds } from './dream-world.ts'

/** One line of a chat transcript, as the chat importer reads it. */
export interface ChatLine {
  readonly role?: 'user' | 'assistant' | 'tool'
  readonly content: string
  readonly at?: string
  readonly user?: string
  readonly name?: string
  readonly tool_call_id?: string
  readonly tool_calls?: readonly unknown[]
}

const START_MS = Date.parse('2026-11-20T03:00:00.000Z')

/**
 * A real folder of notes, a folder of transcripts and a state folder of their own below one
 * temporary folder, with the public facade open over them. The clock goes one second a look.
 */
export class FolderWorld implements AsyncDisposable {
  readonly reverie: Reverie
  readonly base: string
  readonly memory: string
  readonly sessions: string
  readonly home: string

  private constructor(base: string, reverie: Reverie) {
    this.base = base
    this.reverie = reverie
    this.memory = join(base, 'memory')
    this.sessions = join(base, 'sessions')
    this.home = join(base, 'home')
  }

  static async open(
    memories: Readonly<Record<string, string>>,
    options: Pick<ReverieOptions, 'env' | 'models' | 'rules'> = {},
  ): Promise<FolderWorld> {
    const base = mkdtempSync(join(tmpdir(), 'reverie-world-'))
    for (const folder of ['memory', 'sessions', 'home']) mkdirSync(join(base, folder))
    let looks = 0
    const now = (): Date => {
      looks += 1
      return new Date(START_MS + looks * 1_000)
    }
    const home = join(base, 'home')
    const world = new FolderWorld(
      base,
      await createReverie({ home, now, newId: countedIds(), ...options }),
    )
    for (const [name, content] of Object.entries(memories)) world.note(name, content)
    return world
  }

  /** Writes a file of the memory folder as a person or an agent would. */
  note(name: string, content: string): void {
    const path = join(this.memory, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }

  /** Adds lines to the end of a transcript. */
  say(name: string, lines: readonly (string | ChatLine)[]): void {
    const text = lines.map((line) => (typeof line === 'string' ? { content: line } : line))
    const rows = text.map((line) => `${JSON.stringify({ role: 'user', at: SAID_AT, ...line })}\n`)
    appendFileSync(join(this.sessions, `${name}.jsonl`), rows.join(''))
  }

  dream(request: Partial<DreamRequest> = {}): Promise<DreamOutcome> {
    return this.reverie.dream({ memory: this.memory, sessions: [this.sessions], ...request })
  }

  /** A person's decision on a change of a dream as it was shown. */
  decide(outcome: DreamOutcome, change: Change, decision: 'accept' | 'reject'): Promise<Change> {
    return this.reverie.decide(change.id, decision, outcome.dream.plan?.digest ?? '')
  }

  /** Every file of the memory folder, by name, as text that stands for its exact bytes. */
  files(): Readonly<Record<string, string>> {
    return filesBelow(this.memory)
  }

  modeOf(name: string): number {
    return statSync(join(this.memory, name)).mode & 0o777
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reverie.close()
    rmSync(this.base, { recursive: true, force: true })
  }
}

const SAID_AT = '2026-11-01T10:00:00Z'

/** Every file below a folder, by relative name, one character for each byte. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  )
}

/** The one change of a kind; throws when there is another number of them. */
export function theChange(outcome: { readonly changes: readonly Change[] }, kind: string): Change {
  const [change, ...more] = outcome.changes.filter((item) => item.kind === kind)
  if (change === undefined || more.length > 0) {
    throw new Error(`Expected one ${kind}, found ${outcome.changes.map((item) => item.kind)}.`)
  }
  return change
}

/** A tool call that fails, what was run to mend it, and the call again. */
export function failureAndFix(error: string, fix: string): readonly ChatLine[] {
  const call = (id: string, command: string): ChatLine => ({
    role: 'assistant',
    content: '',
    tool_calls: [{ id, function: { name: 'Bash', arguments: JSON.stringify({ command }) } }],
  })
  const result = (id: string, content: string): ChatLine => ({
    role: 'tool',
    tool_call_id: id,
    content,
  })
  return [
    call('a', 'pnpm test'),
    result('a', error),
    call('b', fix),
    result('b', 'done'),
    call('c', 'pnpm test'),
    result('c', '12 passed'),
  ]
}
