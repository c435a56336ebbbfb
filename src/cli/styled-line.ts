import { type SafeText, terminalText } from './terminal-text.ts'

export type Tone =
  | 'plain'
  | 'strong'
  | 'quiet'
  | 'added'
  | 'removed'
  | 'merged'
  | 'learned'
  | 'noted'
  | 'warning'

/** A stretch of one line in one tone. Only `span` makes them, so that all text is safe. */
export interface Span {
  readonly text: SafeText
  readonly tone: Tone
}

export type Line = readonly Span[]

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: terminalText(text), tone }
}

/** A line from texts (plain) and spans. */
export function line(...parts: readonly (string | Span)[]): Line {
  return parts.map((part) => (typeof part === 'string' ? span(part) : part))
}

/** A line that keeps its blanks as they are: of a file or a diff. */
export function lineOf(text: SafeText, tone: Tone = 'plain'): Line {
  return [{ text, tone }]
}

export const BLANK: Line = []

export interface WrapOptions {
  /** Columns of the whole line, indentation included. */
  readonly width: number
  /** What stands before the first line; later ones are indented as far. */
  readonly before?: Line
  /** Longer text ends in "…" on this line. */
  readonly linesMax?: number
}

/** Breaks text between words, or inside a word that is wider than a line. */
export function wrap(body: Line, options: WrapOptions): Line[] {
  const before = options.before ?? []
  const indent = columnsOf(before)
  const room = Math.max(options.width - indent, 8)
  const rows = fill(body.flatMap(words), room)
  const shown = clip(rows, options.linesMax ?? Number.POSITIVE_INFINITY, room)
  return shown.map((row, index) => [
    ...(index === 0 ? before : indent === 0 ? [] : [blanks(indent)]),
    ...row,
  ])
}

export function blanks(count: number): Span {
  return { text: ' '.repeat(Math.max(count, 0)) as SafeText, tone: 'plain' }
}

/** Columns that a terminal uses: two for East Asian wide characters and emoji, none for marks. */
export function columnsOf(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + textColumns(text), 0)
}

/** Text filled up with blanks to a number of columns. */
export function padded(of: Span, columns: number): Line {
  return [of, blanks(columns - textColumns(of.text))]
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function textColumns(text: string): number {
  let columns = 0
  for (const character of text) columns += characterColumns(character)
  return columns
}

function characterColumns(character: string): number {
  if (character <= '\u02ff') return 1
  if (/\p{M}/u.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** Words keep the blanks before them, so that a row is its words in order. */
function words({ text, tone }: Span): Span[] {
  return (text.match(/ *[^ ]+| +$/g) ?? []).map((word) => ({ text: word as SafeText, tone }))
}

function fill(pieces: readonly Span[], room: number): Span[][] {
  const rows: Span[][] = [[]]
  let used = 0
  const newRow = (): void => {
    rows.push([])
    used = 0
  }
  for (const piece of pieces) {
    const startsWord = piece.text.startsWith(' ')
    if (used > 0 && startsWord && used + textColumns(piece.text) > room) newRow()
    const text = used === 0 && rows.length > 1 ? piece.text.trimStart() : piece.text
    for (const part of slices(text, room, room - used)) {
      if (used > 0 && used + textColumns(part) > room) newRow()
      rows.at(-1)?.push({ text: part as SafeText, tone: piece.tone })
      used += textColumns(part)
    }
  }
  return rows
}

/** Cuts what is wider than a whole line; the first slice fills what is left of the present one. */
function slices(text: string, room: number, left: number): string[] {
  if (textColumns(text) <= left) return [text]
  const parts: string[] = []
  let part = ''
  let limit = left > 0 ? left : room
  let columns = 0
  for (const character of text) {
    const width = characterColumns(character)
    if (columns + width > limit) {
      if (part !== '') parts.push(part)
      part = ''
      columns = 0
      limit = room
    }
    part += character
    columns += width
  }
  return part === '' ? parts : [...parts, part]
}

function clip(rows: Span[][], linesMax: number, room: number): Span[][] {
  if (rows.length <= linesMax) return rows
  const kept = rows.slice(0, linesMax)
  const last = kept.at(-1) ?? []
  while (columnsOf(last) > room - 2 && last.length > 1) last.pop()
  last.push(span(' …', 'quiet'))
  return kept
}
