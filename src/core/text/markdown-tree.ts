import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'

export const BYTE_ORDER_MARK = '\uFEFF'

/** Where a node stands in the source, in UTF-16 offsets and 1-based lines. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly firstLine: number
  readonly lastLine: number
}

/** Markdown with tables and YAML front matter. Task lists stay plain text. */
export function markdownTree(content: string): Root {
  return fromMarkdown(content, {
    extensions: [frontmatter(['yaml']), gfmTable()],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), gfmTableFromMarkdown()],
  })
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
