import type { Budget } from '../../core/dream.ts'
import type { NewId } from '../../core/ids.ts'
import type { SessionEnd } from '../../core/session.ts'
import type { Importer, ImportResult, ImportSource } from '../../importers/importer.ts'
import type { MemoryFiles } from '../../memory-imports/memory-files.ts'
import type { MemoryImporter } from '../../memory-imports/memory-importer.ts'
import type { Embedder } from '../../models/embedder.ts'
import type { Cassette, Model } from '../../models/model.ts'
import type { AgentProjects } from '../../projects/projects.ts'
import type { MemoryFolder } from '../../storage/memory-folder.ts'
import type { StateDatabase, StateFiles } from '../../storage/port/state-upkeep.ts'
import type { Storage } from '../../storage/storage.ts'
import type { PriceTable } from '../asking/prices.ts'
import type { SecretScanner } from '../dream-ports.ts'
import type { KeptFiles } from '../erasure/erasure-api.ts'
import type { Rules } from '../rules.ts'

/** Where transcripts come from. */
export interface Transcripts {
  /** Files, folders and globs as sources, in a stable order; what cannot be read is listed. */
  find(specs: readonly string[]): Promise<{
    readonly sources: readonly ImportSource[]
    readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  }>
  /** Reads one source, redacted, in the given or the detected format. */
  read(
    source: ImportSource,
    format: string | null,
    signal: AbortSignal | null,
  ): Promise<ImportResult>
  readonly formats: readonly Importer['format'][]
}

/** Which models there are, and what the person lets them be asked for. */
export interface ModelAccess {
  /** Names from the settings; `smallModel` null = `model`. */
  readonly configured: { readonly model: string | null; readonly smallModel: string | null }
  /** Null = nobody said: only what a request names may be asked. */
  readonly egress: 'none' | 'models' | null
  /** Caps where a request names none. */
  readonly budget: Budget
  /** Brought by the host program, in place of configured ones. */
  readonly own: { readonly small: Model; readonly large: Model } | null
  /** Throws `invalid_request_error` for a price file that cannot be read. */
  prices(): PriceTable
  /**
   * The model of a name, `provider/name` or `cassette:<folder>`; nothing is sent yet. Throws
   * `invalid_request_error` for a name without meaning, `authentication_error` without its key.
   */
  open(name: string): Promise<Model>
  readonly cassettes: Cassettes
}

/** Answers as folders of files. Throws `invalid_request_error` for a folder that cannot be read. */
export interface Cassettes {
  /** Throws `conflict_error` where the folder is the cassette of another model. */
  assertFree(folder: string, modelId: string): void
  /** Null = there is none. Throws `request_too_large` beyond the limits. */
  read(folder: string): Cassette | null
  /** Adds to what is there; `at` is when, ISO 8601. Throws `conflict_error` as `assertFree` does. */
  write(folder: string, cassette: Cassette, at: string): void
}

/** Where agents tell that a session is over. */
export interface SessionEnds {
  /** Hands over every end that was told and, once that is done, forgets them. */
  take(note: (ends: readonly SessionEnd[]) => Promise<void>): Promise<void>
}

/** A state folder as files, and how long it keeps transcripts. */
export interface UpkeepPorts {
  readonly files: StateFiles
  readonly database: StateDatabase
  /** Of this program. */
  readonly release: string
  /** Days after the last dream over a transcript is decided; null = for ever. */
  readonly sessionDays: number | null
}

/** All that `FolderOperations` need; the composition root provides it. */
export interface Deps {
  readonly home: string
  /** Of the running Node.js, for `doctor`. */
  readonly nodeVersion: string
  readonly storage: Storage
  readonly transcripts: Transcripts
  readonly secrets: SecretScanner
  readonly embedder: Embedder
  readonly rules: Rules
  readonly models: ModelAccess
  /** Opens the folder at a path as given; relative paths are against the working directory. */
  readonly openFolder: (path: string) => MemoryFolder
  /** Where stores are exported to and imported from; absent = nowhere. */
  readonly memoryFiles?: MemoryFiles
  /** Of memories of other programs; absent = none. */
  readonly memoryImporters?: readonly MemoryImporter[]
  /** How many memories a store may hold; absent = the limit. */
  readonly memoriesMax?: number
  /** Files beside the storage; absent = none are known. */
  readonly keptFiles?: KeptFiles
  /** The state folder as files; absent = the storage lives in none. */
  readonly upkeep?: UpkeepPorts
  /** Ends of sessions that agents have told; absent = nobody tells any. */
  readonly sessionEnds?: SessionEnds
  /** Coding agents of this machine; absent = none are looked for. */
  readonly projects?: AgentProjects
  readonly now: () => Date
  readonly newId: NewId
  /** Lets timers and signals have their turn; absent = nobody waits. */
  readonly breathe?: () => Promise<void>
  /** Resolves after `ms`; rejects when aborted. */
  readonly wait: (ms: number, signal: AbortSignal | null) => Promise<void>
}
