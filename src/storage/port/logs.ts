import type { Page, PageQuery, TimeRange } from './page.ts'

/** One line of a log. */
export interface LogLine {
  readonly id: string
  readonly type: string
  /** ISO 8601 UTC; null = no time is known. */
  readonly at: string | null
  /** JSON text; null = the session event with this id says it all. */
  readonly body: string | null
}

export interface NumberedLine {
  readonly sequence: number
  readonly line: LogLine
}

export interface LogQuery extends PageQuery {
  readonly types?: readonly string[]
  readonly created?: TimeRange
  /** As appended; default `asc`. */
  readonly order?: 'asc' | 'desc'
}

/** Lines by stream (`session:<id>`, `thread:<id>`, `schedule:<id>`, `audit`), in the order of their appending. */
export interface Logs {
  /** Appends lines whose id the stream does not have yet; returns how many were new. */
  append(stream: string, lines: readonly LogLine[]): Promise<number>
  page(stream: string, query: LogQuery): Promise<Page<LogLine>>
  /**
   * The last line, with its number in the order of appending, from 1; null = the stream is empty.
   * From then on until the transaction ends, nobody else appends to the stream.
   */
  head(stream: string): Promise<NumberedLine | null>
  /** Removes the whole stream; `audit` throws `permission_error`. */
  remove(stream: string): Promise<void>
}
