import type { Claim, ClaimKind, Statement } from '../../core/claim.ts'
import { derivedId } from '../../core/ids.ts'
import { eventEvidence } from '../event-evidence.ts'
import { withResolvedDates } from '../language/dates.ts'
import { durableKind, isExplicit } from '../language/durable/durable.ts'
import { readStatement } from '../language/frames.ts'
import { ownSentences } from '../language/quoted.ts'
import { afterRetraction, correctsItself, objects, takesBack } from '../language/retraction.ts'
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
  return [...new Map(claims.map((claim) => [claim.id, claim])).values()]
}

function isOwnWord({ event, text, trust, isEcho }: ReadEvent): boolean {
  return (
    event.speaker === 'user' &&
    event.voice === 'own' &&
    (trust === 'user' || trust === 'operator') &&
    !isEcho &&
    text.trim() !== ''
  )
}

interface Told {
  readonly claims: readonly Claim[]
  /** The message takes back what the one before it said. */
  readonly takesBackPrevious: boolean
}

/** A retraction ends the last claim of its own message; without one, those of the previous. */
function toldBy(read: ReadEvent, options: ExtractOptions): Told {
  const claims: Claim[] = []
  let takesBackPrevious = false
  for (const { text } of ownSentences(read.event.text)) {
    const isTakenBack = takesBack(text)
    if (isTakenBack || objects(text)) {
      const ended = claims.pop()
      takesBackPrevious ||= ended === undefined && isTakenBack
    }
    const found = correctsItself(text) ? null : lastingPart(text, read.event.at)
    if (found !== null) claims.push(claimFrom(read, found, options))
  }
  return { claims, takesBackPrevious }
}

interface LastingPart {
  /** Exact substring of the event's text. */
  readonly quote: string
  readonly kind: ClaimKind
  readonly statement: Statement
}

/** The sentence, or what follows a lead-in: "for your notes: the cluster runs in eu-central-1". */
function lastingPart(sentence: string, at: string | null): LastingPart | null {
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

function claimFrom(read: ReadEvent, part: LastingPart, options: ExtractOptions): Claim {
  const { event, trust, audience } = read
  return {
    ...part.statement,
    id: derivedId('clm', event.id, part.quote),
    text: withResolvedDates(part.quote, event.at),
    kind: part.kind,
    isLasting: true,
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
