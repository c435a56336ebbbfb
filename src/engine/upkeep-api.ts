import type { SessionId } from '../core/ids.ts'

/** One thing that is wrong in the state folder; never words of a memory. */
export interface Damage {
  /** What it is in: a table, an id, a file. */
  readonly where: string
  /** What was expected and what was found. */
  readonly what: string
}

/** What a check looked at, and what is wrong. */
export interface Verification {
  /** Rows and files that were looked at, by what they are. */
  readonly checked: Readonly<Record<string, number>>
  readonly damages: readonly Damage[]
}

/** A whole state folder in one folder, as of one moment. */
export interface Backup {
  /** Absolute. */
  readonly folder: string
  readonly files: readonly {
    readonly name: string
    readonly bytes: number
    readonly sha256: string
  }[]
  /** ISO 8601. */
  readonly takenAt: string
}

/** Transcripts that have served, and leave. What changes cite of them stays in the ledger. */
export interface Purge {
  readonly sessions: readonly { readonly id: SessionId; readonly why: string }[]
  readonly events: number
  /** False: only told. */
  readonly isDone: boolean
}

/** What keeps a state folder in order. */
export interface UpkeepOperations {
  /** `readData`: every row against its hash and every reference, instead of the files alone. */
  verify(options: { readonly readData: boolean }): Promise<Verification>
  /** Writes into a new or an empty folder while others go on; throws `conflict_error` for any other. */
  backup(folder: string): Promise<Backup>
  /** Removes transcripts that `retention.sessions` lets go; `isTrial` only tells which. */
  purge(options: { readonly isTrial: boolean }): Promise<Purge>
}
