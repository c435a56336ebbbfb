/** One line of a text, in UTF-16 offsets. */
export interface TextLine {
  readonly start: number
  /** After the line break, so that the lines of a text are contiguous. */
  readonly end: number
  readonly isBlank: boolean
}

const LINE = /[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/gu

/** The lines of a text as markdown counts them: LF, CRLF and a lone CR each end one. */
export function textLines(content: string): readonly TextLine[] {
  return Array.from(content.matchAll(LINE), ({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
    isBlank: /^[ \t\r\n]*$/u.test(line),
  }))
}

/** The line break a text uses, judged by its first one; LF where it has none. */
export function lineBreakOf(content: string): string {
  return /\r\n|\n|\r/u.exec(content)?.[0] ?? '\n'
}
