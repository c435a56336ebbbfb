import { LIMITS } from '../../config.ts'
import { isEquivalence, mirroredRelation } from '../assembly/judgement.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import { splitSentences } from '../language/sentences.ts'
import { contentStems, isEnglish } from '../language/tokens.ts'
import type { Rules } from '../rules.ts'
import { areElsewhere, isPlain, quotesTool, sideOf } from './judged-entry.ts'
import { equivalence, sharesWords, type Told, type Verdict } from './model-relation.ts'

/** Two ways to tell one thing differ in length, but not by more than this. */
const LENGTH_RATIO_MAX = 2
/** A model that finds most of so many distant pairs to be the same finds everything the same. */
const TRUSTED_SHARE_MAX = 0.5
const SHARE_COUNTS_FROM = 8

/** Two notes without a third of their words in common: no word shows that they belong. */
export function isDistant({ a, b }: Pick<Decision, 'a' | 'b'>): boolean {
  return isWholeUnit(a) && isWholeUnit(b) && !sharesWords(a.text, b.text)
}

/**
 * Of pairs of notes, nearest first, those that only a reader could tell to be the same and for
 * which a verdict could count, a few for each note. `isTaken`: asked about anyhow, or settled.
 */
export function possibleRetellings(
  pairs: readonly Decision[],
  isTaken: (pair: Decision) => boolean,
  rules: Rules,
): readonly Decision[] {
  const counts = new Map<Entry, number>()
  const countOf = (entry: Entry): number => counts.get(entry) ?? 0
  const isFull = (entry: Entry): boolean => countOf(entry) >= LIMITS.distantPairsPerNoteMax
  return pairs.filter((pair) => {
    const { a, b } = pair
    if (isFull(a) && isFull(b)) return false
    if (!isDistant(pair) || isTaken(pair) || !mayBeRetold(a, b, rules)) return false
    for (const entry of [a, b]) counts.set(entry, countOf(entry) + 1)
    return true
  })
}

/** Whether any verdict would make the two one: what stands against that does not hang on it. */
function mayBeRetold(a: Entry, b: Entry, rules: Rules): boolean {
  if (a.audience !== b.audience || !areFree(a, b)) return false
  const [left, right] = [sideOf(a), sideOf(b)]
  if (!isEnglish(left.text) || !isEnglish(right.text) || areElsewhere(left, right)) return false
  return HYPOTHESES.some((verdict) => isEquivalence(retold(a, b, verdict, rules).relation))
}

function areFree(a: Entry, b: Entry): boolean {
  return [a, b].every(
    (entry) =>
      entry.source.kind === 'unit' &&
      !entry.source.unit.isPinned &&
      entry.trust !== 'operator' &&
      isPlain(entry) &&
      !quotesTool(entry) &&
      splitSentences(entry.text).length === 1,
  )
}

const TOLD = { slotSame: true, bothCanHold: true, missingInA: [], missingInB: [] }
const HYPOTHESES: readonly Verdict[] = [
  { ...TOLD, rel: 'same' },
  { ...TOLD, rel: 'a_more' },
  { ...TOLD, rel: 'b_more' },
]

/**
 * What two notes are that hardly share a word, where a model was asked with the sides in both
 * orders. Only its word says that they are one thing, so it has to say the very same both times,
 * with nothing missing, and nothing may stand against it; else both stay.
 */
export function retoldRelation(
  a: Entry,
  b: Entry,
  [verdict, swapped]: readonly [Verdict, Verdict | undefined],
  rules: Rules,
): Told {
  if (swapped === undefined || MIRRORED[swapped.rel] !== verdict.rel) {
    return apart('a model judges it otherwise the other way round')
  }
  if (!isComplete(verdict) || !isComplete(swapped)) return apart('a detail is missing in one')
  if (!areFree(a, b)) return apart('not two plain notes')
  return retold(a, b, verdict, rules)
}

function retold(a: Entry, b: Entry, verdict: Verdict, rules: Rules): Told {
  const wanted = RELATIONS[verdict.rel]
  if (wanted === undefined) return apart('hardly a word in common')
  const found = equivalence(a, b, verdict, rules, true)
  if (found.relation !== wanted) {
    const isShort = found.asked === 'overlap' || isEquivalence(found.relation)
    return isShort ? apart('a detail stands in one only') : found
  }
  const [one, two] = [contentStems(a.text).size, contentStems(b.text).size]
  if (Math.max(one, two) > LENGTH_RATIO_MAX * Math.min(one, two)) return apart('one says far more')
  return found
}

const RELATIONS: Partial<Readonly<Record<Verdict['rel'], Relation>>> = {
  same: 'same',
  a_more: 'a_contains_b',
  b_more: 'b_contains_a',
}

const MIRRORED: Partial<Readonly<Record<Verdict['rel'], Verdict['rel']>>> = {
  same: 'same',
  a_more: 'b_more',
  b_more: 'a_more',
}

/** Nothing missing in the one that would stay. */
function isComplete({ rel, slotSame, missingInA, missingInB }: Verdict): boolean {
  if (!slotSame) return false
  return (
    (rel === 'b_more' || missingInA.length === 0) && (rel === 'a_more' || missingInB.length === 0)
  )
}

function apart(reason: string): Told {
  return { relation: 'related', reasons: [reason], asked: 'told' }
}

/** A distant pair with what came of it. */
export interface Retold {
  readonly a: Entry
  readonly b: Entry
  readonly told: Told
}

/**
 * The pairs, of all distant ones that were answered, that are believed: a note that is found to be
 * the same as several has none of them, and a model that says it of most pairs is believed in none.
 */
export function believedRetellings<R extends Retold>(answered: readonly R[]): readonly R[] {
  const found = answered.filter(({ told }) => isEquivalence(told.relation))
  const isFreely = found.length > TRUSTED_SHARE_MAX * answered.length
  if (answered.length >= SHARE_COUNTS_FROM && isFreely) return []
  const partners = new Map<Entry, number>()
  for (const entry of found.flatMap(({ a, b }) => [a, b])) {
    partners.set(entry, (partners.get(entry) ?? 0) + 1)
  }
  return found.filter(({ a, b }) => partners.get(a) === 1 && partners.get(b) === 1)
}

/** What becomes of a distant pair whose verdict is not believed. */
export const NOT_BELIEVED: Told = apart('a model finds too much to be the same')

/** The same verdict with its sides exchanged, as a relation. */
export function mirroredTold(told: Told): Told {
  return { ...told, relation: mirroredRelation(told.relation) }
}
