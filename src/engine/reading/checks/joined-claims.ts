import type { Claim } from '../../../core/claim.ts'
import { derivedId } from '../../../core/ids.ts'
import { contentStems, normalizedText, tokenize } from '../../language/tokens.ts'
import { valueKey } from '../../language/values.ts'
import type { Hint, Twins } from '../model-reading.ts'
import type { HintedClaim } from './proposed-changes.ts'
import { areOfSameWords, quotesOf } from './same-words.ts'

export interface JoinedClaims {
  readonly claims: readonly Claim[]
  readonly hints: readonly Hint[]
  readonly twins: readonly Twins[]
}

/** Words with which a statement that stands alone begins. */
const FRAME_STEMS: ReadonlySet<string> = contentStems('the user team project agent prefers wants')
const LIKENESS_MIN = 0.75
/** Telling words that a model may add to a statement of the same words and values. */
const ADDED_WORDS_MAX = 2

/**
 * Every statement once. What rules took verbatim stands for what the model worded alike, and for
 * what it says of the same words with the same values; what rules did not think lasting gives way
 * to the model's wording of it; a change to a note that is a statement already is that statement
 * with a hint.
 */
export function joinedClaims(
  byRules: readonly Claim[],
  byModel: readonly Claim[],
  changes: readonly HintedClaim[],
): JoinedClaims {
  const sayings = sayingsOf(byRules)
  const isKnown = (claim: Claim): boolean =>
    near(claim, sayings).some(
      (known) => known.isLasting && (saysSame(claim, known) || tellsSame(claim, known)),
    )
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
  for (const { claim, unitId, exchange } of changes) {
    const same = near(claim, all).find((known) => tellsValueOf(known, claim))
    const isTold = same !== undefined && exchange === null
    const target = isTold ? withChange(claims.get(same.id) ?? same, claim) : claim
    claims.set(target.id, target)
    hints.set(`${target.id} ${unitId}`, { claimId: target.id, unitId, exchange })
  }
  return {
    claims: [...claims.values()],
    hints: [...hints.values()].sort(byIds),
    twins: twinsOf(changes, all),
  }
}

/** A statement that would change two notes at once is a twin of neither. */
function twinsOf(changes: readonly HintedClaim[], all: Sayings): readonly Twins[] {
  const pairs = changes.flatMap(({ claim, unitId, exchange }) => {
    if (exchange === null) return []
    const same = near(claim, all).filter((known) => tellsValueOf(known, claim))
    return same.map(({ id }) => ({ unitId, twins: { statement: id, change: claim.id } }))
  })
  const byStatement = Map.groupBy(pairs, ({ twins }) => twins.statement)
  const single = [...byStatement.values()].filter(
    (group) => new Set(group.map(({ unitId }) => unitId)).size === 1,
  )
  return single.flatMap((group) => group.map(({ twins }) => twins))
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

/** What is read from the same words of the same event, the words of the user themselves first. */
function near(claim: Claim, sayings: Sayings): readonly Claim[] {
  const found = quotesOf(claim).flatMap(({ eventId }) => sayings.get(eventId) ?? [])
  return [...new Set(found)]
    .filter((known) => known.id !== claim.id && known.audience === claim.audience)
    .filter((known) => areOfSameWords(known, claim))
    .sort((one, two) => Number(isOwnWords(two)) - Number(isOwnWords(one)))
}

function isOwnWords({ wording, isLasting }: Claim): boolean {
  return wording === 'verbatim' && isLasting
}

function saysSame(a: Claim, b: Claim): boolean {
  if (a.polarity !== b.polarity) return false
  const [left, right] = [stemsOf(a.text), stemsOf(b.text)]
  const both = left.intersection(right).size
  const isAlike = both >= LIKENESS_MIN * left.union(right).size
  return isAlike && exactIn(a.text) === exactIn(b.text)
}

/** One value in place of another, told of the same words; a denial is then a way to put it. */
function tellsSame(claim: Claim, known: Claim): boolean {
  if (!isStated(claim) || !isStated(known) || !haveSameValue(known.value, claim.value)) return false
  const [own, theirs] = [stemsOf(claim.text), stemsOf(known.text)]
  const both = own.intersection(theirs).size
  const isAlike = both >= LIKENESS_MIN * theirs.size && own.size - both <= ADDED_WORDS_MAX
  const isOneChange =
    claim.polarity === known.polarity ||
    (claim.formerValue !== null && haveSameValue(known.formerValue, claim.formerValue))
  return isAlike && isOneChange && exactIn(claim.text) === exactIn(known.text)
}

function isStated({ modality }: Claim): boolean {
  return modality === 'is' || modality === 'must' || modality === 'may'
}

/** Equal values, or the same one once with its unit: "49" and "49 EUR". */
function haveSameValue(a: string | null, b: string | null): boolean {
  const [one, two] = [valueKey(a ?? ''), valueKey(b ?? '')]
  if (one === '' || two === '') return false
  return one === two || one.startsWith(`${two} `) || two.startsWith(`${one} `)
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
  if (known.value !== null) return haveSameValue(known.value, change.value)
  // Rules found no value in these words.
  return change.value !== null && stemsOf(change.value).isSubsetOf(stemsOf(known.text))
}

function uniqueById(claims: readonly Claim[]): readonly Claim[] {
  return [...new Map(claims.map((claim) => [claim.id, claim])).values()]
}

function byIds(a: Hint, b: Hint): number {
  if (a.claimId !== b.claimId) return a.claimId < b.claimId ? -1 : 1
  return a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0
}
