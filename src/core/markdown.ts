import type { Heading, List, ListItem, Paragraph, RootContent } from 'mdast'
import { byteOffsets } from './text/byte-offsets.ts'
import { readFrontMatter } from './text/front-matter.ts'
import { BYTE_ORDER_MARK, markdownTree, plainText, spanOf } from './text/markdown-tree.ts'
import { localMarkdownLink } from './text/memory-link.ts'
import { remembered } from './text/remembered.ts'
import { type TextLine, textLines } from './text/text-lines.ts'
import type { ParsedMemory, ParsedUnit, UnitKind } from './unit.ts'

export { statedAtOf } from './text/stated-at.ts'

export interface ParseOptions {
  /** In an index, a bullet that links to a local markdown file is an `index-line`. */
  readonly isIndex: boolean
}

/**
 * Cuts a memory into units: list items at every level and top-level paragraphs. Code, tables,
 * quotes and raw HTML are other content, also inside a list item; an item that holds more than
 * its first paragraph is a `parent-bullet`, so that nothing below it loses its head.
 */
export function parseMemory(content: string, { isIndex }: ParseOptions): ParsedMemory {
  if (content.length > REMEMBERED_CHARS_MAX) return parse(content, { isIndex })
  return isIndex ? parsedIndex(content) : parsedMemory(content)
}

/** A dream looks at a memory in several stages; large ones are few and not kept. */
const MEMORIES_REMEMBERED = 1_000
const REMEMBERED_CHARS_MAX = 20_000

const parsedMemory = remembered(MEMORIES_REMEMBERED, (content) =>
  parse(content, { isIndex: false }),
)
const parsedIndex = remembered(MEMORIES_REMEMBERED, (content) => parse(content, { isIndex: true }))

function parse(content: string, options: ParseOptions): ParsedMemory {
  const reading: Reading = {
    content,
    ...options,
    found: [],
    headings: [],
    path: [],
    hasOtherContent: false,
  }
  let frontMatter: ParsedMemory['frontMatter'] = null
  for (const node of markdownTree(content).children) {
    if (node.type === 'yaml') frontMatter = readFrontMatter(node.value)
    else readBlock(reading, node)
  }
  return {
    frontMatter,
    units: withByteRanges(content, reading.found),
    hasOtherContent: reading.hasOtherContent,
    headings: reading.headings,
  }
}

/** A unit in UTF-16 offsets and 0-based lines. */
interface FoundUnit {
  readonly kind: UnitKind
  readonly start: number
  readonly end: number
  readonly firstLine: number
  readonly lastLine: number
  readonly context: readonly string[]
  readonly linkTarget: string | null
}

type ParsedHeading = ParsedMemory['headings'][number]

interface Reading extends ParseOptions {
  readonly content: string
  readonly found: FoundUnit[]
  readonly headings: ParsedHeading[]
  /** The headings that what comes next stands under, outermost first. */
  readonly path: ParsedHeading[]
  hasOtherContent: boolean
}

function readBlock(reading: Reading, node: RootContent): void {
  switch (node.type) {
    case 'heading':
      readHeading(reading, node)
      break
    case 'paragraph':
      readText(reading, node, 'paragraph', headingPath(reading))
      break
    case 'list':
      readList(reading, node, headingPath(reading))
      break
    case 'thematicBreak':
      break
    default:
      reading.hasOtherContent = true
  }
}

function readHeading({ headings, path, content }: Reading, node: Heading): void {
  const { firstLine } = spanOf(node, content)
  const heading = { text: plainText(node), level: node.depth, line: firstLine }
  headings.push(heading)
  while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop()
  path.push(heading)
}

function headingPath({ path }: Reading): readonly string[] {
  return path.map(({ text }) => text)
}

function readList(reading: Reading, list: List, context: readonly string[]): void {
  for (const item of list.children) readItem(reading, item, context)
}

function readItem(reading: Reading, item: ListItem, context: readonly string[]): void {
  const [first, ...rest] = item.children
  if (first === undefined) return
  // "- ## Ship on Mondays": a list item is a note, however loud it is written.
  const head = first.type === 'paragraph' || first.type === 'heading' ? first : null
  const below = head === null ? item.children : rest
  const text =
    head === null
      ? null
      : readText(reading, head, rest.length > 0 ? 'parent-bullet' : 'bullet', context)
  for (const child of below) {
    if (child.type !== 'list') reading.hasOtherContent = true
    else readList(reading, child, text === null ? context : [...context, text])
  }
}

function readText(
  reading: Reading,
  paragraph: Paragraph | Heading,
  kind: UnitKind,
  context: readonly string[],
): string {
  const span = spanOf(paragraph, reading.content)
  const text = reading.content.slice(span.start, span.end).replace(/[ \t\r\n]+$/u, '')
  const link = reading.isIndex && kind === 'bullet' ? localMarkdownLink(paragraph) : null
  reading.found.push({
    kind: link === null ? kind : 'index-line',
    start: span.start,
    end: span.start + text.length,
    firstLine: span.firstLine - 1,
    lastLine: span.lastLine - 1,
    context,
    linkTarget: link,
  })
  return text
}

function withByteRanges(content: string, found: readonly FoundUnit[]): readonly ParsedUnit[] {
  const lines = textLines(content)
  const byteAt = byteOffsets(content)
  let taken = content.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  return found.map((unit) => {
    const outer = outerRange(lines, unit, taken)
    taken = outer.end
    return {
      kind: unit.kind,
      text: content.slice(unit.start, unit.end),
      bytes: { start: byteAt(unit.start), end: byteAt(unit.end) },
      outerBytes: { start: byteAt(outer.start), end: byteAt(outer.end) },
      line: unit.firstLine + 1,
      context: unit.context,
      linkTarget: unit.linkTarget,
    }
  })
}

/**
 * The whole lines of a unit, and one blank line beside them where a unit between two blank lines
 * would leave a double one. The blank line above is taken first, unless the unit before has it.
 */
function outerRange(
  lines: readonly TextLine[],
  unit: FoundUnit,
  taken: number,
): { readonly start: number; readonly end: number } {
  const above = lines[unit.firstLine - 1]
  const below = lines[unit.lastLine + 1]
  const start = Math.max(lines[unit.firstLine]?.start ?? unit.start, taken)
  const end = lines[unit.lastLine]?.end ?? unit.end
  if (above?.isBlank === false || below?.isBlank === false) return { start, end }
  if (above !== undefined && above.start >= taken) return { start: above.start, end }
  return { start, end: below?.end ?? end }
}
