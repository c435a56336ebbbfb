import { type ZodType, z } from 'zod'
import { cleaned, onOneLine } from '../asking/clean-text.ts'
import { itemNumber } from './item-number.ts'
import type { PromptEvent } from './prompt-event.ts'

/** Words that a model says stand in an event. */
export interface ProposedQuote {
  readonly event: number
  /** Exact words, at most `LIMITS.quoteWordsMax`. */
  readonly quote: string
}

export const quoteSchema: ZodType<ProposedQuote> = z.strictObject({
  event: itemNumber,
  quote: z.string(),
})

/**
 * Whether the words stand in the text, white space and case aside. Lenient: it tells whether an
 * answer is worth checking, not whether its quotes are evidence.
 */
export function standsIn(words: string, text: string): boolean {
  const wanted = plain(words)
  return wanted !== '' && plain(text).includes(wanted)
}

/** Whether at least one quote stands in the event that it names. */
export function hasStandingQuote(
  quotes: readonly ProposedQuote[],
  events: readonly PromptEvent[],
): boolean {
  return quotes.some(({ event, quote }) =>
    events.some(({ n, text }) => n === event && standsIn(quote, text)),
  )
}

const plain = (text: string): string => onOneLine(cleaned(text)).toLowerCase()
