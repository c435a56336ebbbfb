import { LIMITS } from '../../../config.ts'
import type { EventEvidence } from '../../../core/evidence.ts'
import { eventEvidence } from '../../event-evidence.ts'
import { consents } from '../../language/foreign/consent.ts'
import { type Sentence, splitSentences } from '../../language/sentences.ts'
import { contentTokens } from '../../language/tokens.ts'
import type { ProposedQuote } from '../../prompts/quoted-words.ts'
import type { ReadEvent } from '../../read-session.ts'
import type { ChunkPart } from '../chunks.ts'
import { ownWords } from '../own-words.ts'
import { originalSpans, type Span } from './original-spans.ts'

/** Words of an event that may carry a statement, and what stands around them. */
export interface CitedWords {
  readonly evidence: EventEvidence
  readonly read: ReadEvent
  readonly span: Span
  /** The sentences that the words are part of: what they leave out may turn their meaning. */
  readonly sentences: readonly string[]
  /** All that the same speaker says in the event. */
  readonly ownText: string
  readonly isOverlap: boolean
}

export type CitedOrNot =
  | { readonly kind: 'cited'; readonly words: readonly CitedWords[] }
  | { readonly kind: 'discarded'; readonly reason: string }

/**
 * The quotes of one proposal as evidence. A quote that does not stand in its event, or an event
 * that was not shown, costs the whole proposal; words of the agent are left aside, and where only
 * they are cited nothing is left.
 */
export function citedWords(
  quotes: readonly ProposedQuote[],
  parts: readonly ChunkPart[],
): CitedOrNot {
  const words: CitedWords[] = []
  let refusal = 'nothing is quoted'
  for (const { event, quote } of quotes) {
    const part = parts[event - 1]
    if (part === undefined) return discarded('an event that was not shown')
    if (quote.length > LIMITS.quoteCharsMax) return discarded('a quote is too long')
    if (contentTokens(quote).length === 0) return discarded('a quote says nothing')
    const shown = originalSpans(quote, part.text)
    const spans = originalSpans(quote, part.read.event.text)
    if (shown.length === 0 || spans.length === 0) return discarded('a quote is not in its event')
    const found = wordsAt(part, spans)
    if (typeof found === 'string') refusal = found
    else if (!words.some((known) => isSame(known, found))) words.push(found)
  }
  return words.length === 0 ? discarded(refusal) : { kind: 'cited', words }
}

function discarded(reason: string): CitedOrNot {
  return { kind: 'discarded', reason }
}

/** The first place where the words count; else why they do not. */
function wordsAt(part: ChunkPart, spans: readonly Span[]): CitedWords | string {
  const { read, isOverlap } = part
  const { event, trust } = read
  if (event.speaker === 'agent') return 'only the agent said so'
  if (event.speaker === 'user') {
    const own = ownWords(read)
    const span = spans.find((one) => isWithin(event.text, one, own))
    if (span === undefined) return "not the user's own words"
    const quoted = own.filter((one) => one.start < span.end && span.start < one.end)
    if (quoted.every(({ text }) => consents(text))) return 'only a yes to what others said'
    const ownText = own.map(({ text }) => text).join('\n')
    return wordsOf(read, span, { sentences: own, ownText, isOverlap })
  }
  const span = spans[0]
  if (event.speaker !== 'tool' || trust !== 'tool' || read.isEcho || span === undefined) {
    return 'not a source of statements'
  }
  if (event.tool?.isError === true) return 'what a failed call says'
  if (TO_READER.test(event.text.slice(span.start, span.end).normalize('NFKC'))) {
    return 'a tool that speaks to its reader'
  }
  return wordsOf(read, span, {
    sentences: splitSentences(event.text),
    ownText: part.text,
    isOverlap,
  })
}

/** A record of facts has no "you" and no "I"; who has is somebody with a wish. */
const TO_READER = /\b(?:you|your|yours|yourself|my|me|mine|myself|please|i['’](?:m|ve|d|ll))\b/i

interface Around {
  readonly sentences: readonly Sentence[]
  readonly ownText: string
  readonly isOverlap: boolean
}

function wordsOf(read: ReadEvent, span: Span, around: Around): CitedWords {
  const quote = read.event.text.slice(span.start, span.end)
  const sentences = around.sentences
    .filter(({ start, end }) => start < span.end && span.start < end)
    .map(({ text }) => text)
  return {
    evidence: eventEvidence(read, quote),
    read,
    span,
    sentences: sentences.length > 0 ? sentences : [quote],
    ownText: around.ownText,
    isOverlap: around.isOverlap,
  }
}

/** Every letter of the span stands in one of the sentences. */
function isWithin(text: string, span: Span, sentences: readonly Sentence[]): boolean {
  let at = span.start
  for (const { start, end } of sentences) {
    if (end <= at || start >= span.end) continue
    if (hasLetters(text.slice(at, Math.max(at, start)))) return false
    at = Math.max(at, end)
  }
  return !hasLetters(text.slice(at, Math.max(at, span.end)))
}

function hasLetters(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function isSame(a: CitedWords, b: CitedWords): boolean {
  return a.read.event.id === b.read.event.id && a.evidence.quote === b.evidence.quote
}
