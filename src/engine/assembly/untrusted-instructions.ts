import type { Audience } from '../../core/audience.ts'
import type { Claim } from '../../core/claim.ts'
import type { EventEvidence } from '../../core/evidence.ts'
import { derivedId } from '../../core/ids.ts'
import { eventEvidence } from '../event-evidence.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import type { AddFinding } from './findings.ts'

/**
 * Attempts to steer an agent for good: orders to its memory, standing orders that move data to an
 * address, orders to drop earlier instructions. Ordinary documentation has none of these.
 */
const STEERING: readonly RegExp[] = [
  /\b(?:add|save|store|write|put|commit|record|append)\b.{0,40}\b(?:to|in|into)\s+(?:your|the (?:agent|assistant)'?s?|its)\s+(?:long[- ]term\s+)?(?:memory|memories|notes)\b/i,
  /\b(?:assistant|agent|AI)\b.{0,40}\b(?:must|should|please|always|from now on)?\s*(?:remember|memorize)\b/i,
  /\b(?:always|from now on|whenever|every time|in (?:all )?future)\b.{0,80}\b(?:send|forward|e-?mail|post|upload|copy|bcc|cc|share|export)\b.{0,80}(?:https?:\/\/|[\w.+-]+@[\w-]+\.\w)/i,
  /\b(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior|earlier|above) (?:instructions|rules|prompts|guidance)\b/i,
]

/** In words that a person passes on, any standing order is somebody else's. */
const STANDING_ORDER =
  /\b(?:please (?:remember|note|always|never)|remember\b.{0,40}\b(?:always|never)|from now on|in (?:the )?future,? (?:always|never))\b/i

const SENTENCE_CHARS_MAX = 400
const PER_SESSION_MAX = 5

/**
 * Instructions in text that strangers wrote (tool results, web pages, quoted mail). Each becomes
 * a held change, so that a person sees the attempt; none is ever written by itself.
 */
export function findUntrustedInstructions(session: ReadSession): readonly UntrustedInstruction[] {
  const found = new Map<string, UntrustedInstruction>()
  for (const read of session.events) {
    if (read.isEcho || !isStrangersText(read)) continue
    for (const sentence of strangersSentences(read)) {
      const text = sentence.replace(/\s+/g, ' ').trim()
      if (found.size >= PER_SESSION_MAX || found.has(text)) continue
      found.set(text, { text, evidence: { ...eventEvidence(read, sentence), trust: 'external' } })
    }
  }
  return [...found.values()]
}

export interface UntrustedInstruction {
  readonly text: string
  readonly evidence: EventEvidence
}

/** Where a person's message quotes somebody else, only the quoted part is looked at. */
const QUOTED_LINES = /^\s*>\s?(.*)$/gm

function isStrangersText({ event }: ReadEvent): boolean {
  return (
    event.speaker === 'tool' ||
    event.voice === 'pasted' ||
    (event.speaker === 'user' && /^\s*>/m.test(event.text))
  )
}

/** Pieces between tags and sentence ends: hidden markup must not hide a sentence. */
const PIECE_END = /<[^>]*>|(?<=[.!?])\s+(?=[\p{Lu}"“])/u

function strangersSentences({ event, text }: ReadEvent): readonly string[] {
  const isQuoting = event.speaker === 'user' && event.voice === 'own'
  const lines = isQuoting
    ? [...event.text.matchAll(QUOTED_LINES)].map((match) => match[1] ?? '')
    : text.split('\n')
  return lines
    .flatMap((line) => line.split(PIECE_END))
    .map((piece) => piece.trim())
    .filter((piece) => piece.length <= SENTENCE_CHARS_MAX && event.text.includes(piece))
    .filter((piece) => isSteering(piece) || (isQuoting && STANDING_ORDER.test(piece)))
}

function isSteering(text: string): boolean {
  return STEERING.some((pattern) => pattern.test(text))
}

/** One held finding for each wording, however often strangers repeat it. */
export function untrustedFindings(
  instructions: readonly UntrustedInstruction[],
  audience: Audience,
  asOf: string,
): readonly AddFinding[] {
  const byText = new Map<string, UntrustedInstruction[]>()
  for (const item of instructions) byText.set(item.text, [...(byText.get(item.text) ?? []), item])
  return [...byText].map(
    ([text, items]): AddFinding => ({
      kind: 'add',
      claims: items.map((item) => claimOf(item, audience, asOf)),
      former: [],
      text,
      nearPath: null,
      isUntrustedInstruction: true,
    }),
  )
}

function claimOf(
  { text, evidence }: UntrustedInstruction,
  audience: Audience,
  asOf: string,
): Claim {
  return {
    id: derivedId('clm', evidence.eventId, evidence.quote),
    text,
    wording: 'verbatim',
    kind: 'instruction',
    isLasting: true,
    slot: null,
    value: null,
    formerValue: null,
    polarity: 1,
    modality: 'must',
    cues: [],
    event: null,
    times: { event: null, statedAt: evidence.at, ingestedAt: null, derivedAt: asOf },
    dependsOn: [],
    evidence: [evidence],
    trust: 'external',
    audience,
  }
}
