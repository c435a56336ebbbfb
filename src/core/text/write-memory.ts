import { ReverieError } from '../errors.ts'
import { parseMemory } from '../markdown.ts'
import type { StoredMemory } from '../store-content.ts'
import type { ParsedMemory, Unit } from '../unit.ts'
import { markdownTree, spanOf } from './markdown-tree.ts'
import { type MemoryEdits, textAfter } from './memory-edits.ts'
import { lineBreakOf, textLines } from './text-lines.ts'

export interface WrittenMemory {
  readonly content: string
  readonly parsed: ParsedMemory
}

/**
 * The memory with its edits: byte ranges of the named units are spliced, bullets appended, every
 * other byte stays. The result is parsed again and must hold exactly the units that the edits
 * ask for; markdown can make neighbours of a removed line run together, then an empty line stays
 * in its place. Throws `conflict_error` when no way of writing keeps every other unit.
 */
export function writeMemory(memory: StoredMemory, edits: MemoryEdits): WrittenMemory {
  const expected = [
    ...memory.units
      .filter(({ id }) => !edits.removed.has(id))
      .map((unit) => textAfter(unit, edits)),
    ...edits.appended,
  ]
  for (const gap of ['', lineBreakOf(memory.content)]) {
    const spliced = splice(memory, edits, gap)
    for (const append of [appendAtEnd, appendBeforeLastBlock]) {
      const content = edits.appended.length === 0 ? spliced : append(spliced, edits.appended)
      const parsed = parseMemory(content, { isIndex: false })
      if (
        isEqualList(
          parsed.units.map(({ text }) => text),
          expected,
        )
      )
        return { content, parsed }
    }
  }
  throw new ReverieError(
    'conflict_error',
    `The changes of the memory "${memory.path}" would disturb other text of it.`,
    { next: 'Reject the changes of this memory, or edit it by hand.' },
  )
}

/** From the end to the start, so that earlier ranges stay true. */
function splice(memory: StoredMemory, edits: MemoryEdits, gap: string): string {
  const pieces: Buffer[] = []
  let bytes = Buffer.from(memory.content, 'utf8')
  for (const unit of memory.units.toReversed()) {
    const cut = cutFor(unit, edits, gap)
    if (cut === null) continue
    pieces.unshift(Buffer.from(cut.text, 'utf8'), bytes.subarray(cut.end))
    bytes = bytes.subarray(0, cut.start)
  }
  return Buffer.concat([bytes, ...pieces]).toString('utf8')
}

interface Cut {
  readonly start: number
  readonly end: number
  readonly text: string
}

function cutFor(unit: Unit, edits: MemoryEdits, gap: string): Cut | null {
  if (edits.removed.has(unit.id)) return { ...unit.outerBytes, text: gap }
  const text = textAfter(unit, edits)
  return text === unit.text ? null : { ...unit.bytes, text }
}

/** Into the list that the memory ends with, in its marker, else as a new list after a blank line. */
function appendAtEnd(content: string, bullets: readonly string[]): string {
  const eol = lineBreakOf(content)
  const last = markdownTree(content).children.at(-1)
  if (last?.type !== 'list' || last.ordered === true) {
    return content + separatorAfter(content, eol) + asBullets(bullets, '-', eol)
  }
  const span = spanOf(last, content)
  const end = textLines(content)[span.lastLine - 1]?.end ?? content.length
  const head = content.slice(0, end)
  const marker = content.charAt(span.start)
  return head + (endsLine(head) ? '' : eol) + asBullets(bullets, marker, eol) + content.slice(end)
}

/** For a last block that swallows whatever follows it: a fence or comment that nobody closed. */
function appendBeforeLastBlock(content: string, bullets: readonly string[]): string {
  const eol = lineBreakOf(content)
  const last = markdownTree(content).children.at(-1)
  if (last === undefined) return appendAtEnd(content, bullets)
  const start = textLines(content)[spanOf(last, content).firstLine - 1]?.start ?? 0
  return appendAtEnd(content.slice(0, start), bullets) + eol + content.slice(start)
}

function asBullets(bullets: readonly string[], marker: string, eol: string): string {
  return bullets.map((text) => `${marker} ${text}${eol}`).join('')
}

function separatorAfter(content: string, eol: string): string {
  if (textLines(content).every(({ isBlank }) => isBlank)) return ''
  if (!endsLine(content)) return eol + eol
  return textLines(content).at(-1)?.isBlank === true ? '' : eol
}

function endsLine(content: string): boolean {
  return /[\r\n]$/u.test(content)
}

function isEqualList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}
