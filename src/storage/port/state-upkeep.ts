/** One thing that is wrong in the state folder; never words of a memory. */
export interface Damage {
  /** What it is in: a table with an id, a file. */
  readonly where: string
  /** What was expected and what was found. */
  readonly what: string
}

/** What a check looked at, and what is wrong. */
export interface Findings {
  /** Rows and files that were looked at, by what they are. */
  readonly checked: Readonly<Record<string, number>>
  readonly damages: readonly Damage[]
}

/** Told as a check or a copy goes along; counted in its own items. */
export type Tell = (what: string, done: number, of: number) => void

export interface CheckOptions {
  /** Every row against its digest and its references, instead of the structure alone. */
  readonly readData: boolean
  readonly tell: Tell
}

/** What a check of the database found. */
export interface DatabaseFindings extends Findings {
  /** False: it is no database of this release, or does not open; nothing can be asked of it. */
  readonly isOpenable: boolean
}

/** The database of a state folder as a file, beside the storage that works in it. */
export interface StateDatabase {
  /** Looks and changes nothing; what cannot be read is a damage, never an error. */
  check(options: CheckOptions): Promise<DatabaseFindings>
  /**
   * Writes the database as it is at one moment into a new file, durably, while others go on writing.
   * Throws `api_error` where it cannot be read.
   */
  copyTo(path: string): Promise<void>
}

/** A file of a backup. */
export interface BackedUpFile {
  /** Relative to the backup, with `/`. */
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** A whole state folder in one folder, as of one moment. */
export interface BackupFolder {
  /** Absolute. */
  readonly folder: string
  readonly files: readonly BackedUpFile[]
  /** ISO 8601. */
  readonly takenAt: string
}

/** What a backup says of itself. */
export interface BackupFacts {
  readonly takenAt: string
  /** Of the program that made it. */
  readonly release: string
  /** Memory folders that it does not contain: they are the person's own files. */
  readonly memoryFolders: readonly string[]
}

/** The files of a state folder. */
export interface StateFiles {
  /** Permissions, files that are not ours, what a crash left behind. Changes nothing. */
  check(): Promise<Findings>
  /**
   * Makes a backup in a folder that is new or empty, whole or not at all. Throws `conflict_error`
   * where something stands, `invalid_request_error` for a folder inside the state folder.
   */
  backUp(folder: string, facts: BackupFacts, tell: Tell): Promise<BackupFolder>
  /** A path as typed, against the working directory. */
  absolute(path: string): string
}
