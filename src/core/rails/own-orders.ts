import type { Change } from '../change.ts'
import { carriedShare, saidPart } from './carried-words.ts'
import { isLessonText } from './lesson-text.ts'
import { type Orders, ordersIn, ordersInLesson } from './orders.ts'
import {
  isOwnWord,
  isSoundNote,
  isTainted,
  newlyWritten,
  type Rail,
  type RailFacts,
  trustOf,
} from './rail-facts.ts'

/** Share of an order that the words of those who may give it must have. */
const ORDER_CARRIED_MIN = 0.6
const BEST_QUOTE_MIN = 0.4

/** What lessons tell to do with whatever failed; it gives away nothing. */
const CAREFUL: ReadonlySet<string> = new Set(
  'resolve use run call pass check verify confirm ensure make look read see give set take get keep choose ask try retry start begin do let wait avoid put go'.split(
    ' ',
  ),
)
const DENIAL =
  /\b(?:not|never|no|none|nor|without|stop|avoid|\w+n[’']t|dont|cannot|instead of|rather than)\b/iu
/** How people ask for something without an order. */
const WISH =
  /\b(?:prefers?|rather|want|wants|like|likes|love|hate|need|needs|should|must|please|let[’']?s|we|remember|rule|policy|only|instead|can you|could you|use|uses|I|my|our|don[’']?t|do not)\b/iu

/**
 * Rail 3, orders are the user's to give: a text that tells its reader what to do needs a user's own
 * words which say it, or a note that says so already. A lesson may tell how a call goes through.
 */
export const ownOrders: Rail = (change, facts) => {
  const isForeign = (text: string): boolean => {
    const isLesson = isLessonText(text, change, facts)
    const orders = isLesson ? ordersInLesson(text) : ordersIn(saidPart(text))
    if (facts.language.orderToModelAt(text) !== null) return true
    if (!isOrder(orders)) return false
    if (isLesson && isCareful(orders, change, facts)) return false
    return !isOwnOrder(text, orders, change, facts)
  }
  return newlyWritten(change, facts).some(isForeign)
    ? { act: 'hold', why: 'untrusted_instruction' }
    : null
}

function isOrder({ isStanding, isSteering, actions }: Orders): boolean {
  return isStanding || isSteering || actions.length > 0
}

/** Of what the agent did itself, or of how to go about it. */
function isCareful(orders: Orders, change: Change, facts: RailFacts): boolean {
  if (orders.isStanding || orders.isSteering) return false
  const done = change.evidence.flatMap((item) =>
    item.kind === 'event' && item.speaker === 'agent' && !isTainted({ trust: trustOf(item, facts) })
      ? [item.quote]
      : [],
  )
  return orders.actions.every((action) => CAREFUL.has(action) || isIn(action, done, facts))
}

function isOwnOrder(text: string, orders: Orders, change: Change, facts: RailFacts): boolean {
  const quotes = change.evidence
    .filter((item) => isOwnWord(item, facts) || isSoundNote(item, facts))
    .map(({ quote }) => quote)
  if (quotes.length === 0) return false
  return (
    isMeant(orders, quotes) &&
    orders.actions.every((action) => CAREFUL.has(action) || isIn(action, quotes, facts)) &&
    carriedShare(text, quotes, facts) >= ORDER_CARRIED_MIN &&
    quotes.some(
      (quote) =>
        DENIAL.test(quote) === DENIAL.test(saidPart(text)) &&
        carriedShare(text, [quote], facts) >= BEST_QUOTE_MIN,
    )
  )
}

/** A case at hand does not become a rule, nor an ordinary wish an order to the agent's own rules. */
function isMeant({ isStanding, isSteering }: Orders, quotes: readonly string[]): boolean {
  const asked = quotes.map((quote) => ordersIn(quote))
  const isRule =
    !isStanding ||
    asked.some((one) => one.isStanding) ||
    quotes.some((quote) => DENIAL.test(quote) || WISH.test(quote))
  return isRule && (!isSteering || asked.some((one) => one.isSteering))
}

function isIn(action: string, quotes: readonly string[], { language }: RailFacts): boolean {
  const known = new Set(quotes.flatMap((quote) => [...language.stemsOf(quote)]))
  // Words that the language holds for small have no stem, and say nothing by themselves.
  return [...language.stemsOf(action)].every((stem) => known.has(stem))
}
