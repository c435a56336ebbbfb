/** What a folder holds, as bytes decoded losslessly; files that cannot be are listed apart. */
export interface FolderContent {
  /** Absolute real path: the folder's identity. */
  readonly root: string
  /** Markdown files by wire-style path (`/topic.md`), binary collation. */
  readonly memories: readonly {
    readonly path: string
    readonly content: string
    readonly sha256: string
  }[]
  /** CLAUDE.md, AGENTS.md: read as operator text, never written. */
  readonly readOnly: readonly { readonly path: string; readonly content: string }[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

export interface FileWrite {
  readonly path: string
  /** Hash the file must have now; null = it must not exist. */
  readonly expectedSha256: string | null
  /** New content; null = the file goes. */
  readonly content: string | null
}

/** How a write that was cut off ended: `finished` = every file is new, `rolled-back` = every file is old. */
export interface Recovery {
  readonly batchId: string
  readonly outcome: 'finished' | 'rolled-back'
  /** Files that somebody else has changed meanwhile: neither old nor new, never overwritten. */
  readonly leftAlone: readonly string[]
}

/**
 * A folder of markdown that belongs to a person. `write` is all or nothing, also across a crash:
 * journal in the state folder, then per file hash check, temp file, fsync, rename.
 */
export interface MemoryFolder {
  /** Throws `not_found_error` (no such folder) or `request_too_large` (named limits). */
  read(): Promise<FolderContent>
  /**
   * Throws `memory_precondition_failed_error` and writes nothing when any file has moved on.
   * `batchId` names the batch in the journal, which stays until `whenWritten` has resolved.
   */
  write(
    batchId: string,
    writes: readonly FileWrite[],
    whenWritten: () => Promise<void>,
  ): Promise<void>
  /**
   * Finishes or rolls back what a crash left; null = nothing was left. Run before any command.
   * For a finished batch `whenFinished` is awaited before its journal goes. A batch that
   * `isRecorded` had landed before the crash: what became of its files since is somebody else's
   * doing. Absent = no batch had.
   */
  recover(
    whenFinished: (batchId: string) => Promise<void>,
    isRecorded?: (batchId: string) => Promise<boolean>,
  ): Promise<Recovery | null>
}
