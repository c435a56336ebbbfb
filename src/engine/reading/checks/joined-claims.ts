import type { Claim } from '../../../core/claim.ts'
import type { EventEvidence } from '../../../core/evidence.ts'
import { derivedId } from '../../../core/ids.ts'
import { contentStems, normalizedText, tokenize } from '../../language/tokens.ts'
import { valueKey } from '../../language/values.ts'
import type { Hint } from '../model-reading.ts'
import type { HintedClaim } from './proposed-changes.ts'

export interface JoinedClaims {
  readonly claims: readonly Claim[]
  readonly hints: readonly Hint[]
}

/** Words with which a statement that stands alone begins. */
const FRAME_STEMS: ReadonlySet<string> = contentStems('the user team project agent prefers wants')
const LIKENESS_MIN = 0.75

/**
 * Every statement once. What rules took verbatim stands for what the model worded alike; what rules
 * did not think lasting gives way to the model's wording of it; a change to a note that is a
 * statement already is that statement with a hint.
 */
export function joinedClaims(
  byRules: readonly Claim[],
  byModel: readonly Claim[],
  changes: readonly HintedClaim[],
): JoinedClaims {
  const sayings = sayingsOf(byRules)
  const isKnown = (claim: Claim): boolean =>
    near(claim, sayings).some((known) => known.isLasting && saysSame(claim, known))
  const added = uniqueById(byModel).filter((claim) => !isKnown(claim))
  const replaced = new Set(
    added
      .filter(({ isLasting }) => isLasting)
      .flatMap((claim) =>
        near(claim, sayings)
          .filter((known) => isPlainSaying(known) && saysAllOf(claim, known))
          .map(({ id }) => id),
      ),
  )
  const claims = new Map(
    [...byRules.filter(({ id }) => !replaced.has(id)), ...added].map((claim) => [claim.id, claim]),
  )
  const hints = new Map<string, Hint>()
  const all = sayingsOf([...claims.values()])
  for (const { claim, unitId } of changes) {
    const same = near(claim, all).find((known) => tellsValueOf(known, claim))
    const target = same === undefined ? claim : withChange(claims.get(same.id) ?? same, claim)
    claims.set(target.id, target)
    hints.set(`${target.id} ${unitId}`, { claimId: target.id, unitId })
  }
  return { claims: [...claims.values()], hints: [...hints.values()].sort(byIds) }
}

/** The statement with the values by which it changes the note, where it names none itself. */
function withChange(known: Claim, change: Claim): Claim {
  return {
    ...known,
    value: known.value ?? change.value,
    formerValue: known.formerValue ?? change.formerValue,
    cues: [...new Set([...known.cues, ...change.cues])],
  }
}

/** Claims by the event that they quote. */
type Sayings = ReadonlyMap<string, readonly Claim[]>

function sayingsOf(claims: readonly Claim[]): Sayings {
  const pairs = claims.flatMap((claim) =>
    [...new Set(quotesOf(claim).map(({ eventId }) => eventId))].map((id) => ({ id, claim })),
  )
  const byEvent = new Map<string, Claim[]>()
  for (const { id, claim } of pairs) byEvent.set(id, [...(byEvent.get(id) ?? []), claim])
  return byEvent
}

/** What is read from the same words of the same event. */
function near(claim: Claim, sayings: Sayings): readonly Claim[] {
  const found = quotesOf(claim).flatMap((one) =>
    (sayings.get(one.eventId) ?? []).filter((known) =>
      quotesOf(known).some(
        (other) => other.eventId === one.eventId && overlap(one.quote, other.quote),
      ),
    ),
  )
  return [...new Set(found)].filter(
    (known) => known.id !== claim.id && known.audience === claim.audience,
  )
}

function quotesOf({ evidence }: Claim): readonly EventEvidence[] {
  return evidence.filter((item) => item.kind === 'event')
}

function overlap(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a)
}

function saysSame(a: Claim, b: Claim): boolean {
  if (a.polarity !== b.polarity) return false
  const [left, right] = [stemsOf(a.text), stemsOf(b.text)]
  const both = left.intersection(right).size
  const isAlike = both >= LIKENESS_MIN * left.union(right).size
  return isAlike && exactIn(a.text) === exactIn(b.text)
}

function saysAllOf(claim: Claim, known: Claim): boolean {
  return claim.polarity === known.polarity && stemsOf(known.text).isSubsetOf(stemsOf(claim.text))
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set([...contentStems(text)].filter((stem) => !FRAME_STEMS.has(stem)))
}

function exactIn(text: string): string {
  const exact = tokenize(text).filter(({ kind }) => kind !== 'word' && kind !== 'symbol')
  return exact
    .map(({ norm }) => norm)
    .sort()
    .join(' ')
}

/** Lines of a profile are read from the same sentences and have ids of their own. */
function isPlainSaying(claim: Claim): boolean {
  const [quote] = quotesOf(claim)
  return (
    !claim.isLasting &&
    quote !== undefined &&
    claim.id === derivedId('clm', quote.eventId, quote.quote)
  )
}

function tellsValueOf(known: Claim, change: Claim): boolean {
  if (known.modality !== change.modality) return false
  if (change.wording === 'verbatim')
    return normalizedText(known.text) === normalizedText(change.text)
  const wanted = valueKey(change.value ?? '')
  return wanted !== '' && known.value !== null && valueKey(known.value) === wanted
}

function uniqueById(claims: readonly Claim[]): readonly Claim[] {
  return [...new Map(claims.map((claim) => [claim.id, claim])).values()]
}

function byIds(a: Hint, b: Hint): number {
  if (a.claimId !== b.claimId) return a.claimId < b.claimId ? -1 : 1
  return a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0
}
