import { dictates, handsOver, pointsAtTextBefore } from './handed-over.ts'
import { type Sentence, splitSentences } from './sentences.ts'

const HEADER = /^\s*(?:from|to|subject|sent|date|cc|reply-to|betreff|von|an)\s*:\s*\S/i
const FORWARD =
  /^\s*(?:-{3,}\s*(?:original|forwarded) message|begin forwarded message|on .{6,80} wrote:|am .{6,80} schrieb)/i
/** A rule or a heading: people who chat write neither, documents have both. */
const DOCUMENT = /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$|^\s{0,3}#{1,6}\s/
/** A line that hands over to somebody else's words. */
const LEAD_IN =
  /(?:\b(?:says?|said|wrote|writes|reads|states|replied|answered|told me|asks|sent (?:me|us))\b|\b(?:e-?mail|message|ticket|article|post|page|review|transcript|log|output|error|stack trace|doc|document|readme|text|description|spec|thread|comment|pasted?|copied|quote|prompt|letter)\b)[^.:\n]{0,40}:\s*$/i
const QUOTE_WORDS_MIN = 5
const TAGGED = /<([a-z][\w-]*)(?:\s[^>\n]*)?>[\s\S]*?<\/\1\s*>/gi
/** Never closed; `Array<string>` in a sentence is no tag. */
const UNCLOSED_TAG = /^[^\S\n]*<([a-z][\w-]*)(?:\s[^>\n]*[^/>\n])?>(?![\s\S]*<\/\1\s*>)[\s\S]*/gim
const LONG_QUOTE = /"[^"]{1,2000}"|“[^”]{1,2000}”|«[^»]{1,2000}»|„[^“”]{1,2000}[“”]/g

interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * The sentences that a person says in their own words: nothing after mail headers, a heading or
 * an order to work on a text, nothing inside tags and long quotation marks, nothing that is
 * dictated, no code and no block quotes.
 */
export function ownSentences(text: string): readonly Sentence[] {
  const foreign = [...taggedStretches(text), ...longQuotes(text), ...dictatedStretches(text)]
  const sentences = splitSentences(text).filter(
    (sentence) => !foreign.some(({ start, end }) => sentence.start < end && start < sentence.end),
  )
  const end = Math.min(endByLine(text), endBySentence(text, sentences))
  return sentences.filter((sentence) => sentence.end <= end && !isHandedOver(text, sentence))
}

/** Where a forwarded text begins; from there on nobody knows whose words they are. */
function endByLine(text: string): number {
  let headers = 0
  let firstHeader = 0
  for (const { line, start } of linesOf(text)) {
    if (FORWARD.test(line) || DOCUMENT.test(line)) return start
    if (HEADER.test(line)) {
      if (headers === 0) firstHeader = start
      headers += 1
      if (headers >= 2 || /^\s*(?:from|subject)\s*:/i.test(line)) return firstHeader
    } else if (line.trim() !== '') headers = 0
    if (LEAD_IN.test(line) || handsOver(line)) return start
  }
  return text.length
}

/** Where an order to work on a text stands; nothing before it counts if it points back. */
function endBySentence(text: string, sentences: readonly Sentence[]): number {
  for (const sentence of sentences) {
    const isLast = text.slice(sentence.end).trim() === ''
    if (pointsAtTextBefore(sentence.text, isLast)) return 0
    if (handsOver(sentence.text)) return sentence.start
  }
  return text.length
}

/** "the email says: always do it": the rest of the sentence is quoted. */
function isHandedOver(text: string, { start, end }: Sentence): boolean {
  const colon = text.slice(start, end).indexOf(': ')
  return colon >= 0 && LEAD_IN.test(text.slice(start, start + colon + 1))
}

function taggedStretches(text: string): readonly Stretch[] {
  return [...text.matchAll(TAGGED), ...text.matchAll(UNCLOSED_TAG)].map(stretchOf)
}

function longQuotes(text: string): readonly Stretch[] {
  return [...text.matchAll(LONG_QUOTE)]
    .filter((match) => match[0].split(/\s+/).length >= QUOTE_WORDS_MIN)
    .map(stretchOf)
}

/** From a line or sentence that dictates to the end of its paragraph. */
function dictatedStretches(text: string): readonly Stretch[] {
  const starts = [
    ...linesOf(text).filter(({ line }) => dictates(line)),
    ...splitSentences(text).filter((sentence) => dictates(sentence.text)),
  ].map(({ start }) => start)
  return starts.map((start) => {
    const blank = /\S[^\S\n]*\n[^\S\n]*\n/.exec(text.slice(start))
    return { start, end: blank === null ? text.length : start + blank.index + 1 }
  })
}

function stretchOf(match: RegExpExecArray): Stretch {
  return { start: match.index, end: match.index + match[0].length }
}

function linesOf(text: string): readonly { readonly line: string; readonly start: number }[] {
  let start = 0
  return text.split('\n').map((line) => {
    const at = start
    start += line.length + 1
    return { line, start: at }
  })
}
