import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import { hasManyInlineMarks, tangledLine } from './tangle.ts'
import { textLines } from './text-lines.ts'

export const BYTE_ORDER_MARK = '\uFEFF'

/** Where a node stands in the source, in UTF-16 offsets and 1-based lines. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly firstLine: number
  readonly lastLine: number
}

/**
 * Markdown with tables and YAML front matter. Task lists stay plain text. What is nested too deeply
 * to be parsed in time is one block of code; among marks without number only blocks are told apart.
 */
export function markdownTree(content: string): Root {
  if (tangledLine(content) !== null) return oneBlock(content)
  const blocksAlone = hasManyInlineMarks(content) ? [{ disable: { null: INLINE } }] : []
  return fromMarkdown(content, {
    extensions: [frontmatter(['yaml']), gfmTable(), ...blocksAlone],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmTableFromMarkdown()],
  })
}

/** The constructs of running text, by their names in micromark. */
const INLINE = [
  'attention',
  'autolink',
  'codeText',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
]

function oneBlock(content: string): Root {
  const lines = textLines(content)
  const last = lines.at(-1)
  const start = { line: 1, column: 1, offset: 0 }
  const end = { line: lines.length, column: content.length - (last?.start ?? 0) + 1 }
  const position = { start, end: { ...end, offset: content.length } }
  return { type: 'root', children: [{ type: 'code', value: content, position }], position }
}

/** The parser drops a byte order mark before it counts, so offsets are moved back by it. */
export function spanOf(node: Nodes, content: string): Span {
  const { position } = node
  if (position?.start.offset === undefined || position.end.offset === undefined) {
    throw new Error(`A parsed ${node.type} node has no position.`)
  }
  const shift = content.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  return {
    start: position.start.offset + shift,
    end: position.end.offset + shift,
    firstLine: position.start.line,
    lastLine: position.end.line,
  }
}

/** The words of a node without its markup. */
export function plainText(node: Nodes): string {
  if ('value' in node) return node.value
  if ('alt' in node) return node.alt ?? ''
  return 'children' in node ? node.children.map(plainText).join('') : ''
}
