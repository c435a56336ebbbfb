import type { ImportResult, ImportSource } from '../../importers/importer.ts'

/** A line of a source, counted from 1; `text` null = longer than the limit. */
export interface ReadLine {
  readonly number: number
  readonly text: string | null
  /** False only for a last line that no line break ends. */
  readonly isEnded: boolean
}

/** What imports need besides the ports of every route. */
export interface ImportPorts {
  /** Reads transcripts of the known formats, redacted. */
  readonly transcripts: {
    readonly formats: readonly string[]
    read(
      source: ImportSource,
      format: string | null,
      signal: AbortSignal | null,
    ): Promise<ImportResult>
  }
  /** Lines of a source as it comes in; throws `request_too_large` beyond the limit of a source. */
  readonly linesOf: (source: ImportSource, signal?: AbortSignal) => AsyncIterable<ReadLine>
  /** Where a transcript stands while it is read, in files that their owner alone may read. */
  readonly spoolFolder: string
}
