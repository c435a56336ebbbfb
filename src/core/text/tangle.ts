import { textLines } from './text-lines.ts'

/**
 * Quotes and list items that one line may open, and the width of the blanks before one. The work of
 * a parser grows with the square of the depth: a line of 20,000 dashes would take it hours.
 */
const DEPTH_MAX = 50
const INDENT_MAX = 200
/** Marks in running text, which a parser weighs against each other. */
const INLINE_MARKS_MAX = 5_000

const OPENINGS = /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t\r\n]|$)))+/u
const OPENING = />|[*+-]|\d+[.)]/gu
const RULE = /^[ \t]*([*_-])(?:[ \t]*\1)*[ \t\r\n]*$/u
const TAB_COLUMNS = 4

/** The first line (from 1) that nests quotes or lists deeper than anybody writes; null = none. */
export function tangledLine(content: string): number | null {
  const at = textLines(content).findIndex(({ start, end }) => isTangled(content.slice(start, end)))
  return at < 0 ? null : at + 1
}

function isTangled(line: string): boolean {
  const [openings] = OPENINGS.exec(line) ?? []
  if (openings === undefined || RULE.test(line)) return false
  const indent = /^[ \t]*/u.exec(openings)?.[0].replaceAll('\t', ' '.repeat(TAB_COLUMNS)) ?? ''
  return indent.length > INDENT_MAX || (openings.match(OPENING)?.length ?? 0) > DEPTH_MAX
}

/** Whether there are more marks for emphasis, code and links than a note has. */
export function hasManyInlineMarks(content: string): boolean {
  let count = 0
  for (const _ of content.matchAll(/[*_`[]/gu)) {
    count += 1
    if (count > INLINE_MARKS_MAX) return true
  }
  return false
}
