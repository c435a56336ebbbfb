import type { Claim } from '../../../core/claim.ts'
import type { EventEvidence } from '../../../core/evidence.ts'

/** Words at the end of one quote and the beginning of another that make them one place. */
const WORDS_SHARED_MIN = 3

/** The words of sessions that a claim was read from. */
export function quotesOf({ evidence }: Claim): readonly EventEvidence[] {
  return evidence.filter((item) => item.kind === 'event')
}

/** Whether two claims were read from the same words: one event, quotes that overlap. */
export function areOfSameWords(a: Claim, b: Claim): boolean {
  return quotesOf(a).some((one) =>
    quotesOf(b).some((other) => one.eventId === other.eventId && overlap(one.quote, other.quote)),
  )
}

function overlap(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a) || goesOn(a, b) || goesOn(b, a)
}

/** Some words that end one quote begin the other. */
function goesOn(first: string, second: string): boolean {
  const [ending, beginning] = [first, second].map((quote) => quote.split(/\s+/))
  if (ending === undefined || beginning === undefined) return false
  for (let count = WORDS_SHARED_MIN; count <= beginning.length; count += 1) {
    if (ending.slice(-count).join(' ') === beginning.slice(0, count).join(' ')) return true
  }
  return false
}
