import type { Claim } from '../../core/claim.ts'
import { eventInterval } from '../language/dates.ts'

/** What people say before a statement without meaning it to be kept. */
const OPENERS =
  /^(?:(?:ok(?:ay)?|no|nope|yes|yeah|yep|right|oh|hey|hi|hm+|so|and|but|also|btw|by the way|fyi|well|actually|correction|small correction|quick note|heads[- ]up|one more thing|just so you know|for the record|sorry|thanks|thank you|great|perfect|good|please|remember|please remember|note|please note|keep in mind|that|don't forget(?: that)?)\b[\s,:;.!–—-]*)+/i

const FIRST_PERSON = /\b(?:I|I'm|I've|I'd|I'll|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b/

/** A claim's sentence as it reads in a memory: verbatim but for talk around it. */
export function memoryText(claim: Claim): string {
  if (claim.wording === 'model')
    return withEnd(asSentence(claim.text.replace(/\s+/g, ' ').trim()), claim)
  const sentence = plainSentence(claim.text)
  return FIRST_PERSON.test(sentence) ? `${speakerOf(claim)} said: “${sentence}”` : sentence
}

/** What holds for a while says until when, so that it can be seen to be over. */
function withEnd(sentence: string, { cues, times, event, text }: Claim): string {
  const end = (event ?? times.event)?.end ?? null
  if (end === null || !cues.includes('temporary') || eventInterval(text, null)?.end) return sentence
  return `${sentence.replace(/\.$/, '')} (until ${end.slice(0, DAY_CHARS)}).`
}

const DAY_CHARS = '2026-01-01'.length

/** What marks a change when it is said, and says nothing once the text has changed. */
const TRAILING_NOW = /\s*,?\s+(?:from now on|as of now|now|these days)(?=[.!]?$)/i

/** A statement that takes the place of an outdated one: it holds, so it need not say "now". */
export function currentText(claim: Claim): string {
  const text = memoryText(claim)
  const bare = withoutFormer(text, claim.formerValue).replace(TRAILING_NOW, '')
  return claim.modality === 'is' && bare.split(' ').length >= 3 ? bare : text
}

/** "… goes out on Thursdays now, not on Tuesdays": what was is in the ledger. */
function withoutFormer(text: string, former: string | null): string {
  if (former === null) return text
  const tail = new RegExp(
    `,?\\s+(?:and\\s+)?(?:not|no longer)\\s+(?:[a-z]+\\s+)?${escapeRegExp(former)}(?=[.!]?$)`,
    'i',
  )
  return text.replace(tail, '')
}

/** Drops opening talk, keeps the rest as said; starts with a capital and ends like a sentence. */
export function plainSentence(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim()
  const bare = oneLine.replace(OPENERS, '')
  // Fewer than three words left means that the opener was the statement.
  const kept = bare.split(' ').length >= 3 ? bare : oneLine
  return asSentence(kept)
}

function asSentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?:”")\]`]$/.test(capital) ? capital : `${capital}.`
}

/** The statement in a note of the form that `memoryText` writes, remarks or none; else null. */
export function quotedStatement(text: string): string | null {
  return QUOTED_STATEMENT.exec(text)?.[1] ?? null
}

const QUOTED_STATEMENT =
  /^(?:The user|[\p{L}\p{N}_.@’'-]{1,80}(?: [\p{Lu}\p{N}][\p{L}\p{N}_.@’'-]{0,40}){0,3}) said: “(.+)”\.?(?: \(may be outdated[^)]*\))?$/su

function speakerOf(claim: Claim): string {
  const first = claim.evidence.find((item) => item.kind === 'event')
  return first?.kind === 'event' && first.userId !== null ? first.userId : 'The user'
}

/** A sign that joins what stands around it to one word: `1.5`, `eu-west-1`, `a/b`. */
const JOINT = '[-.,:/@]'
const WORD = '[\\p{L}\\p{N}_]'
const NOT_WITHIN = `(?<!${WORD}|${WORD}${JOINT}|-(?=\\d))`
const NOT_GOING_ON = `(?!${WORD}|${JOINT}${WORD})`

/**
 * `sentence` with the one outdated value exchanged; null when it does not stand there exactly
 * once as a whole word, since then it is unclear what else would change its meaning.
 */
export function exchangeValue(sentence: string, former: string, current: string): string | null {
  const from = former.trim()
  if (from === '' || current.trim() === '') return null
  const pattern = new RegExp(`${NOT_WITHIN}${escapeRegExp(from)}${NOT_GOING_ON}`, 'giu')
  const hits = [...sentence.matchAll(pattern)]
  const hit = hits[0]
  if (hit === undefined || hits.length !== 1) return null
  return sentence.slice(0, hit.index) + current.trim() + sentence.slice(hit.index + hit[0].length)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
