import { NARROWING } from '../reading/function-words.ts'
import type { PlacedSense, Reading } from '../reading/reading.ts'
import { MUST } from '../synonyms/forces.ts'
import { isNot } from './implied.ts'
import type { Match, Matching } from './matching.ts'
import { namesApart } from './names-apart.ts'

/** Whether words that both texts share stand in another relation to each other. */
export function rolesClash(matching: Matching, left: Reading, right: Reading): boolean {
  const pairs = matching.pairs.filter(({ a, b }) => (!a.isEmpty && !b.isEmpty) || isSpeaker(a))
  return (
    pairs.some(
      (pair) =>
        changesClause(pair) ||
        changesRelation(pair) ||
        isDoneTo(pair, pairs, left, right) ||
        namesApart(pair, left, right),
    ) ||
    pairs.some((one, n) =>
      pairs
        .slice(n + 1)
        .some(
          (two) =>
            areSwapped(one, two) || areReordered(one, two, left, right) || areTornApart(one, two),
        ),
    ) ||
    pairs.some((pair) => bindsOther(pair, matching, left, right)) ||
    isReleased(pairs)
  )
}

/** "must not" forbids, "not have to" leaves it open. */
function isReleased(pairs: readonly Match[]): boolean {
  const denial = pairs.find(({ a, b }) => a.keys.has('not') && b.keys.has('not'))
  const duty = pairs.find(({ a, b }) => a.keys.has(MUST) && b.keys.has(MUST))
  if (denial === undefined || duty === undefined) return false
  return denial.a.index < duty.a.index !== denial.b.index < duty.b.index
}

/** "Mara promoted" is no "Mara was promoted". */
function isDoneTo(
  { a, b }: Match,
  pairs: readonly Match[],
  left: Reading,
  right: Reading,
): boolean {
  if ((a.kind !== 'name' && a.pos !== 'PROPN') || left.build === right.build) return false
  const passive = left.build === 'passive' ? a : right.build === 'passive' ? b : null
  const plain = left.build === 'plain' ? a : right.build === 'plain' ? b : null
  if (passive?.role !== 'object' || plain?.role !== 'subject') return false
  return pairs.some((pair) => pair.a.role === 'verb' && isOneVerb(pair))
}

function isOneVerb({ a, b }: Match): boolean {
  const [one, other] = [a.words[0], b.words[0]]
  return a.pos === 'VERB' && b.role === 'verb' && one !== undefined && one.lemma === other?.lemma
}

/** "we pay them" and "they pay us" differ in little words only. */
function isSpeaker({ keys }: PlacedSense): boolean {
  return keys.has('speaker')
}

/** What holds "if" is not what holds "unless" or always. */
function changesClause({ a, b }: Match): boolean {
  return conditionOfSense(a) !== conditionOfSense(b)
}

function conditionOfSense({ clause, role }: PlacedSense): string {
  return NARROWING.test(clause) ? clause : NARROWING.test(role) ? role : ''
}

/** Prepositions that may stand for each other or be missing ("the port of the API", "API port"). */
const LOOSE: Readonly<Record<string, string>> = {
  of: 'subject object verb adverb for in on at about to with as by',
  for: 'subject object verb adverb of in on at about to as',
  in: 'subject object verb adverb of on at for to within as',
  on: 'subject object verb adverb of in at about to as',
  at: 'subject object verb adverb of in on to',
  to: 'subject object verb adverb in on at of for as with',
  from: 'subject object verb adverb of',
  with: 'subject object verb adverb of by to from in',
  by: 'subject object verb adverb with of',
  about: 'subject object verb adverb of on for',
  as: 'subject object verb adverb in of for to on',
  per: 'subject object adverb',
  within: 'in',
  over: 'object',
  between: 'subject object of in',
}

/** "from" against "to": the same word in an opposite relation. */
function changesRelation({ a, b }: Match): boolean {
  if (a.role === b.role || conditionOfSense(a) !== '') return false
  return !isLoose(a.role, b.role) && !isLoose(b.role, a.role)
}

function isLoose(role: string, other: string): boolean {
  if (PLAIN.has(role) && PLAIN.has(other)) return true
  return LOOSE[role]?.split(' ').includes(other) === true
}

const PLAIN: ReadonlySet<string> = new Set(['subject', 'object', 'verb', 'adverb'])

/** "A calls B", "B calls A"; "grant A a right", "A grants a right to B": two that changed places. */
function areSwapped(one: Match, two: Match): boolean {
  if (isCompound(one, two)) return false
  const [from, to] = [placeOf(one.a.role), placeOf(one.b.role)]
  if (from === null || to === null) return false
  if (one.a.role !== two.a.role && one.a.role === two.b.role && one.b.role === two.a.role)
    return true
  return from !== to && from === placeOf(two.b.role) && to === placeOf(two.a.role)
}

/** The three places around a verb; null for the verb itself and for what tells how. */
function placeOf(role: string): 'subject' | 'object' | 'oblique' | null {
  if (role === 'verb' || role === 'adverb' || role === 'mark') return null
  return role === 'subject' || role === 'object' ? role : 'oblique'
}

/**
 * Two words stand in another order and nothing explains it: no passive, no phrase that moved as a
 * whole, no "of" in place of a compound, no list.
 */
function areReordered(one: Match, two: Match, left: Reading, right: Reading): boolean {
  if (deniesOther(one, two)) return true
  const isInverted = Math.sign(one.a.index - two.a.index) !== Math.sign(one.b.index - two.b.index)
  if (!isInverted || [one.a, two.a].some((sense) => isFree(sense) || isModal(sense))) return false
  if (one.a.clause !== two.a.clause && one.b.clause !== two.b.clause) return false
  const isSequence = left.isSequence || right.isSequence
  if (!isSequence && areListed(one.a, two.a) && areListed(one.b, two.b)) return false
  const isSameRole = one.a.role === two.a.role && one.b.role === two.b.role
  if (isSameRole) return left.build === right.build && !isCompound(one, two)
  if (left.build === 'turned' && keepsPart(one) && keepsPart(two)) return false
  return !(left.build !== right.build || hasMoved(one) || hasMoved(two) || isCompound(one, two))
}

/** "On Monday, not on Tuesday": which of the two is denied. */
function deniesOther(one: Match, two: Match): boolean {
  const [denial, time] = isNot(one.a) ? [one, two] : [two, one]
  if (!isNot(denial.a) || time.a.kind !== 'time') return false
  return isRightBehind(denial.a, time.a) !== isRightBehind(denial.b, time.b)
}

/** A preposition may stand between. */
function isRightBehind(denial: PlacedSense, time: PlacedSense): boolean {
  const distance = time.index - denial.index
  return distance === 1 || distance === 2
}

/** What fills a relation still fills it: "contact for returns: Mara", "Mara is the returns contact". */
function keepsPart({ a, b }: Match): boolean {
  return a.role === b.role || (a.role !== 'subject' && b.role !== 'subject')
}

/** A phrase keeps its preposition wherever it goes. */
function hasMoved({ a, b }: Match): boolean {
  return a.role === b.role && !PLAIN.has(a.role)
}

/** "the port of the API" and "the API port": one phrase in the one text, two in the other. */
function isCompound(one: Match, two: Match): boolean {
  // A denial and what it denies are no compound.
  if (isNot(one.a) || isNot(two.a)) return false
  return (one.a.phrase === two.a.phrase) !== (one.b.phrase === two.b.phrase)
}

/** Words of one phrase must stay together: the "safety training" of the "warehouse staff". */
function areTornApart(one: Match, two: Match): boolean {
  return isTorn(one.a, two.a, one.b, two.b) || isTorn(one.b, two.b, one.a, two.a)
}

function isTorn(
  first: PlacedSense,
  second: PlacedSense,
  other: PlacedSense,
  otherSecond: PlacedSense,
): boolean {
  if (first.phrase !== second.phrase || Math.abs(first.index - second.index) !== 1) return false
  const isLoose = [first, second, other, otherSecond].some(
    (sense) => /^(?:verb|adverb)$/.test(sense.role) || isFree(sense),
  )
  return !isLoose && Math.abs(other.phrase - otherSecond.phrase) > PHRASES_APART_MAX
}

/** "the port of the API" is two phrases. */
const PHRASES_APART_MAX = 1

/** Times and adverbs stand where they like. */
function isFree({ kind, role }: PlacedSense): boolean {
  return kind === 'time' || kind === 'frequency' || role === 'adverb'
}

/** "must weigh less", "the weight must be less"; whom a denial stands by is told elsewhere. */
function isModal({ pos, keys }: PlacedSense): boolean {
  return pos === 'AUX' && !keys.has('not')
}

function areListed(one: PlacedSense, two: PlacedSense): boolean {
  return (
    Math.abs(one.stretch - two.stretch) === Math.abs(one.index - two.index) ||
    one.stretch !== two.stretch
  )
}

/** A number, a denial, "only": they must speak of the same word on both sides. */
function bindsOther({ a, b }: Match, matching: Matching, left: Reading, right: Reading): boolean {
  const isBinding = a.kind === 'word' && BINDING.test(a.words[0]?.norm ?? '')
  if (!isBinding && a.kind !== 'amount') return false
  const one = doerOrVerb(boundBy(a, left), left)
  const other = doerOrVerb(boundBy(b, right), right)
  if (one === null || other === null) return false
  const counterpart = matching.pairs.find((pair) => pair.a === one)?.b
  const counterpartOfOther = matching.pairs.find((pair) => pair.b === other)?.a
  if (counterpart === undefined || counterpartOfOther === undefined) return false
  return (
    counterpart !== other &&
    counterpart !== boundBefore(b, right) &&
    counterpartOfOther !== boundBefore(a, left)
  )
}

/** "It can only be opened by Mara" speaks of Mara, not of the opening. */
function doerOrVerb(sense: PlacedSense | null, { build, senses }: Reading): PlacedSense | null {
  if (build !== 'passive' || sense?.role !== 'verb') return sense
  return (
    senses.find((one) => one.index > sense.index && one.role === 'subject' && isContent(one)) ??
    sense
  )
}

const BINDING = /^(?:only|all|every|each|any|some|most|no|solely|exclusively|both)$/

function boundBy(sense: PlacedSense, { senses }: Reading): PlacedSense | null {
  return senses.slice(sense.index + 1).find(isContent) ?? null
}

function boundBefore(sense: PlacedSense, { senses }: Reading): PlacedSense | null {
  return senses.slice(0, sense.index).findLast(isContent) ?? null
}

function isContent({ isEmpty, role }: PlacedSense): boolean {
  return !isEmpty && role !== 'mark'
}
