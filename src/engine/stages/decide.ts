import { trustRank } from '../../core/trust.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import { type Competition, competition, statesSameValue } from '../language/compare/compete.ts'
import { coverageOf } from '../language/compare/containment.ts'
import { currentPart } from '../language/cues.ts'
import { writtenDate } from '../language/dates.ts'
import { conditionVeto, guard, hedgeVeto } from '../language/guard/guard.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import { labelVeto, scopeVeto } from '../language/guard/scope.ts'
import { isEnglish, normalizedText } from '../language/tokens.ts'

/** From here on two texts are worth showing together. */
const RELATED_SIMILARITY_MIN = 0.5

interface Judgement {
  readonly relation: Relation
  readonly reasons: readonly string[]
}

/**
 * Stage `decide`: how two entries relate, by rules alone. Only texts without any veto of the guard
 * may be the same; only statements of one subject may replace each other or conflict; in doubt
 * both stay. `similarity` never merges anything.
 */
export function decide(a: Entry, b: Entry, similarity: number): Decision {
  const { relation, reasons } = judge(a, b, similarity)
  return { a, b, relation, reasons, similarity }
}

function judge(a: Entry, b: Entry, similarity: number): Judgement {
  if (a.audience !== b.audience) return { relation: 'none', reasons: ['another audience'] }
  const left = sideOf(a)
  const right = sideOf(b)
  const vetoes = guard(left, right)
  const isEqual = normalizedText(left.text) === normalizedText(right.text)
  if (isEqual && vetoes.length === 0)
    return { relation: 'same', reasons: ['both say the same, word for word'] }
  if (!isEnglish(left.text) || !isEnglish(right.text)) return apart(similarity, vetoes)
  return (
    sameness(a, b, left, right, vetoes) ?? contest(a, b, left, right) ?? apart(similarity, vetoes)
  )
}

/** Without a veto: which of the two says all that the other says. */
function sameness(
  a: Entry,
  b: Entry,
  left: GuardSide,
  right: GuardSide,
  vetoes: readonly string[],
): Judgement | null {
  if (areElsewhere(left, right) || conditionVeto(left, right) !== null) return null
  // A statement that gives the value a note already gives adds nothing, whatever else it says.
  if (
    a.source.kind !== b.source.kind &&
    isPlain(a) &&
    isPlain(b) &&
    statesSameValue(a.statement, b.statement)
  ) {
    return { relation: 'same', reasons: [`both say ${a.statement.value ?? ''}`] }
  }
  if (vetoes.length > 0) return null
  const coverage = coverageOf(left.text, right.text)
  if (coverage === 'equal') return { relation: 'same', reasons: ['both say the same'] }
  if (coverage === 'a_covers_b')
    return { relation: 'a_contains_b', reasons: ['one says all that the other says, and more'] }
  if (coverage === 'b_covers_a')
    return { relation: 'b_contains_a', reasons: ['one says all that the other says, and more'] }
  return null
}

/** Different values for one thing: who wins, or that neither does. */
function contest(a: Entry, b: Entry, left: GuardSide, right: GuardSide): Judgement | null {
  if (!isPlain(a) || !isPlain(b) || areElsewhere(left, right)) return null
  if (conditionVeto(left, right) !== null) return null
  const later = laterOf(a, b)
  const [newer, older] =
    later === 'b' || (later === null && hasFormer(b) && !hasFormer(a)) ? [b, a] : [a, b]
  const found = competition(newer, older)
  if (found === null) return null
  if (isTemporary(newer)) {
    return { relation: 'related', reasons: ['holds only for a time', found.ground] }
  }
  if (hedgeVeto(left, right)?.startsWith('certainty')) return null
  const outcome = outcomeOf(found, newer, older, later !== null)
  if (outcome !== 'replaces')
    return { relation: outcome.relation, reasons: [asDispute(found.ground), outcome.reason] }
  const relation = newer === a ? 'a_replaces_b' : 'b_replaces_a'
  const teller = later === null ? 'a statement of the user' : 'a later statement'
  return { relation, reasons: [`${teller} says ${found.ground}`] }
}

/** Neither wins: the values stand against each other. */
function asDispute(ground: string): string {
  return ground.replace(' in place of ', ' against ')
}

/** Headings count where both have some; what is said in a session has none. */
function areElsewhere(left: GuardSide, right: GuardSide): boolean {
  const isSpoken = left.context.length === 0 || right.context.length === 0
  return (isSpoken ? labelVeto(left, right) : scopeVeto(left, right)) !== null
}

/**
 * The published table (design, section 3): authority before time; a note gives way to a later
 * statement in the same frame; two statements need a property of one value or words of change.
 */
function outcomeOf(
  found: Competition,
  newer: Entry,
  older: Entry,
  isOrdered: boolean,
): 'replaces' | { readonly relation: 'conflict' | 'related'; readonly reason: string } {
  const isMarked = hasCue(newer)
  const isClaimOnNote = newer.source.kind === 'claim' && isImported(older)
  const isUndated = older.statedAt === null && writtenDate(older.text) === null
  const isStatedNew = isOrdered || (isClaimOnNote && isMarked && isUndated)
  if (!isStatedNew) {
    return found.isFunctional
      ? { relation: 'conflict', reason: 'neither is known to be later' }
      : { relation: 'related', reason: 'neither is known to be later' }
  }
  if (trustRank(newer.trust) > trustRank(older.trust)) {
    return { relation: 'conflict', reason: 'the later one has less authority' }
  }
  if (found.kind === 'polarity' && !isMarked) {
    return { relation: 'conflict', reason: 'no word says that it changed' }
  }
  if (isClaimOnNote || found.isFunctional || isMarked) return 'replaces'
  return { relation: 'related', reason: 'both may hold' }
}

/** Which one was said later; null = nobody knows. A note is older than any dated statement. */
function laterOf(a: Entry, b: Entry): 'a' | 'b' | null {
  if (a.statedAt !== null && b.statedAt !== null) {
    const precision = Math.min(a.statedAt.length, b.statedAt.length)
    const left = a.statedAt.slice(0, precision)
    const right = b.statedAt.slice(0, precision)
    return left === right ? laterInSession(a, b) : left < right ? 'b' : 'a'
  }
  if (a.statedAt !== null && isImported(b)) return isWrittenAfter(b, a.statedAt) ? 'b' : 'a'
  if (b.statedAt !== null && isImported(a)) return isWrittenAfter(a, b.statedAt) ? 'a' : 'b'
  return a.statedAt === null && b.statedAt === null ? laterInSession(a, b) : null
}

/** A note that says since when it holds is no older than that. */
function isWrittenAfter({ text }: Entry, statedAt: string): boolean {
  const date = writtenDate(text)
  return date !== null && date > statedAt.slice(0, date.length)
}

/** Of a note that nobody's statement stands behind; one that a dream wrote is a statement. */
function isImported({ source, origin }: Entry): boolean {
  return source.kind === 'unit' && origin === 'imported'
}

/** Within one session the order of its lines is known without any clock. */
function laterInSession(a: Entry, b: Entry): 'a' | 'b' | null {
  const left = placeOf(a)
  const right = placeOf(b)
  if (left === null || right === null || left.session !== right.session) return null
  return left.line === right.line ? null : left.line < right.line ? 'b' : 'a'
}

function placeOf(entry: Entry): { readonly session: string; readonly line: number } | null {
  if (entry.source.kind === 'unit') return null
  const first = entry.source.claim.evidence.find((item) => item.kind === 'event')
  if (first === undefined || first.kind !== 'event') return null
  return { session: `${first.sessionId} ${first.source.path}`, line: first.source.line }
}

function apart(similarity: number, vetoes: readonly string[]): Judgement {
  const relation = similarity >= RELATED_SIMILARITY_MIN ? 'related' : 'none'
  return { relation, reasons: vetoes }
}

/** A claim counts by what it says is true now; a note by all its words. */
function sideOf({ source, text, context, audience }: Entry): GuardSide {
  return { text: source.kind === 'claim' ? currentPart(text) : text, context, audience }
}

/** Plans, hypotheses, questions and other people's words change nothing. */
function isPlain({ statement }: Entry): boolean {
  return (
    statement.modality === 'is' || statement.modality === 'must' || statement.modality === 'may'
  )
}

function hasCue({ statement }: Entry): boolean {
  return statement.cues.includes('change') || statement.cues.includes('correction')
}

function hasFormer({ statement }: Entry): boolean {
  return statement.formerValue !== null
}

function isTemporary({ statement }: Entry): boolean {
  return statement.cues.includes('temporary')
}
