import type { Change } from '../../core/change.ts'
import type { Dream, DreamWithChanges } from '../../core/dream.ts'
import type { SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'

export interface DreamOutcome extends DreamWithChanges {
  readonly store: MemoryStore
  /** False: an identical run was waiting already, or nothing is new. */
  readonly isNew: boolean
  readonly imported: ImportSummary
  /** What a person should know: files that could not be read, a configured model left unused. */
  readonly warnings: readonly string[]
}

export interface ImportSummary {
  readonly files: number
  readonly sessions: number
  readonly newEvents: number
  readonly lines: number
  readonly read: number
  readonly skipped: Readonly<Record<string, number>>
  /** The first damaged or unknown lines; `line` null = the whole file. */
  readonly badLines: readonly {
    readonly path: string
    readonly line: number | null
    readonly reason: string
  }[]
  readonly redacted: readonly {
    readonly kind: string
    readonly path: string
    readonly line: number
  }[]
}

export interface ApplyOutcome {
  readonly dream: Dream
  readonly applied: readonly Change[]
  readonly held: number
  readonly rejected: number
  readonly files: readonly string[]
  /** Of a revert: sessions given back as unread whose transcripts have left; absent = none. */
  readonly purged?: readonly SessionId[]
}
