import type { Session } from '../core/session.ts'
import type { SessionEvent } from '../core/session-event.ts'

/** A file to import. `open` may be called more than once; each call starts from the beginning. */
export interface ImportSource {
  /** As the person gave it (relative stays relative); shown in evidence. */
  readonly path: string
  readonly sizeBytes: number
  /** The file that it is; absent = it is none, and nobody can tell whether it has changed. */
  readonly file?: SourceFile
  open(): AsyncIterable<Uint8Array>
}

/** A file as the file system lists it: tells activity and what is unchanged, never evidence. */
export interface SourceFile {
  /** Absolute, links followed. */
  readonly realPath: string
  /** Of the last write, ms since 1970. */
  readonly modifiedAtMs: number
  readonly inode: number
}

/** Grows whenever a source that was read before would be read otherwise: it is then read again. */
export const IMPORT_VERSION = 1

export interface ImportedSession {
  readonly session: Session
  readonly events: readonly SessionEvent[]
}

/** A place of a source that is damaged, unknown or could not be read. */
export interface BadLine {
  readonly path: string
  /** Of the line or item, counted from 1; null = the whole file. */
  readonly line: number | null
  /** As in `skipped`. */
  readonly reason: string
}

/** What became of every line (or item) of a source: `read + Σ skipped = lines`. */
export interface ImportTally {
  readonly lines: number
  readonly read: number
  /** Reason -> lines, for example `unknown type: progress`, `torn line`, `empty`. */
  readonly skipped: Readonly<Record<string, number>>
  /** The first places of each reason that tells of damage or of something unknown; bounded. */
  readonly badLines: readonly BadLine[]
  /** Secrets taken out before anything was stored, by kind and place; never the secret. */
  readonly redacted: readonly {
    readonly kind: string
    readonly path: string
    readonly line: number
  }[]
}

export interface ImportResult {
  readonly sessions: readonly ImportedSession[]
  readonly tally: ImportTally
}

/**
 * Reads transcripts of one format. Tolerant: a bad line is counted, never fatal. Pure apart from
 * reading the source: equal bytes give equal sessions, ids and order on every machine.
 */
export interface Importer {
  readonly format: string
  /** Judged by content, never by the file's name. `head` is the first 64 KiB as text. */
  recognizes(head: string): boolean
  read(source: ImportSource, redact: Redact, signal?: AbortSignal): Promise<ImportResult>
}

export interface RedactedText {
  readonly text: string
  /** Kind of each secret taken out; the text holds `[redacted:<kind>]` in its place. */
  readonly kinds: readonly string[]
}

/** Takes secrets out of a text. Idempotent; a text without secrets comes back as the same string. */
export type Redact = (text: string) => Promise<RedactedText>
