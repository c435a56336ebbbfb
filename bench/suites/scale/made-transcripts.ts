import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { generatedSentences, type StoreSize } from '../../harness/generated-store.ts'
import {
  drawnPath,
  failureText,
  printedText,
  proseText,
  requestText,
  type TextDraw,
} from './transcript-text.ts'

export interface TranscriptsSize {
  readonly sessions: number
  readonly bytesEach: number
}

/** What a person tells to keep in one session. */
const STATEMENTS = 5
/** Calls between two messages of a person; one in so many fails. */
const CALLS_PER_REQUEST = 4
const FAILED_EVERY = 15
/** One result in so many is long, as read files are. */
const LONG_EVERY = 8
const LONG_CHARS = 14_000
const SHORT_CHARS = 1_600
/** Rows of hooks and progress for each call, as the program writes them. */
const PROGRESS_PER_CALL = 5
const DAY_MS = 86_400_000
const FIRST_DAY = Date.parse('2026-01-01T09:00:00Z')

/**
 * Writes transcripts as Claude Code keeps them: a third of their bytes are progress, half results
 * of tools, which it notes twice. People state facts about the store of `about` in them. The same seed gives
 * the same bytes.
 */
export function writeTranscripts(
  folder: string,
  size: TranscriptsSize,
  about: StoreSize,
  seed: number,
): void {
  mkdirSync(folder, { recursive: true })
  for (let n = 0; n < size.sessions; n += 1) {
    const file = openSync(join(folder, `session-${String(n).padStart(4, '0')}.jsonl`), 'w')
    try {
      for (const text of transcript(n, size.bytesEach, about, seed + n)) writeSync(file, text)
    } finally {
      closeSync(file)
    }
  }
}

/** One transcript in pieces of some lines. */
function* transcript(n: number, bytes: number, about: StoreSize, seed: number): Generator<string> {
  const rows = new RowDraft(n, seed)
  const statements = generatedSentences(STATEMENTS, about, seed)
  const every = Math.ceil(bytes / (statements.length + 1))
  let told = 0
  for (let written = 0; written < bytes; ) {
    const due = statements.slice(told, Math.floor(written / every) + 1)
    told += due.length
    const piece = rows.turn(due.map((sentence) => `Remember: ${sentence}`))
    written += Buffer.byteLength(piece)
    yield piece
  }
}

/** The rows of one session, one after the other. */
class RowDraft {
  readonly #draw: TextDraw
  readonly #sessionId: string
  readonly #start: number
  #rows = 0
  #calls = 0

  constructor(n: number, seed: number) {
    const random = seededRandom(seed)
    const below = (limit: number): number => Math.floor(random() * limit)
    this.#draw = {
      below,
      oneOf(items) {
        const item = items[below(items.length)]
        if (item === undefined) throw new Error('Nothing to draw from.')
        return item
      },
    }
    this.#sessionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    this.#start = FIRST_DAY + n * DAY_MS
  }

  /** Messages of a person, and what the agent does on them. */
  turn(statements: readonly string[]): string {
    const draw = this.#draw
    const rows = [...statements, requestText(draw)].map((said) =>
      this.#row('user', { message: { role: 'user', content: said } }),
    )
    for (let call = 0; call < CALLS_PER_REQUEST; call += 1) rows.push(...this.#call())
    const last = [{ type: 'text', text: proseText(4, draw) }]
    rows.push(this.#row('assistant', { message: { role: 'assistant', content: last } }))
    return `${rows.join('\n')}\n`
  }

  #call(): readonly string[] {
    const draw = this.#draw
    this.#calls += 1
    const id = `toolu_${this.#sessionId.slice(-4)}${this.#calls}`
    const isFailed = draw.below(FAILED_EVERY) === 0
    const isLong = draw.below(LONG_EVERY) === 0
    const input = { command: `cat ${drawnPath(draw)}`, description: 'Show the file' }
    const text = isFailed ? failureText(draw) : printedText(isLong ? LONG_CHARS : SHORT_CHARS, draw)
    const use = [{ type: 'tool_use', id, name: 'Bash', input }]
    const result = [{ type: 'tool_result', tool_use_id: id, content: text, is_error: isFailed }]
    const spoken = [{ type: 'text', text: proseText(1, draw) }]
    const progress = { data: { type: 'hook_progress', command: printedText(500, draw) } }
    return [
      ...(this.#calls % 2 === 0
        ? [this.#row('assistant', { message: { role: 'assistant', content: spoken } })]
        : []),
      this.#row('assistant', { message: { role: 'assistant', content: use } }),
      ...Array.from({ length: PROGRESS_PER_CALL }, () => this.#row('progress', progress)),
      this.#row('user', {
        message: { role: 'user', content: result },
        toolUseResult: { stdout: text, stderr: '', interrupted: false },
      }),
    ]
  }

  #row(type: string, more: Readonly<Record<string, unknown>>): string {
    this.#rows += 1
    const serial = String(this.#rows).padStart(12, '0')
    return JSON.stringify({
      isSidechain: false,
      userType: 'external',
      cwd: '/home/dev/shop',
      sessionId: this.#sessionId,
      version: '2.1.39',
      type,
      ...more,
      uuid: `${this.#sessionId.slice(-8)}-0000-4000-8000-${serial}`,
      timestamp: new Date(this.#start + this.#rows * 1_000).toISOString(),
    })
  }
}
