import type { SessionId } from '../../core/ids.ts'
import type { BackupFolder, Findings, Tell } from '../../storage/port/state-upkeep.ts'

export type { Damage, Tell } from '../../storage/port/state-upkeep.ts'

/** What a check looked at, and what is wrong. */
export type Verification = Findings

/** A whole state folder in one folder, as of one moment. */
export interface Backup extends BackupFolder {
  /** Memory folders that it does not contain: they are the person's own files. */
  readonly memoryFolders: readonly string[]
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
  /** `readData`: every row against its hash and every reference, instead of the structure alone. */
  verify(options: { readonly readData: boolean; readonly tell?: Tell }): Promise<Verification>
  /** Writes into a new or an empty folder while others go on; throws `conflict_error` for any other. */
  backup(folder: string, options?: { readonly tell?: Tell }): Promise<Backup>
  /** Removes transcripts that `retention.sessions` lets go; `isTrial` only tells which. */
  purge(options: { readonly isTrial: boolean }): Promise<Purge>
}
