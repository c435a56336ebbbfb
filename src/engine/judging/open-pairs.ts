import { LIMITS } from '../../config.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry } from '../entry.ts'
import { orderVeto } from '../language/guard/guard.ts'
import { contentTokens, isEnglish } from '../language/tokens.ts'
import { areOfSameWords } from '../reading/checks/same-words.ts'
import type { Hint } from '../reading/model-reading.ts'
import type { Rules } from '../rules.ts'
import { areElsewhere, isPlain, sideOf } from './judged-entry.ts'
import { modelRelation, sharesWords, type Verdict } from './model-relation.ts'
import { possibleRetellings } from './retelling.ts'

/** Two statements of sessions less alike than this speak of different matters. */
const CLAIMS_SIMILARITY_MIN = 0.3
/** Notes that the guard keeps apart can only contradict each other; then they are this alike. */
const VETOED_SIMILARITY_MIN = 0.4
/** Of two names of one thing so many words at the beginning are equal. */
const SUBJECT_WORDS = 2

/** What rules judged, and how they judge what they have not yet. */
export interface RuleJudgement {
  readonly entries: ReadonlyMap<string, Entry>
  readonly decisions: readonly Decision[]
  readonly judge: (a: Entry, b: Entry) => Decision
  /** Notes that may tell one thing in other words, nearest first. */
  readonly distant: () => readonly Pick<Decision, 'a' | 'b'>[]
}

/**
 * The pairs that rules left open and that are worth a question, most promising first: what a model
 * hinted at, then by likeness, then notes that hardly share a word. A claim is asked about with a few
 * notes, with each once, with the sentence it is most like; nothing that only repeats a settled
 * matter is asked, nor what no verdict could change.
 */
export function openPairs(
  hints: readonly Hint[],
  judged: RuleJudgement,
  rules: Rules,
): readonly Decision[] {
  const hinted = hintedPairs(hints, judged).filter(isOpen)
  const taken = new Set(hinted.flatMap(({ a, b }) => unitPairOf(a, b) ?? []))
  const settled = new Set(
    judged.decisions
      .filter((decision) => !isOpen(decision))
      .flatMap(({ a, b }) => unitPairOf(a, b) ?? []),
  )
  const known = knownClaims(judged.decisions)
  const hasRoom = roomForNotes()
  const others: Decision[] = []
  for (const decision of judged.decisions) {
    if (!isOpen(decision) || !isWorthAsking(decision, rules)) continue
    if (known.has(decision.a.key) && known.has(decision.b.key)) continue
    const pair = unitPairOf(decision.a, decision.b)
    if (pair !== null && (taken.has(pair) || settled.has(pair))) continue
    if (!couldCount(decision, rules) || !hasRoom(decision)) continue
    if (pair !== null) taken.add(pair)
    others.push(decision)
  }
  const isTaken = ({ a, b }: Decision): boolean => {
    const pair = unitPairOf(a, b) ?? ''
    return taken.has(pair) || settled.has(pair)
  }
  const distant = judged
    .distant()
    .map(({ a, b }): Decision => ({ a, b, relation: 'none', reasons: [], similarity: 0 }))
  return [...hinted, ...others, ...possibleRetellings(distant, isTaken, rules)]
}

/**
 * Whether a claim may be asked about with one more note: it has more neighbours the larger the store
 * is, and the first few are the likeliest.
 */
function roomForNotes(): (pair: Decision) => boolean {
  const counts = new Map<string, number>()
  return ({ a, b }) => {
    const claims = [a, b].filter(({ source }) => source.kind === 'claim')
    const [claim] = claims
    if (claim === undefined || claims.length > 1) return true
    const count = (counts.get(claim.key) ?? 0) + 1
    counts.set(claim.key, count)
    return count <= LIMITS.notesPerClaimMax
  }
}

/** Claims that a note says already: what two of them are to each other is written nowhere. */
function knownClaims(decisions: readonly Decision[]): ReadonlySet<string> {
  return new Set(
    decisions.flatMap(({ a, b, relation }) => {
      const [claim, side] = a.source.kind === 'claim' ? [a, 'b'] : [b, 'a']
      if (a.source.kind === b.source.kind || claim.source.kind !== 'claim') return []
      return relation === 'same' || relation === `${side}_contains_${side === 'a' ? 'b' : 'a'}`
        ? [claim.key]
        : []
    }),
  )
}

/** Whether any verdict would come to anything: what stands against it may not hang on it. */
function couldCount({ a, b }: Decision, rules: Rules): boolean {
  return HYPOTHESES.some((verdict) => {
    const { relation, asked } = modelRelation(a, b, verdict, rules)
    return asked === 'overlap' || !isOpen({ relation })
  })
}

const TOLD = { slotSame: true, missingInB: [] }
/** From the least to the most effort; "one has more" counts wherever "the same" does. */
const HYPOTHESES: readonly Verdict[] = [
  { ...TOLD, rel: 'conflict', bothCanHold: false, missingInA: [] },
  { ...TOLD, rel: 'a_more', bothCanHold: true, missingInA: ['a detail'] },
  { ...TOLD, rel: 'a_more', bothCanHold: true, missingInA: [] },
  { ...TOLD, rel: 'b_more', bothCanHold: true, missingInA: [] },
  { ...TOLD, rel: 'same', bothCanHold: true, missingInA: [] },
]

/**
 * Two claims that were read from the same words are one statement, said in two ways: neither takes
 * the place of the other, and they do not contradict each other.
 */
export function withoutClash(decision: Decision): Decision {
  const { a, b, relation } = decision
  if (a.source.kind !== 'claim' || b.source.kind !== 'claim') return decision
  const isClash = relation !== 'same' && !isOpen(decision) && !relation.includes('contains')
  if (!isClash || !areOfSameWords(a.source.claim, b.source.claim)) return decision
  return { ...decision, relation: 'related', reasons: ['read from the same words'] }
}

function isOpen({ relation }: Pick<Decision, 'relation'>): boolean {
  return relation === 'none' || relation === 'related'
}

/** What rules say of the pairs that a model hinted at, whether pair search found them or not. */
export function hintedPairs(hints: readonly Hint[], judged: RuleJudgement): readonly Decision[] {
  return unique(hints.flatMap((hint) => hintedPair(hint, judged)))
}

/** The claim with the sentence of the note that holds its former value, else with the whole note. */
function hintedPair({ claimId, unitId }: Hint, judged: RuleJudgement): readonly Decision[] {
  const [claim, note] = [judged.entries.get(claimId), judged.entries.get(unitId)]
  if (claim?.source.kind !== 'claim' || note === undefined) return []
  if (claim.audience !== note.audience || !isPlain(claim)) return []
  const former = claim.source.claim.formerValue
  const found = former === null ? undefined : sentenceWith(former, unitId, judged.entries)
  const decision = judged.judge(claim, found ?? note)
  return [decision]
}

function sentenceWith(
  former: string,
  unitId: string,
  entries: ReadonlyMap<string, Entry>,
): Entry | undefined {
  for (let n = 0; ; n += 1) {
    const sentence = entries.get(`${unitId}#${n}`)
    if (sentence === undefined || sentence.text.includes(former)) return sentence
  }
}

function isWorthAsking({ a, b, similarity }: Decision, rules: Rules): boolean {
  if (a.audience !== b.audience || areElsewhere(sideOf(a), sideOf(b))) return false
  if (!isEnglish(a.text) || !isEnglish(b.text)) return false
  const claims = [a, b].filter(({ source }) => source.kind === 'claim')
  // What is meant as a plan or a guess changes nothing.
  if (!claims.every((claim) => isLasting(claim) && isPlain(claim))) return false
  if (claims.length === 2) return similarity >= CLAIMS_SIMILARITY_MIN || areOfOneSlot(a, b)
  if (claims.length === 1) return true
  return areNotesWorthAsking(a, b, similarity, rules)
}

function areNotesWorthAsking(a: Entry, b: Entry, similarity: number, rules: Rules): boolean {
  if (!isWholeUnit(a) || !isWholeUnit(b) || (isPinned(a) && isPinned(b))) return false
  // No verdict on others would count, and the guard takes its time.
  if (!sharesWords(a.text, b.text)) return false
  const [left, right] = [sideOf(a), sideOf(b)]
  const order = orderVeto(left, right)
  if (rules.guard(left, right).every((reason) => reason === order)) return true
  return similarity >= VETOED_SIMILARITY_MIN && beginAlike(a.text, b.text)
}

function isLasting({ source }: Entry): boolean {
  return source.kind === 'claim' && source.claim.isLasting
}

function isPinned({ source }: Entry): boolean {
  return source.kind === 'unit' && source.unit.isPinned
}

function areOfOneSlot({ statement: one }: Entry, { statement: two }: Entry): boolean {
  if (one.slot === null || two.slot === null) return false
  return one.slot.attribute === two.slot.attribute && one.slot.subject === two.slot.subject
}

function beginAlike(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) =>
    contentTokens(text)
      .slice(0, SUBJECT_WORDS)
      .map(({ stem }) => stem)
      .join(' '),
  )
  return left === right
}

/** The one pair that a claim, or a note, and all sentences of another note are. */
function unitPairOf(a: Entry, b: Entry): string | null {
  const kinds = [a, b].map(({ source }) => source.kind)
  if (kinds.every((kind) => kind === 'claim')) return null
  return [a, b]
    .map(({ key, source }) => (source.kind === 'unit' ? source.unit.id : key))
    .sort()
    .join(' ')
}

function unique(decisions: readonly Decision[]): readonly Decision[] {
  const byPair = new Map(decisions.map((one) => [unitPairOf(one.a, one.b) ?? '', one]))
  return [...byPair.values()]
}
