import { isWholeUnit } from '../entries.ts'
import type { Entry } from '../entry.ts'
import { keyOf } from '../language/compare/alignment.ts'
import type { Competition } from '../language/compare/compete.ts'
import { negationVeto, orderVeto } from '../language/guard/guard.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import { readingOf } from '../language/reading/reading.ts'
import { splitSentences } from '../language/sentences.ts'
import { contentStems, contentTokens, isEnglish, tokenize } from '../language/tokens.ts'
import type { RelateVerdict } from '../prompts/relate.ts'
import type { Rules } from '../rules.ts'
import { contest } from './contest.ts'
import { areElsewhere, isImported, isPlain, type Judgement, sideOf } from './judged-entry.ts'
import { slotGaps } from './slot-gaps.ts'

/** What came of a model's verdict on two entries. */
export interface Told extends Judgement {
  /** `overlap`: two notes on one matter, each with a detail that the other lacks. */
  readonly asked: 'told' | 'overlap'
}

/** What a verdict on two entries says, without its number and its words. */
export type Verdict = Pick<
  RelateVerdict,
  'rel' | 'slotSame' | 'bothCanHold' | 'missingInA' | 'missingInB'
>

/**
 * What two entries are to each other where rules cannot tell and a model was asked. Its verdict is
 * a proposal: the guard, scopes, slots, order in time and trust decide as they do for rules, and in
 * doubt both stay. A model never says which of two is the later one. `isHinted`: the reading of the
 * session named this note as changed by this claim, so their words need not show that they belong.
 */
export function modelRelation(
  a: Entry,
  b: Entry,
  verdict: Verdict,
  rules: Rules,
  isHinted = false,
): Told {
  const [left, right] = [sideOf(a), sideOf(b)]
  if (a.audience !== b.audience) return told('none', 'another audience')
  if (!isEnglish(left.text) || !isEnglish(right.text)) return told('none', 'not English')
  if (areElsewhere(left, right)) return told('none', 'another scope')
  switch (verdict.rel) {
    case 'same':
    case 'a_more':
    case 'b_more':
      return equivalence(a, b, verdict, rules)
    case 'update':
    case 'conflict':
      return competitionOf(a, b, verdict, rules, isHinted)
    case 'related':
      return parts(a, b, verdict, rules)
    case 'scoped':
      return told('related', 'a model sees two things')
    default:
      return told('none', 'a model sees nothing in common')
  }
}

/**
 * What the verdict that two entries say one thing comes to. `isDistant`: they need not share words;
 * whoever lets that pass has other reasons to believe it.
 */
export function equivalence(
  a: Entry,
  b: Entry,
  verdict: Verdict,
  rules: Rules,
  isDistant = false,
): Told {
  const [left, right] = [sideOf(a), sideOf(b)]
  if (isPlain(a) !== isPlain(b)) return told('related', 'meant differently')
  if (!isDistant && !sharesWords(left.text, right.text))
    return told('related', 'hardly a word in common')
  const objections = objectionsTo(left, right, rules).filter(
    (reason) => !isOfOrder(reason, left, right),
  )
  if (namesOther(left.text, right.text))
    return told('related', 'each names somebody or something else')
  if (tellsOther(left.text, right.text)) return told('related', 'equal but for what they say of it')
  if (objections.length > 0) return { relation: 'related', reasons: objections, asked: 'told' }
  const isShortA =
    verdict.rel === 'b_more' ||
    verdict.missingInA.length > 0 ||
    slotGaps(right.text, left.text).length > 0
  const isShortB =
    verdict.rel === 'a_more' ||
    verdict.missingInB.length > 0 ||
    slotGaps(left.text, right.text).length > 0
  if (isShortA && isShortB) return overlap(a, b)
  if (isShortB) return told('a_contains_b', 'one says all that the other says, and more')
  if (isShortA) return told('b_contains_a', 'one says all that the other says, and more')
  if (saysFarMore(left.text, right.text) || saysFarMore(right.text, left.text)) {
    return told('related', 'one says more than a model noticed')
  }
  return told('same', 'both say the same in other words')
}

/** Of one matter, and each says of it what the other does not: nothing less than both says it. */
function parts(a: Entry, b: Entry, verdict: Verdict, rules: Rules): Told {
  const { slotSame, bothCanHold, missingInA, missingInB } = verdict
  const isOneMatter = slotSame && bothCanHold && missingInA.length > 0 && missingInB.length > 0
  const found = isOneMatter ? equivalence(a, b, { ...verdict, rel: 'same' }, rules) : null
  return found?.asked === 'overlap' ? found : told('related', 'a model sees two things')
}

/** All words of the other, and more that tell something: hardly the same, nothing being missing. */
function saysFarMore(text: string, other: string): boolean {
  const [own, theirs] = [contentStems(text), contentStems(other)]
  return theirs.isSubsetOf(own) && own.size >= theirs.size + EXTRA_WORDS
}

const EXTRA_WORDS = 2

/**
 * What is said in a session stands below no heading, which tells nothing of what it speaks of; what
 * labels say on either side was weighed before.
 */
function objectionsTo(left: GuardSide, right: GuardSide, rules: Rules): readonly string[] {
  const isSpoken = left.context.length === 0 || right.context.length === 0
  if (!isSpoken) return rules.guard(left, right)
  return rules.guard({ ...left, context: [] }, { ...right, context: [] })
}

/** Each side has a name that the other lacks; one at the beginning of a sentence counts too. */
function namesOther(left: string, right: string): boolean {
  return hasNameBeyond(left, right) && hasNameBeyond(right, left)
}

function hasNameBeyond(text: string, other: string): boolean {
  const said = new Set(tokenize(other).map(keyOf))
  const { senses } = readingOf(text)
  const [first] = text.split(/\s+/)
  return senses.some(
    ({ kind, pos, words }) =>
      (kind === 'name' || pos === 'PROPN') &&
      !(words[0]?.text === first && beginsCommon(text)) &&
      words.some(({ text: word }) => tokenize(word).some((token) => !said.has(keyOf(token)))),
  )
}

/**
 * Where every sentence has a capital: "Cats are seen", "Same-day dispatch". What follows a name is
 * said of one, or may be: "Jonas leads", "Jonas had", "Jonas will".
 */
function beginsCommon(text: string): boolean {
  const [first = '', second = ''] = text.split(/\s+/)
  if (/^\p{Lu}\p{Ll}+-\p{Ll}/u.test(first)) return true
  return /^\p{Lu}\p{Ll}+s$/u.test(first) && !OF_ONE.test(second)
}

const OF_ONE = /(?:s|ed|had|did|will|would|can|could|must|may|might|shall|should)$/

/** The same words at both ends, half of all at least, and between them each says something else. */
function tellsOther(left: string, right: string): boolean {
  const [one, two] = [left, right].map((text) => contentTokens(text).map(({ stem }) => stem))
  if (one === undefined || two === undefined) return false
  const shorter = Math.min(one.length, two.length)
  const firstApart = one.findIndex((stem, n) => stem !== two[n])
  const before = firstApart < 0 ? shorter : Math.min(firstApart, shorter)
  let after = 0
  while (before + after < shorter && one.at(-1 - after) === two.at(-1 - after)) after += 1
  if ((before + after) * 2 < shorter) return false
  const [here, there] = [one, two].map((stems) => stems.slice(before, stems.length - after))
  if (here?.length === 0 || there?.length === 0) return false
  return here?.every((stem) => there?.includes(stem) !== true) === true
}

/** Notes that a dream or a person worded are left as they are. */
function overlap(a: Entry, b: Entry): Told {
  const areOriginals = [a, b].every((entry) => isWholeUnit(entry) && isImported(entry))
  if (!areOriginals) return told('related', 'each says something that the other does not')
  return { relation: 'related', reasons: [], asked: 'overlap' }
}

/** Two texts on one matter share a third of the shorter one's words, and two at least. */
export function sharesWords(left: string, right: string): boolean {
  const [one, two] = [contentStems(left), contentStems(right)]
  const shorter = Math.min(one.size, two.size)
  const shared = one.intersection(two).size
  return shared > 0 && shared >= Math.max(Math.min(2, shorter), Math.ceil(shorter / 3))
}

/**
 * An objection to the order of words alone. "A worker feeds the queue" has the words of "The queue
 * feeds a worker": there order says who does what, unless the very same words begin elsewhere ("On
 * Fridays we deploy"). Where the words differ too, their order is one more way to tell the same.
 */
function isOfOrder(reason: string, left: GuardSide, right: GuardSide): boolean {
  if (reason !== orderVeto(left, right)) return false
  const [here, there] = [contentStems(left.text), contentStems(right.text)]
  if (here.symmetricDifference(there).size >= OTHER_WORDS_MIN) return true
  const [one, two] = [left.text, right.text].map((text) => tokenize(text).map(({ norm }) => norm))
  if (one === undefined || two === undefined || one.length !== two.length) return false
  const wanted = two.join(' ')
  return one.some((_, at) => [...one.slice(at), ...one.slice(0, at)].join(' ') === wanted)
}

const OTHER_WORDS_MIN = 2

function competitionOf(
  a: Entry,
  b: Entry,
  verdict: Verdict,
  rules: Rules,
  isHinted: boolean,
): Told {
  if (!verdict.slotSame || verdict.bothCanHold) return told('related', 'both may hold')
  if (!isHinted && !sharesMatter(a, b)) return told('related', 'not plainly of one matter')
  const [left, right] = [sideOf(a), sideOf(b)]
  const isDenied = negationVeto(left, right) !== null
  const found = contest(
    a,
    b,
    left,
    right,
    rules.laterOf,
    (newer, older): Competition => ({
      kind: isDenied ? 'polarity' : 'slot',
      isFunctional: true,
      ground: groundOf(newer, older),
    }),
  )
  if (found === null) return told('related', 'it may hold beside the other')
  const isReplaced = found.relation === 'a_replaces_b' || found.relation === 'b_replaces_a'
  const [newer, older] = found.relation === 'a_replaces_b' ? [a, b] : [b, a]
  const areNotes = newer.source.kind === 'unit' && older.source.kind === 'unit'
  if (isReplaced && areNotes && !tellsTheRest(newer, older)) {
    return told('conflict', 'the older one says more than the later one takes back')
  }
  return { ...found, asked: 'told' }
}

/** The same subject as far as rules can read it, and words in common beside the values. */
function sharesMatter(a: Entry, b: Entry): boolean {
  const [one, two] = [a.statement.slot?.subject ?? '', b.statement.slot?.subject ?? '']
  const words = new Set(one.split(' '))
  if (one !== '' && two !== '' && !two.split(' ').some((word) => words.has(word))) return false
  if (a.source.kind === 'unit' && b.source.kind === 'unit') return sharesWords(a.text, b.text)
  const [left, right] = [matterOf(a), matterOf(b)]
  return (
    [...contentStems(a.text)].some((stem) => right.has(stem) && !isValueOf(a, stem)) ||
    [...contentStems(b.text)].some((stem) => left.has(stem) && !isValueOf(b, stem))
  )
}

function matterOf({ text, context }: Entry): ReadonlySet<string> {
  return new Set([text, ...context].flatMap((part) => [...contentStems(part)]))
}

function isValueOf({ statement }: Entry, stem: string): boolean {
  return contentStems(statement.value ?? '').has(stem)
}

/** Words of an outdated note, besides its value, that the current one may lack. */
const LOST_WORDS_MAX = 2

/** Whether a note may go for another one: what goes with it is little more than the old value. */
function tellsTheRest(newer: Entry, older: Entry): boolean {
  if (!isWholeUnit(newer) || !isWholeUnit(older)) return false
  if (splitSentences(older.text).length > 1) return false
  if (slotGaps(older.text, newer.text).length > 1) return false
  const said = contentStems(newer.text)
  const lost = [...contentStems(older.text)].filter((stem) => !said.has(stem))
  return lost.length <= LOST_WORDS_MAX
}

/** In words of the statements; a model's own are never shown as a reason. */
function groundOf({ statement, text }: Entry, older: Entry): string {
  const { value, formerValue } = statement
  const former = formerValue ?? older.statement.value
  const isNamed =
    value !== null && former !== null && text.includes(value) && older.text.includes(former)
  return isNamed ? `${value} in place of ${former}` : 'another value of the same thing'
}

function told(relation: Judgement['relation'], reason: string): Told {
  return { relation, reasons: [reason], asked: 'told' }
}
