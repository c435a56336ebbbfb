import { markdownTree } from './markdown-tree.ts'

/** Every block of markdown that fits on one line starts with a digit or punctuation. */
const STARTS_PLAIN = /^\p{L}/u

/**
 * A text as it can stand in one bullet or paragraph: on one line, and with its first character
 * escaped where markdown would read it as a heading, list, fence, rule, definition or raw HTML.
 * Idempotent.
 */
export function asUnitText(text: string): string {
  const line = collapsed(text)
  if (line === '' || STARTS_PLAIN.test(line) || isPlain(line)) return line
  const asNumber = line.replace(/^(\d+)([.)])/u, '$1\\$2')
  return asNumber === line ? `\\${line}` : asNumber
}

/** A text on one line. */
export function collapsed(text: string): string {
  return text.replace(/\s*[\r\n]\s*/gu, ' ').trim()
}

function isPlain(line: string): boolean {
  const bullet = `- ${line}`
  const [list, ...rest] = markdownTree(bullet).children
  if (list?.type !== 'list' || rest.length > 0) return false
  const [paragraph, ...others] = list.children[0]?.children ?? []
  return (
    paragraph?.type === 'paragraph' &&
    others.length === 0 &&
    paragraph.position?.start.offset === 2 &&
    paragraph.position.end.offset === bullet.length
  )
}
