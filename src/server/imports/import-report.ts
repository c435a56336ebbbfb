import { LIMITS } from '../../config.ts'
import type { SessionImportReport } from '../../wire/session-events/session-import.ts'

/** Counts what became of every line of an import. */
export class ImportReport {
  readonly #sessions = new Map<string, number>()
  readonly #skipped = new Map<string, number>()
  readonly #redacted = new Map<string, number>()
  readonly #badLines: { line: number; reason: string }[] = []
  #lines = 0
  #read = 0

  /** A line that says something. */
  countRead(lines = 1): void {
    this.#lines += lines
    this.#read += lines
  }

  /** A line that is passed over; `line` null = its place is not known. */
  skip(reason: string, line: number | null, lines = 1): void {
    this.#lines += lines
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + lines)
    if (line !== null) this.tellOf(line, reason)
  }

  /** The place of a line that is counted already. */
  tellOf(line: number, reason: string): void {
    if (this.#badLines.length < LIMITS.badLinesToldMax) this.#badLines.push({ line, reason })
  }

  redacted(kinds: readonly string[]): void {
    for (const kind of kinds) this.#redacted.set(kind, (this.#redacted.get(kind) ?? 0) + 1)
  }

  sessionGrew(id: string, newEvents: number): void {
    this.#sessions.set(id, (this.#sessions.get(id) ?? 0) + newEvents)
  }

  finish(): SessionImportReport {
    const sessions = [...this.#sessions].map(([id, new_events]) => ({ id, new_events }))
    return {
      type: 'session_import',
      sessions,
      new_events: sessions.reduce((sum, { new_events }) => sum + new_events, 0),
      lines: this.#lines,
      read: this.#read,
      skipped: Object.fromEntries(this.#skipped),
      bad_lines: this.#badLines,
      redacted: Object.fromEntries(this.#redacted),
    }
  }
}
