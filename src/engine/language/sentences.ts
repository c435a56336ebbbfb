import { remembered } from '../../core/text/remembered.ts'

/** A sentence as it stands in a text: `text` is the exact substring from `start` to `end`. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|cf|approx|resp|incl|mr|mrs|ms|dr|prof|jr|sr|st|nr|fig|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z])\.$/i
/** People who chat start sentences in lower case and with numbers; the segmenter does not. */
const LOWER_CASE_START = /(?<=[.!?]["')\]]*)\s+(?=[a-z\d$€`("'])/
const LIST_MARKER = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?/
const FENCE = /^\s*(?:```|~~~)/
const TEXTS_REMEMBERED = 15_000
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * The sentences of a markdown text. Code fences, block quotes, tables, headings and tags are not
 * sentences; a list item starts a new one; a hard-wrapped line continues one.
 */
export const splitSentences: (text: string) => readonly Sentence[] = remembered(
  TEXTS_REMEMBERED,
  (text) => proseBlocks(text).flatMap((block) => sentencesOf(text, block)),
)

interface Block {
  readonly start: number
  readonly end: number
}

interface Line extends Block {
  readonly text: string
}

/** Stretches of prose: consecutive lines that belong to one paragraph or list item. */
function proseBlocks(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const line of proseLines(text)) {
    const isNew =
      open === null ||
      LIST_MARKER.test(line.text) ||
      !continues(text.slice(open.start, open.end), line)
    if (line.text.trim() === '') {
      if (open !== null) blocks.push(open)
      open = null
    } else if (isNew) {
      if (open !== null) blocks.push(open)
      open = { start: line.start + (LIST_MARKER.exec(line.text)?.[0].length ?? 0), end: line.end }
    } else if (open !== null) {
      open = { start: open.start, end: line.end }
    }
  }
  return open === null ? blocks : [...blocks, open]
}

/** A wrapped line goes on in lower case after a line of some length without an end mark. */
function continues(before: string, line: Line): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1)
  return (
    last.length >= 40 && !/[.!?:]["')\]]*\s*$/.test(before) && /^\s*[\p{Ll}\d(]/u.test(line.text)
  )
}

/** The lines of a text with everything that is not prose emptied. */
function proseLines(text: string): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  let isInFence = false
  for (const raw of text.split('\n')) {
    const end = start + raw.length
    const isFence = FENCE.test(raw)
    const isOther = isFence || isInFence || /^\s*(?:>|\||#{1,6}\s|<\/?\w)/.test(raw)
    if (isFence) isInFence = !isInFence
    lines.push({ text: isOther ? '' : raw, start, end })
    start = end + 1
  }
  return lines
}

function sentencesOf(text: string, block: Block): readonly Sentence[] {
  const source = text.slice(block.start, block.end)
  const pieces: { start: number; end: number }[] = []
  // The segmenter ends a sentence at every line break; inside a block there is none.
  for (const { segment, index } of segmenter.segment(source.replaceAll('\n', ' '))) {
    let cursor = 0
    for (const part of segment.split(LOWER_CASE_START)) {
      const at = segment.indexOf(part, cursor)
      cursor = at + part.length
      const start = index + at
      const end = index + cursor
      const last = pieces.at(-1)
      if (last !== undefined && isUnfinished(source.slice(last.start, last.end), part))
        last.end = end
      else pieces.push({ start, end })
    }
  }
  return pieces.flatMap((piece) => {
    const raw = source.slice(piece.start, piece.end)
    const trimmed = raw.trim()
    if (trimmed === '') return []
    const start = block.start + piece.start + raw.indexOf(trimmed)
    return [{ text: trimmed, start, end: start + trimmed.length }]
  })
}

function isUnfinished(before: string, next: string): boolean {
  if (ABBREVIATION.test(before.trimEnd())) return true
  return /^\s*[a-z]/.test(next) && !/[.!?]["')\]]*\s*$/.test(before)
}
