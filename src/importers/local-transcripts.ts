import { isReverieError } from '../core/errors.ts'
import { importerFor } from './detect.ts'
import { TallyDraft } from './import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from './importer.ts'
import { sourceHead } from './source-lines.ts'
import { type FoundSources, findSources } from './sources.ts'

const HEAD_BYTES = 65_536

/** Transcripts in files of this machine, read by the given importers and redacted. */
export interface LocalTranscripts {
  readonly formats: readonly string[]
  find(specs: readonly string[]): Promise<FoundSources>
  /**
   * One bad file must not stop the others: a source that cannot be read, or is of no known
   * format, comes back as one skipped line with the reason. Throws `invalid_request_error` for
   * an unknown forced format, and the signal's reason.
   */
  read(
    source: ImportSource,
    format: string | null,
    signal: AbortSignal | null,
  ): Promise<ImportResult>
}

export function localTranscripts(redact: Redact, importers: readonly Importer[]): LocalTranscripts {
  return {
    formats: importers.map(({ format }) => format),
    find: (specs) => findSources(specs),
    async read(source, format, signal) {
      try {
        const importer = importerFor(importers, await sourceHead(source, HEAD_BYTES), format)
        if (importer === null) return skippedWhole(source, 'unknown format')
        return await importer.read(source, redact, signal ?? undefined)
      } catch (error) {
        signal?.throwIfAborted()
        if (isReverieError(error, 'request_too_large'))
          return skippedWhole(source, 'file too large')
        if (isFileError(error)) return skippedWhole(source, 'unreadable file')
        throw error
      }
    },
  }
}

function skippedWhole({ path }: ImportSource, reason: string): ImportResult {
  const tally = new TallyDraft(path)
  tally.countLine()
  tally.skipBad(reason, null)
  return { sessions: [], tally: tally.finish() }
}

/** An error of the operating system, such as a missing permission. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
