import type { Statement } from '../../../core/claim.ts'
import { FIRST_PERSON, isOrder } from './declared.ts'

/** Wishes about the task at hand, thanks, and talk with the agent: never worth keeping. */
const ABOUT_THE_TASK: readonly RegExp[] = [
  /\b(?:can|could|would|will) you\b|\b(?:i'd|i would|we'd|we would) (?:like|love|prefer|rather|appreciate|want)\b/i,
  /\b(?:i|we) (?:just |really |only |also |actually )*(?:want|need|wish|hope|was (?:hoping|looking|wondering|thinking|told)|am (?:looking|trying|hoping|calling)|tried|try|see|saw|think|guess|wonder|forgot|understand|realize|noticed)\b/i,
  /\bi'm (?:looking|trying|hoping|calling|having|getting|wondering|thinking|planning|curious|interested|sure|sorry|afraid|okay|ok|fine|happy|willing|open)\b/i,
  /\b(?:let me|help me|show me|tell me|give me|send me|thanks|thank you|never mind|nevermind|just this once|one[- ]off|for this (?:one|time|ticket|task|pr)|this time|just now|in this case)\b/i,
  /,\s*(?:please |so |and )?(?:make|change|set|try|fix|move|put|remove|add)\b/i,
  /^(?:let's|let us) (?!go with|use|stick with|standardi[sz]e)/i,
  /\b(?:don't|do not|can't|cannot|didn't|couldn't) (?:remember|recall|have|know|think|see)\b/i,
]

/** Their subject is something said before or lying on the screen. */
const POINTING_SUBJECT =
  /^(?:it|its|it's|this|that|that's|these|those|they|they're|their|he|she|he's|she's|his|her|there|there's|here|here's|the (?:other|first|second|third|last|next|same|above|latter|former|whole) |one of|which|who|what)\b/i
const POINTING_OBJECT =
  /\b(?:this|that|these|those) (?:one|file|way|branch|function|test|thing|time|ticket|page|line|part|stuff|step|error|bug|flight|reservation|version)s?\b|\bthe other\b|\b(?:it|this|that|them|these|those|one)[.!]*$/i

/** What customers buy and book passes with the errand. */
const ERRAND =
  /\b(?:flights?|reservations?|bookings?|booked|refund(?:ed)?|seats?|passengers?|baggage|bags?|suitcases?|luggage|cabin|gift cards?|certificates?|vouchers?|credit card|mastercard|visa|payments?|orders?|itinerary|trips?|economy|business class|nonstop|layover|insurance|membership|silver member|gold member|user id|account|confirmation|appointment|departs?|arriv\w+|airport|hotel|today|tonight|tomorrow|weekend)\b/i
/** Words of a counter: what a customer says of them is said to get something done. */
const AT_COUNTER =
  /\b(?:flights?|reservations?|bookings?|refund(?:ed|s)?|seats?|passengers?|baggage|luggage|checked bags?|gift cards?|certificates?|vouchers?|credit card|itinerary|business class|nonstop|layover|travel insurance|(?:silver|gold|regular) member|user id|confirmation (?:code|number)|order (?:id|number)|compensation|cancel\w*|phone number|account number|password)\b/i
const ERRAND_FACT =
  /^(?:the|my|our)\s+(?:\w+\s+){0,2}(?:user id|reservation (?:id|number|code)|booking (?:id|number|code|reference)|order (?:id|number)|confirmation (?:code|number)|tracking number|total|total cost|reason|flight number|email address|phone number|password)\b/i
const STANDING = /\balways\b|\bnever\b|\bfrom now on\b/i

/** Holds for this talk alone, even where the person asks to keep it. */
const THIS_TALK =
  /\b(?:(?:for|in|during) (?:this|the current|the rest of (?:this|the)) (?:chat|session|conversation|thread|message|answer|reply)|this time|today only|only today|(?:just|only) (?:for )?(?:this once|today|now|once))\b/i
/** An order about one thing at hand: "Change the config so that ...". */
const ONE_OFF =
  /^(?:change|update|set|edit|fix|adjust|modify|make|configure|move|add|put|rename|switch|bump|turn|replace|remove) (?:the|this|that|these|those|it|our|my)\b/i

/** A sentence as the rules of lasting statements see it. */
export interface Reading {
  /** Without talk in front. */
  readonly text: string
  readonly whole: string
  readonly statement: Statement
}

/** True for what passes with the task at hand: wishes, errands, pointing at the screen. */
export function isPassing({ text, whole, statement }: Reading): boolean {
  if (ABOUT_THE_TASK.some((pattern) => pattern.test(text))) return true
  if (ONE_OFF.test(text) && !STANDING.test(whole)) return true
  if (pointsBack(text) || ERRAND_FACT.test(text)) return true
  if (FIRST_PERSON.test(text) && isErrand(text) && !STANDING.test(whole)) return true
  // "For now hide it" ends by itself; "until Friday the port is 5440" is a fact with an end.
  return statement.cues.includes('temporary') && (isOrder(text) || statement.value === null)
}

/** True for words of customers at a counter: reservations, refunds, confirmation codes. */
export function isAtCounter(text: string): boolean {
  return AT_COUNTER.test(text)
}

/** True for what ends with this talk. */
export function endsWithTalk(text: string): boolean {
  return THIS_TALK.test(text)
}

/** Begins with something said before: "it", "that", "the other one". */
export function pointsBack(text: string): boolean {
  return POINTING_SUBJECT.test(text)
}

/** Speaks of this very file, step or line. */
export function pointsAtScreen(text: string): boolean {
  return POINTING_OBJECT.test(text)
}

export function isErrand(text: string): boolean {
  return ERRAND.test(text)
}
