import type { NewId } from '../../core/ids.ts'
import type { Importer, ImportResult, ImportSource } from '../../importers/importer.ts'
import type { Embedder } from '../../models/embedder.ts'
import type { MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'
import type { SecretScanner } from '../dream-ports.ts'
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

/** All that the operations of a `Reverie` need; the composition root provides it. */
export interface Deps {
  readonly home: string
  /** Of the running Node.js, for `doctor`. */
  readonly nodeVersion: string
  readonly storage: Storage
  readonly transcripts: Transcripts
  readonly secrets: SecretScanner
  readonly embedder: Embedder
  readonly rules: Rules
  /** Opens the folder at a path as given; relative paths are against the working directory. */
  readonly openFolder: (path: string) => MemoryFolder
  readonly now: () => Date
  readonly newId: NewId
  /** Resolves after `ms`; rejects when aborted. */
  readonly wait: (ms: number, signal: AbortSignal | null) => Promise<void>
}
