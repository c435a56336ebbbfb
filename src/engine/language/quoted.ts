import { foreignLineAt } from './foreign/carriers.ts'
import { longQuotes, markedUp, setOff } from './foreign/enclosed.ts'
import { letterAt } from './foreign/letter.ts'
import { asksAboutNext, doubtsBefore, presents, reports } from './foreign/presented.ts'
import { linesOf, overlaps, type Stretch } from './foreign/stretch.ts'
import { dictates, handsOver, pointsAtTextBefore } from './handed-over.ts'
import { type Sentence, splitSentences } from './sentences.ts'

/** A line that hands over to somebody else's words. */
const LEAD_IN =
  /(?:\b(?<!\b(?:I|we)(?: already| have| just)? )(?:says?|said|wrote|writes|reads|states|replied|answered|told me|asks|sent (?:me|us))\b|\b(?:e-?mail|message|ticket|article|post|page|review|transcript|log|output|error|stack trace|doc|document|readme|text|description|spec|thread|comment|pasted?|copied|quote|prompt|letter)\b)[^.:\n]{0,40}:\s*$/i

/**
 * The sentences that a person says in their own words: nothing after mail headers, a heading, a
 * line of a chat or an order to work on a text; nothing inside tags, fences and long quotation
 * marks; nothing that is dictated or reported; no code and no block quotes.
 */
export function ownSentences(text: string): readonly Sentence[] {
  const foreign = [
    ...markedUp(text),
    ...longQuotes(text),
    ...setOff(text),
    ...dictatedStretches(text),
  ]
  const sentences = splitSentences(text).filter(
    (sentence) => !foreign.some((stretch) => overlaps(sentence, stretch)),
  )
  const end = Math.min(
    foreignLineAt(text),
    letterAt(text),
    leadInAt(text),
    endBySentence(text, sentences),
  )
  return sentences.filter((sentence) => sentence.end <= end && isOwn(text, sentence))
}

function isOwn(text: string, sentence: Sentence): boolean {
  return !isHandedOver(text, sentence) && !reports(sentence.text)
}

/** The line after which a text is somebody else's, because it says so. */
function leadInAt(text: string): number {
  for (const { line, start, end } of linesOf(text)) {
    if (LEAD_IN.test(line) || handsOver(line)) return start
    const isFollowed = text.slice(end).trim() !== ''
    if (isFollowed && presents(line)) return end
  }
  return text.length
}

/** Where an order to work on a text stands; nothing before it counts if it points back. */
function endBySentence(text: string, sentences: readonly Sentence[]): number {
  for (const [n, sentence] of sentences.entries()) {
    const isLast = text.slice(sentence.end).trim() === ''
    if (pointsAtTextBefore(sentence.text, isLast)) return 0
    if (isLast && n > 0 && doubtsBefore(sentence.text)) return 0
    if (handsOver(sentence.text)) return sentence.start
    if (!isLast && presents(sentence.text)) return sentence.end
    if (!isLast && n === 0 && asksAboutNext(sentence.text)) return sentence.end
  }
  return text.length
}

/** "the email says: always do it": the rest of the sentence is quoted. */
function isHandedOver(text: string, { start, end }: Sentence): boolean {
  const colon = text.slice(start, end).indexOf(': ')
  return colon >= 0 && LEAD_IN.test(text.slice(start, start + colon + 1))
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
