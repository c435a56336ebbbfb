import type { ClaimKind, Statement } from '../../../core/claim.ts'
import { readStatement } from '../frames.ts'
import { afterRetraction } from '../retraction.ts'
import { FIRST_PERSON } from './declared.ts'
import { durableKind, isExplicit } from './durable.ts'
import { raceSubject } from './life-slots.ts'
import { lifeFacts } from './own-life.ts'
import { isAtCounter } from './passing.ts'

/** What of a sentence is worth keeping. */
export interface LastingPart {
  /** Exact substring of the sentence. */
  readonly quote: string
  readonly kind: ClaimKind
  readonly statement: Statement
}

/** The message that a sentence stands in. */
export interface Said {
  readonly message: string
  /** When, ISO 8601; null = unknown. */
  readonly at: string | null
}

/**
 * The sentence where it is a lasting statement as a whole, or what follows a lead-in ("for your
 * notes: ..."); else the clauses that tell of the speaker's own life. Empty where nothing lasts.
 */
export function lastingParts(sentence: string, { message, at }: Said): readonly LastingPart[] {
  // At a counter a name serves the errand, and the next customer has another one.
  if (INTRODUCTION.test(sentence) && isAtCounter(message)) return []
  const whole = wholePart(sentence, at)
  if (whole !== null && (whole.kind !== 'fact' || isExplicit(sentence))) return [whole]
  const told = lifeFacts(sentence)
  if (told.length === 0 && !FIRST_PERSON.test(sentence)) return whole === null ? [] : [whole]
  if (!isOwnTalk(message)) return []
  if (told.length === 0) return whole === null ? [] : [whole]
  return told.map((quote) => ({
    quote,
    kind: 'fact',
    statement: inMessage(readStatement(quote, { at, context: [] }), message),
  }))
}

/** "my personal best of 24:18" is one over the distance that the message speaks of. */
function inMessage(statement: Statement, message: string): Statement {
  const { slot } = statement
  if (slot?.attribute !== 'personal-best' || slot.subject !== '') return statement
  return { ...statement, slot: { ...slot, subject: raceSubject(message) } }
}

function wholePart(sentence: string, at: string | null): LastingPart | null {
  const after = afterLeadIn(sentence)
  const parts = after === null || isExplicit(sentence) ? [sentence, after] : [after, sentence]
  for (const quote of parts) {
    if (quote === null) continue
    const statement = readStatement(quote, { at, context: [] })
    const kind = durableKind(quote, statement)
    if (kind !== null) return { quote: afterRetraction(quote), kind, statement }
  }
  return null
}

function afterLeadIn(sentence: string): string | null {
  const match = /^[^:]{2,80}:\s+(?=\S)/.exec(sentence)
  return match === null ? null : sentence.slice(match[0].length)
}

const INTRODUCTION = /^(?:[Mm]y (?:full |first |last )?name is|[Tt]his is|I am|I'm) \p{Lu}/u
const MESSAGE_LENGTH_MAX = 2_000
/** Then the "I" of the message is that of a text to be written or played. */
const WRITING =
  /\b(?:writ(?:e|ing)|rewrite|draft|compose|generate|improve|proofread|edit|polish|summari[sz]e|translate)\b[^.?!\n]{0,60}\b(?:essay|story|letter|e-?mail|poem|speech|script|song|lyrics|blog|article|bio|biography|statement|post|review|text|message|disclaimer|case study|resume|cv|scene|dialogue|monologue|paragraph|chapter|caption|tweet|report|novel|description|introduction)\b|\b(?:act as|pretend|role-?play|imagine you|you are (?:an?|my)|in the (?:voice|role) of)\b/i
const SALUTATION = /^\s*(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey) [\p{Lu}[][^\n]{0,40},\s*$/mu

/** False where the message hands over a text, or orders one that speaks in the first person. */
function isOwnTalk(message: string): boolean {
  return message.length <= MESSAGE_LENGTH_MAX && !WRITING.test(message) && !SALUTATION.test(message)
}
