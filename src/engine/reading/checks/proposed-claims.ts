import { LIMITS } from '../../../config.ts'
import type { Claim, Interval, Modality, Slot, Statement } from '../../../core/claim.ts'
import { type ClaimId, derivedId } from '../../../core/ids.ts'
import { lowestTrust } from '../../../core/trust.ts'
import type { Steering } from '../../instructions.ts'
import { functionalAttribute } from '../../language/attributes.ts'
import { conditionOf } from '../../language/conditions.ts'
import { dateMentions, withoutResolvedDates } from '../../language/dates.ts'
import { readStatement } from '../../language/frames.ts'
import { subjectOf } from '../../language/noun-phrase.ts'
import { tokenize } from '../../language/tokens.ts'
import type { ExtractOutput, ProposedClaim } from '../../prompts/extract.ts'
import type { Chunk } from '../chunks.ts'
import { type CitedWords, citedWords } from './cited-words.ts'
import type { Discards } from './discards.ts'
import { distortion, type KnownNames } from './meaning-kept.ts'
import { textFault } from './plain-text.ts'

/** What the checks of proposals need besides the proposal. */
export interface CheckInputs {
  readonly known: KnownNames
  readonly steering: Steering
  /** The dream's only clock, ISO 8601 UTC. */
  readonly asOf: string
}

/** The claims of one answer that hold against the words they cite, in the order of the answer. */
export function proposedClaims(
  { claims }: ExtractOutput,
  chunk: Chunk,
  inputs: CheckInputs,
  discards: Discards,
): readonly Claim[] {
  const made = claims.slice(0, LIMITS.claimsPerChunkMax).map((proposed): Claim | null => {
    const claim = claimOf(proposed, chunk, inputs)
    if (typeof claim !== 'string') return claim
    discards.add(claim)
    return null
  })
  discards.add('more than one answer may hold', claims.length - made.length)
  return made.flatMap((claim, n) => {
    if (claim === null) return []
    const needed = claims[n]?.dependsOn.flatMap((at) => made[at - 1]?.id ?? []) ?? []
    const dependsOn = [...new Set<ClaimId>(needed)].filter((id) => id !== claim.id)
    return [{ ...claim, dependsOn }]
  })
}

/** The claim, or why it is not let through. */
function claimOf(proposed: ProposedClaim, chunk: Chunk, inputs: CheckInputs): Claim | string {
  const cited = citedWords(proposed.evidence, chunk.parts)
  if (cited.kind === 'discarded') return cited.reason
  const words = isOrder(proposed) ? cited.words.filter(isTold) : cited.words
  if (words.length === 0) return 'an order that nobody gave'
  const text = proposed.text.replace(/ {2,}/g, ' ').trim()
  const fault =
    (words.every(({ isOverlap }) => isOverlap) ? 'read in the part before' : null) ??
    textFault(text, quotesOf(words)) ??
    distortion(text, words, inputs.known) ??
    steeringFault(text, words, inputs.steering)
  return fault ?? checkedClaim({ ...proposed, text }, words, chunk, inputs)
}

function quotesOf(words: readonly CitedWords[]): readonly string[] {
  return words.map(({ evidence }) => evidence.quote)
}

const ORDER = /^(?:always|never|do not|don't|make sure|run|use|send|call|ask|please)\b/i

/** What tools print gives facts only: orders are for people to give, in words of their own. */
function isOrder({ kind, modality, text }: ProposedClaim): boolean {
  return kind !== 'fact' || modality === 'must' || ORDER.test(text)
}

function isTold({ evidence }: CitedWords): boolean {
  return evidence.trust === 'user' || evidence.trust === 'operator'
}

/** Why the instructions of the dream leave a statement out. */
export function steeringFault(
  text: string,
  words: readonly CitedWords[],
  steering: Steering,
): string | null {
  const texts = [text, ...words.flatMap(({ sentences }) => sentences)]
  return texts.some((one) => steering.ignores(null, one)) ? 'the instructions leave it out' : null
}

function checkedClaim(
  proposed: ProposedClaim,
  words: readonly CitedWords[],
  chunk: Chunk,
  { asOf }: CheckInputs,
): Claim {
  const evidence = words.map((word) => word.evidence)
  const at =
    evidence
      .flatMap((item) => item.at ?? [])
      .sort()
      .at(-1) ?? null
  const said = words.flatMap(({ sentences, read }) =>
    sentences.map((sentence) => readStatement(sentence, { at: read.event.at, context: [] })),
  )
  const own = readStatement(proposed.text, { at, context: [] })
  const modality = pessimistic(
    said.map((one) => one.modality),
    proposed.modality,
  )
  const event =
    own.event ?? said.find((one) => one.event !== null)?.event ?? statedInterval(proposed, words)
  const cues = new Set([...said.flatMap((one) => one.cues), ...own.cues])
  if (proposed.cue !== null) cues.add(proposed.cue)
  const end = event?.end ?? null
  // A last day is part of its time.
  const isOver = end !== null && end < asOf.slice(0, end.length)
  const isPassing = isOver || (cues.has('temporary') && end === null)
  return {
    ...slotOfClaim(proposed, own, words),
    id: derivedId(
      'clm',
      ...evidence.flatMap(({ eventId, quote }) => [eventId, quote]),
      proposed.text,
    ),
    text: proposed.text,
    wording: isVerbatim(proposed.text, words) ? 'verbatim' : 'model',
    kind: proposed.kind,
    isLasting: isPlain(modality) && !isPassing,
    polarity: proposed.polarity === 'denied' ? -1 : own.polarity,
    modality,
    cues: [...cues],
    event,
    times: { event, statedAt: at, ingestedAt: null, derivedAt: asOf },
    dependsOn: [],
    evidence,
    trust: lowestTrust(evidence.map(({ trust }) => trust)),
    audience: chunk.audience,
  }
}

export function isPlain(modality: Modality): boolean {
  return modality === 'is' || modality === 'must' || modality === 'may'
}

/** The first that is no plain statement; else what the model says. */
function pessimistic(read: readonly Modality[], told: Modality): Modality {
  return isPlain(told) ? (read.find((modality) => !isPlain(modality)) ?? told) : told
}

function isVerbatim(text: string, words: readonly CitedWords[]): boolean {
  return words.some(
    ({ evidence, sentences }) =>
      evidence.quote === text || sentences.includes(withoutResolvedDates(text)),
  )
}

/** As rules read the text; where they cannot, as the model names it, for want of better. */
function slotOfClaim(
  proposed: ProposedClaim,
  own: Statement,
  words: readonly CitedWords[],
): Pick<Claim, 'slot' | 'value' | 'formerValue'> {
  const quotes = quotesOf(words).join('\n')
  const stands = (value: string | null): string | null =>
    value !== null && value.trim() !== '' && quotes.includes(value) ? value.trim() : null
  return {
    slot: own.slot ?? slotNamed(proposed),
    value: own.value ?? (own.slot === null ? stands(proposed.value) : null),
    formerValue: own.formerValue ?? stands(proposed.formerValue),
  }
}

function slotNamed({ subject, attribute, text }: ProposedClaim): Slot | null {
  const stems = subjectOf(subject).join(' ')
  const named = functionalAttribute(attribute.toLowerCase().trim())
  const property =
    named ??
    tokenize(attribute)
      .map(({ stem }) => stem.toLowerCase())
      .join(' ')
  if (stems === '' || property === '') return null
  const condition = conditionOf(text)
  return { subject: stems, attribute: property, condition, isFunctional: named !== null }
}

/** The dates that a model names, where the words name them too. */
export function statedInterval(
  { from, until }: { readonly from: string | null; readonly until: string | null },
  words: readonly CitedWords[],
): Interval | null {
  const named = new Set(
    words.flatMap(({ read, sentences }) =>
      sentences.flatMap((sentence) =>
        dateMentions(sentence, read.event.at).flatMap(({ iso }) => iso ?? []),
      ),
    ),
  )
  const start = from !== null && named.has(from) ? from : null
  const end = until !== null && named.has(until) ? until : null
  return start === null && end === null ? null : { start, end }
}
