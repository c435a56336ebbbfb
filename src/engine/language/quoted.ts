import { type Sentence, splitSentences } from './sentences.ts'

const HEADER = /^\s*(?:from|to|subject|sent|date|cc|reply-to|betreff|von|an)\s*:\s*\S/i
const FORWARD =
  /^\s*(?:-{3,}\s*(?:original|forwarded) message|begin forwarded message|on .{6,80} wrote:|am .{6,80} schrieb)/i
/** A line that hands over to somebody else's words. */
const LEAD_IN =
  /(?:\b(?:says?|said|wrote|writes|reads|states|replied|answered|told me|asks|sent (?:me|us))\b|\b(?:e-?mail|message|ticket|article|post|page|review|transcript|log|output|error|stack trace|doc|document|text|description|spec|thread|comment|pasted?|copied|quote|prompt|letter)\b)[^.:\n]{0,40}:\s*$/i
const QUOTE_WORDS_MIN = 5

/**
 * The sentences that a person says in their own words: nothing after mail headers or a line such
 * as "the email says:", nothing inside long quotation marks, no code and no block quotes.
 */
export function ownSentences(text: string): readonly Sentence[] {
  const end = endOfOwnWords(text)
  const quotes = longQuotes(text)
  return splitSentences(text).filter(
    (sentence) =>
      sentence.end <= end &&
      !isHandedOver(text, sentence) &&
      !quotes.some((quote) => sentence.start < quote.end && quote.start < sentence.end),
  )
}

/** Where a forwarded text begins; from there on nobody knows whose words they are. */
function endOfOwnWords(text: string): number {
  let start = 0
  let headers = 0
  let firstHeader = 0
  for (const line of text.split('\n')) {
    if (FORWARD.test(line)) return start
    if (HEADER.test(line)) {
      if (headers === 0) firstHeader = start
      headers += 1
      if (headers >= 2 || /^\s*(?:from|subject)\s*:/i.test(line)) return firstHeader
    } else if (line.trim() !== '') headers = 0
    if (LEAD_IN.test(line)) return start
    start += line.length + 1
  }
  return text.length
}

/** "the email says: always do it": the rest of the sentence is quoted. */
function isHandedOver(text: string, { start, end }: Sentence): boolean {
  const colon = text.slice(start, end).indexOf(': ')
  return colon >= 0 && LEAD_IN.test(text.slice(start, start + colon + 1))
}

function longQuotes(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/"[^"]{1,2000}"|“[^”]{1,2000}”|«[^»]{1,2000}»|„[^“”]{1,2000}[“”]/g)]
    .filter((match) => match[0].split(/\s+/).length >= QUOTE_WORDS_MIN)
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
}
