import { linesOf, type Stretch } from './stretch.ts'

/** Fewer words in quotation marks are a name or a term. */
const QUOTE_WORDS_MIN = 5

const TAGGED = /<([a-z][\w-]*)(?:\s[^>\n]*)?>[\s\S]*?<\/\1\s*>/gi
/** Never closed; `Array<string>` in a sentence is no tag. */
const UNCLOSED_TAG = /^[^\S\n]*<([a-z][\w-]*)(?:\s[^>\n]*[^/>\n])?>(?![\s\S]*<\/\1\s*>)[\s\S]*/gim
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g
/** What turns of a chat are parted by for a model; nothing after one can be told from it. */
const TURN_MARK =
  /<\|(?:im_start|start_header_id|system|user|assistant|tool|endofprompt)\|>[\s\S]*|\[\/?INST\][\s\S]*/g
const ESCAPED_TAG = /&lt;\/?[a-z][\s\S]*?(?:\n[^\S\n]*\n|$)/gi
const TRIPLE = /('''|""")[\s\S]*?(?:\1|$)/g

const QUOTES: readonly RegExp[] = [
  /"[^"]{1,2000}"/g,
  /“[^”]{1,2000}”/g,
  /«[^»]{1,2000}»/g,
  /»[^«]{1,2000}«/g,
  /„[^“”]{1,2000}[“”]/g,
  /「[^」]{1,2000}」/g,
  /‘[^’]{1,2000}[.!?]’|‘[^’\n]{1,2000}’(?=\W|$)/g,
  // Not an apostrophe: it opens after a space and closes before one.
  /(?<=^|[\s(])'(?=\p{L})[^\n]{1,2000}?'(?=[\s).,;:!?]|$)/gmu,
  // Opened and never closed.
  /(?<=^\s*|[:,]\s|\b(?:says?|said|reads?|wrote) )[“"](?=\p{L})[^”"]{1,2000}$/gmu,
]

const CODE_LINE = /^[^\S\n]*`[^`\n]+`[^\S\n]*[.!?]?[^\S\n]*$/gm

/** What stands in tags, comments, turns of a chat or fences. */
export function markedUp(text: string): readonly Stretch[] {
  return [TAGGED, UNCLOSED_TAG, COMMENT, TURN_MARK, ESCAPED_TAG, TRIPLE, CODE_LINE].flatMap(
    (pattern) => [...text.matchAll(pattern)].map(stretchOf),
  )
}

export function longQuotes(text: string): readonly Stretch[] {
  return QUOTES.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter((match) => match[0].trim().split(/\s+/).length >= QUOTE_WORDS_MIN)
    .map(stretchOf)
}

const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,2}[.)])\s/
const INDENTED = /^(?: {4}|\t)\s*\S/
const BLOCK_QUOTE = /^\s*>/
const ENDED = /[.!?:)\]"”]\s*$/

/** Lines of code by their indent, and lines that go on with a block quote. */
export function setOff(text: string): readonly Stretch[] {
  const lines = linesOf(text)
  const found: Stretch[] = []
  let isInList = false
  let isQuoted = false
  for (const { line, start, end } of lines) {
    const isIndented = INDENTED.test(line)
    if (BLOCK_QUOTE.test(line)) isQuoted = !ENDED.test(line)
    else if (line.trim() === '') isQuoted = false
    else if (isQuoted) {
      found.push({ start, end })
      isQuoted = !ENDED.test(line)
    } else if (isIndented && !isInList) found.push({ start, end })
    if (LIST_ITEM.test(line)) isInList = true
    else if (line.trim() !== '' && !/^\s/.test(line)) isInList = false
  }
  return found
}

function stretchOf(match: RegExpExecArray): Stretch {
  return { start: match.index, end: match.index + match[0].length }
}
