import { comparedTokens, keyOf } from '../compare/alignment.ts'
import { paraphraseOf } from '../compare/paraphrase.ts'
import { conditionOf } from '../conditions.ts'
import {
  ANTONYMS,
  HEDGES,
  MODALS,
  MONTHS,
  NEGATIONS,
  QUANTIFIERS,
  TIME_WORDS,
  WEEKDAYS,
} from '../lexicon.ts'
import { modalityOf } from '../modality.ts'
import { contentTokens, isEntity, type Token, tokenize } from '../tokens.ts'
import type { GuardSide, Veto } from './guard-side.ts'
import { scopeVeto } from './scope.ts'
import { tenseVeto } from './tense.ts'

/**
 * The slot guard: every reason why two texts must not be merged automatically. Hard negatives are
 * more alike than true paraphrases, so one reason outweighs any similarity. An empty list means no
 * objection, not that the two say the same. Vetoes that go by single words are lifted where every
 * word of both texts has its counterpart in the other: there the difference is one of wording.
 */
export function guard(a: GuardSide, b: GuardSide): readonly string[] {
  const isReworded = paraphraseOf(a.text, b.text) !== null
  const vetoes = isReworded ? STANDING_VETOES : [...WORD_VETOES, ...STANDING_VETOES]
  return vetoes.flatMap((veto) => veto(a, b) ?? [])
}

export const negationVeto: Veto = (a, b) => {
  const left = countOf(a.text, NEGATIONS)
  const right = countOf(b.text, NEGATIONS)
  return left === right ? null : 'only one side denies it'
}

const NUMBERS: ReadonlySet<Token['kind']> = new Set(['number', 'version', 'symbol'])
const COUNTED: ReadonlySet<Token['kind']> = new Set([...NUMBERS, 'date', 'clock'])

/**
 * Numbers, versions and comparison signs against each other, and names with digits in them: a side
 * may have more, not others. "HL7" is no other number than "15 minutes".
 */
export const numberVeto: Veto = (a, b) => {
  return (
    differing('number differs', a, b, ({ kind }) => NUMBERS.has(kind)) ??
    differing('number differs', a, b, ({ kind, norm }) => !COUNTED.has(kind) && /\d/.test(norm))
  )
}

/** Days, months, clock times and how often. */
export const dateVeto: Veto = (a, b) => {
  const isTime = (token: Token): boolean =>
    token.kind === 'date' || token.kind === 'clock' || (token.kind === 'word' && isTimeWord(token))
  return differing('time differs', a, b, isTime)
}

/** A question says nothing. */
export const questionVeto: Veto = (a, b) => {
  const isOpen = [a, b].map(({ text }) => /\?\s*$/.test(text))
  return isOpen[0] === isOpen[1] ? null : 'only one side asks'
}

/** Meant as a plan, a guess, a question or someone's words on one side only. */
const meaningVeto: Veto = (a, b) => {
  const left = modalityOf(a.text)
  const right = modalityOf(b.text)
  const isOpen = (modality: string): boolean => !['is', 'must', 'may'].includes(modality)
  return left !== right && (isOpen(left) || isOpen(right))
    ? `meant differently: ${left} / ${right}`
    : null
}

/** Each side names something the other does not. */
export const entityVeto: Veto = (a, b) => {
  const left = entitiesOf(a.text)
  const right = entitiesOf(b.text)
  const onlyLeft = [...left].filter(([key]) => !hasStem(b.text, key))
  const onlyRight = [...right].filter(([key]) => !hasStem(a.text, key))
  return onlyLeft.length > 0 && onlyRight.length > 0
    ? `name differs: ${onlyLeft[0]?.[1]} / ${onlyRight[0]?.[1]}`
    : null
}

export const antonymVeto: Veto = (a, b) => {
  const left = normsOf(a.text)
  const right = normsOf(b.text)
  for (const word of left) {
    if (right.has(word)) continue
    const opposite = [...(ANTONYMS.get(word) ?? [])].find(
      (other) =>
        right.has(other) &&
        !left.has(other) &&
        (!PARTICLES.has(word) || standAlike(a.text, word, b.text, other)),
    )
    if (opposite !== undefined) {
      return `opposite words: ${word} / ${opposite}`
    }
  }
  return null
}

const PARTICLES: ReadonlySet<string> = new Set(['in', 'out', 'up', 'down'])

/** "Checked in" and "checked out": a word of the sentence beside both. "In bold" is not "out of range". */
function standAlike(left: string, word: string, right: string, other: string): boolean {
  const near = besides(right, other)
  return [...besides(left, word)].some((key) => near.has(key))
}

/** The words that tell something next to a particle; before "out of" stands what is out. */
function besides(text: string, particle: string): ReadonlySet<string> {
  const tokens = tokenize(text)
  const telling = (part: readonly Token[]): readonly string[] =>
    part.filter(({ role }) => role === 'content').map(keyOf)
  return new Set(
    tokens.flatMap(({ norm }, at) => {
      if (norm !== particle) return []
      const after = telling(tokens.slice(at + 1)).slice(0, 1)
      const isOf = tokens[at + 1]?.norm === 'of'
      return isOf ? after : [...telling(tokens.slice(0, at)).slice(-1), ...after]
    }),
  )
}

/** The same words in another order, or the same order with only one side passive. */
export const orderVeto: Veto = (a, b) => {
  const left = sharedSequence(a.text, b.text)
  const right = sharedSequence(b.text, a.text)
  const isPassivePair = isPassive(a.text) !== isPassive(b.text)
  const isSameOrder = isWithin(left, right) || isWithin(right, left)
  if (Math.min(left.length, right.length) < 2 || isSameOrder !== isPassivePair) return null
  return isPassivePair ? 'active and passive with the same order' : 'order of words differs'
}

/** The same frame with exactly one content word exchanged. */
export const substitutionVeto: Veto = (a, b) => {
  const left = contentTokens(a.text)
  const right = contentTokens(b.text)
  if (left.length !== right.length || left.length < 2) return null
  const changed = left.flatMap((token, n) => {
    const other = right[n]
    return other === undefined || keyOf(token) === keyOf(other)
      ? []
      : [`${token.text} / ${other.text}`]
  })
  return changed.length === 1 ? `one word exchanged: ${changed[0]}` : null
}

/** How sure, how binding, how many. */
export const hedgeVeto: Veto = (a, b) => {
  for (const [reason, list] of STRENGTHS) {
    const [left, right] = [setOf(a.text, list), setOf(b.text, list)]
    if (list === QUANTIFIERS && isOfAll(left, right)) continue
    if (left.symmetricDifference(right).size > 0)
      return `${reason}: ${shown(left)} / ${shown(right)}`
  }
  return meaningVeto(a, b)
}

/** "Mail is answered" and "every mail is answered": what is said of no number is said of all. */
function isOfAll(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return [left, right].every((words) =>
    [...words].every((word) => /^(?:every|each|all)$/.test(word)),
  )
}

export const conditionVeto: Veto = (a, b) => {
  const left = conditionOf(a.text)
  const right = conditionOf(b.text)
  return left === right ? null : `condition differs: ${left ?? 'none'} / ${right ?? 'none'}`
}

const STRENGTHS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['certainty differs', HEDGES],
  ['force differs', MODALS],
  ['quantity differs', QUANTIFIERS],
]

/** They go by single words, so that a word in place of its synonym trips them too. */
const WORD_VETOES: readonly Veto[] = [
  negationVeto,
  numberVeto,
  dateVeto,
  entityVeto,
  antonymVeto,
  orderVeto,
  substitutionVeto,
  hedgeVeto,
  conditionVeto,
]
const STANDING_VETOES: readonly Veto[] = [scopeVeto, tenseVeto, questionVeto]

function differing(
  reason: string,
  a: GuardSide,
  b: GuardSide,
  counts: (token: Token) => boolean,
): string | null {
  const left = tokenize(a.text).filter(counts)
  const right = tokenize(b.text).filter(counts)
  const onlyLeft = without(left, right)
  const onlyRight = without(right, left)
  if (onlyLeft.length === 0 || onlyRight.length === 0) return null
  return `${reason}: ${onlyLeft[0]?.text} / ${onlyRight[0]?.text}`
}

/** Multiset difference by what the tokens mean. */
function without(tokens: readonly Token[], taken: readonly Token[]): readonly Token[] {
  const left = taken.map(keyOf)
  return tokens.filter((token) => {
    const at = left.indexOf(keyOf(token))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function isTimeWord(token: Token): boolean {
  return WEEKDAYS.has(token.norm) || MONTHS.has(token.norm) || TIME_WORDS.has(token.norm)
}

function entitiesOf(text: string): ReadonlyMap<string, string> {
  const tokens = tokenize(text)
  return new Map(
    tokens.flatMap((token, n): [string, string][] => {
      const isStart = n === 0 || /[.!?:]\s*$/.test(text.slice(0, token.start))
      return isEntity(token, isStart) ? [[keyOf(token), token.text]] : []
    }),
  )
}

function hasStem(text: string, key: string): boolean {
  return tokenize(text).some((token) => keyOf(token) === key)
}

function sharedSequence(text: string, other: string): readonly string[] {
  const known = new Set(comparedTokens(other).map(keyOf))
  return contentTokens(text)
    .map(keyOf)
    .filter((key) => known.has(key))
}

/** True when `part` can be had from `whole` by leaving words out. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const key of whole) if (key === part[at]) at += 1
  return at === part.length
}

function isPassive(text: string): boolean {
  return /\b(?:is|are|was|were|been|being|be|gets?)\s+(?:\w+ly\s+|now\s+)?\w+(?:ed|en|wn|un|lt|nt|ht|ld|id|de)\s+(?:\w+\s+){0,3}by\b/i.test(
    text,
  )
}

function countOf(text: string, list: ReadonlySet<string>): number {
  return tokenize(text).filter((token) => list.has(token.norm)).length
}

function setOf(text: string, list: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    tokenize(text)
      .map((token) => token.norm)
      .filter((norm) => list.has(norm)),
  )
}

function normsOf(text: string): ReadonlySet<string> {
  return new Set(tokenize(text).map((token) => token.norm))
}

function shown(set: ReadonlySet<string>): string {
  return set.size === 0 ? 'none' : [...set].join(', ')
}
