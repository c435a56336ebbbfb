import type { Claim } from '../../core/claim.ts'
import { derivedId } from '../../core/ids.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { eventEvidence } from '../event-evidence.ts'
import { ownSentencesOf } from '../labeling/own-sentences-of.ts'
import { withResolvedDates } from '../language/dates.ts'
import { type LastingPart, lastingParts } from '../language/durable/lasting-parts.ts'
import { consents } from '../language/foreign/consent.ts'
import { readStatement } from '../language/frames.ts'
import { type ProfilePart, profileParts } from '../language/profile/profile-claim.ts'
import { afterRetraction, correctsItself, objects, takesBack } from '../language/retraction.ts'
import { datedValue } from '../language/statement/dated-value.ts'
import { isPlainStatement } from '../language/statement/plain-statement.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'

export interface ExtractOptions {
  /** The dream's only clock, ISO 8601 UTC. */
  readonly asOf: string
  /** When the session was imported; null = unknown. */
  readonly ingestedAt: string | null
}

/**
 * Stage `extract`: the lasting statements that people make in their own words. One-off requests,
 * plans, questions and quoted text give nothing; the text of a claim is the sentence itself.
 */
export function extractClaims(session: ReadSession, options: ExtractOptions): readonly Claim[] {
  const told = session.events.filter(isOwnWord).map((read) => toldBy(read, options))
  const claims = told.flatMap((one, n) => (told[n + 1]?.takesBackPrevious ? [] : one.claims))
  return bounded([...new Map(claims.map((claim) => [claim.id, claim])).values()])
}

/** All that is worth keeping, and of the rest the latest. */
function bounded(claims: readonly Claim[]): readonly Claim[] {
  const plain = claims.filter(({ isLasting }) => !isLasting)
  const kept = new Set(plain.slice(-DREAM_LIMITS.plainStatementsMax))
  return claims.filter((claim) => claim.isLasting || kept.has(claim))
}

function isOwnWord({ event, text }: ReadEvent): boolean {
  return event.speaker === 'user' && event.voice === 'own' && text.trim() !== ''
}

interface Told {
  readonly claims: readonly Claim[]
  /** The message takes back what the one before it said. */
  readonly takesBackPrevious: boolean
}

/** A retraction ends what the last sentence of its own message told; without one, those of the previous. */
function toldBy(read: ReadEvent, options: ExtractOptions): Told {
  /** Of each sentence what it gave; sentences without any are left out. */
  const claims: (readonly Claim[])[] = []
  let takesBackPrevious = false
  for (const { text } of ownSentencesOf(read)) {
    const isTakenBack = takesBack(text)
    if (isTakenBack || objects(text)) {
      const ended = claims.pop()
      takesBackPrevious ||= ended === undefined && isTakenBack
    }
    if (correctsItself(text) || consents(text)) continue
    const dated = datedPart(text, read.event.at)
    const lasting =
      dated === null ? lastingParts(text, { message: read.event.text, at: read.event.at }) : [dated]
    const parts = lasting.length > 0 ? lasting.map(asLasting) : plainParts(text, read.event.at)
    const said = [
      ...parts.map((part) => claimFrom(read, part, options)),
      ...profileParts(text, read.event.at, read.event.text).map((part) =>
        profileClaim(read, part, options),
      ),
    ]
    if (said.length > 0) claims.push(said)
  }
  return { claims: claims.flat(), takesBackPrevious }
}

interface StatedPart extends LastingPart {
  readonly isLasting: boolean
}

function asLasting(part: LastingPart): StatedPart {
  return { ...part, isLasting: true }
}

/** "As of 2011: ..." is a record of its own, whatever its words are. */
function datedPart(quote: string, at: string | null): LastingPart | null {
  if (datedValue(quote) === null) return null
  return { quote, kind: 'fact', statement: readStatement(quote, { at, context: [] }) }
}

/** What a person states without asking to keep it: it counts only against what is known. */
function plainParts(sentence: string, at: string | null): readonly StatedPart[] {
  const statement = readStatement(sentence, { at, context: [] })
  if (!isPlainStatement(sentence, statement)) return []
  return [{ quote: afterRetraction(sentence), kind: 'fact', statement, isLasting: false }]
}

/** Counts only against a line of the memory that has its key; the sentence speaks for itself. */
function profileClaim(
  read: ReadEvent,
  { quote, statement }: ProfilePart,
  options: ExtractOptions,
): Claim {
  const claim = claimFrom(read, { quote, statement, kind: 'fact', isLasting: false }, options)
  return { ...claim, id: derivedId('clm', read.event.id, quote, statement.slot?.attribute ?? '') }
}

function claimFrom(read: ReadEvent, part: StatedPart, options: ExtractOptions): Claim {
  const { event, trust, audience } = read
  return {
    ...part.statement,
    id: derivedId('clm', event.id, part.quote),
    text: withResolvedDates(part.quote, event.at),
    wording: 'verbatim',
    kind: part.kind,
    isLasting: part.isLasting,
    times: {
      event: part.statement.event,
      statedAt: event.at,
      ingestedAt: options.ingestedAt,
      derivedAt: options.asOf,
    },
    dependsOn: [],
    evidence: [eventEvidence(read, part.quote)],
    trust,
    audience,
  }
}
