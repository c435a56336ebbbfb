import { LIMITS } from '../config.ts'
import type { BadLine, ImportTally } from './importer.ts'

/** What is told of a line of which some bytes are no text. */
export const NOT_UTF8 = 'not all of it is UTF-8'

const REASONS_MAX = 50
/** No digits and no capitals: what a stranger's field names cannot smuggle a secret through. */
const PLAIN_WORD = /^[a-z][a-z_.-]{0,39}$/

/** Counts what became of every line of one source. */
export class TallyDraft {
  readonly #path: string
  readonly #skipped = new Map<string, number>()
  readonly #badLines: BadLine[] = []
  readonly #toldOf = new Map<string, number>()
  readonly #redacted: { kind: string; path: string; line: number }[] = []
  #lines = 0
  #read = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Once for every line, before anything else is known of it. */
  countLine(): void {
    this.#lines += 1
  }

  countRead(): void {
    this.#read += 1
  }

  /**
   * A line that says nothing, as the format has them. `detail` comes from the source: told only
   * where it is a plain word.
   */
  skip(reason: string, detail?: unknown): void {
    this.#count(reason, detail)
  }

  /** A line that is damaged or unknown: its place is told too. `line` null = the whole source. */
  skipBad(reason: string, line: number | null, detail?: unknown): void {
    this.tellBad(this.#count(reason, detail), line)
  }

  /** A line that was read although something of it is damaged: only its place is told. */
  tellBad(reason: string, line: number | null): void {
    const told = this.#toldOf.get(reason) ?? 0
    if (told >= LIMITS.badLinesPerReasonMax || this.#badLines.length >= LIMITS.badLinesToldMax)
      return
    this.#toldOf.set(reason, told + 1)
    this.#badLines.push({ path: this.#path, line, reason })
  }

  /** A line that was read counts as skipped after all. */
  takeBack(reason: string): void {
    this.#read -= 1
    this.skip(reason)
  }

  #count(reason: string, detail: unknown): string {
    const full = detail === undefined ? reason : `${reason}: ${plainWord(detail)}`
    const isKnown = this.#skipped.has(full) || this.#skipped.size < REASONS_MAX
    const key = isKnown ? full : 'other'
    this.#skipped.set(key, (this.#skipped.get(key) ?? 0) + 1)
    return key
  }

  countRedacted(kinds: readonly string[], line: number): void {
    for (const kind of kinds) this.#redacted.push({ kind, path: this.#path, line })
  }

  finish(): ImportTally {
    return {
      lines: this.#lines,
      read: this.#read,
      skipped: Object.fromEntries(this.#skipped),
      badLines: this.#badLines,
      redacted: this.#redacted,
    }
  }
}

function plainWord(detail: unknown): string {
  return typeof detail === 'string' && PLAIN_WORD.test(detail) ? detail : 'other'
}
