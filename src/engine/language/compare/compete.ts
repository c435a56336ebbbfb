import type { Statement } from '../../../core/claim.ts'
import { currentPart } from '../cues.ts'
import { ANTONYMS, SCOPE_LABELS } from '../lexicon.ts'
import { splitSentences } from '../sentences.ts'
import { contentStems, isEntity, tokenize } from '../tokens.ts'
import { areDifferentValues, isTypedValue, valueKey } from '../values.ts'
import { isCopula, isManyValued, isSharedDoing, isSingleDoer } from '../verbs.ts'
import { type Alignment, alignSentences, areOpposites } from './alignment.ts'
import { attitudeOf, flipsAttitude } from './attitude.ts'
import { endsNote } from './ending.ts'
import { firstMeasures } from './measures.ts'

/** Shared words from which on a sentence tells of one particular thing. */
const SPECIFIC_WORDS_MIN = 3

/** A statement with its words. */
export interface Stated {
  readonly text: string
  readonly context: readonly string[]
  readonly statement: Statement
}

/** Why two statements cannot both be current. */
export interface Competition {
  readonly kind: 'slot' | 'former' | 'frame' | 'polarity'
  /** One value at a time: then a later statement wins by itself. */
  readonly isFunctional: boolean
  /** Plain words: "5433 in place of 5432". */
  readonly ground: string
}

/**
 * Whether `newer` and `older` speak of one thing and name different values for it. Order matters
 * only for what `newer` says is no longer true. Null = they can stand side by side, or the rules
 * cannot tell.
 */
export function competition(newer: Stated, older: Stated): Competition | null {
  if (splitSentences(newer.text).length > 1 || splitSentences(older.text).length > 1) return null
  return (
    bySlot(newer.statement, older.statement) ??
    byAttitude(newer.text, older.text) ??
    byEnding(newer.text, older.text) ??
    byFormerValue(newer, older) ??
    byPolarity(newer, older) ??
    byFrame(newer, older) ??
    byMeasure(newer, older)
  )
}

/** True where both name the same value of the same property: one need not be said again. */
export function statesSameValue(a: Statement, b: Statement): boolean {
  if (!isSameSlot(a, b) || a.value === null || b.value === null) return false
  return valueKey(a.value) === valueKey(b.value) && a.polarity === b.polarity
}

/** One thing, liked before and disliked now, or the other way round. */
function byAttitude(newer: string, older: string): Competition | null {
  if (!flipsAttitude(newer, older)) return null
  const ground =
    attitudeOf(newer)?.isLiked === true ? 'that it is liked now' : 'that it is liked no longer'
  return { kind: 'slot', isFunctional: true, ground }
}

function byEnding(newer: string, older: string): Competition | null {
  if (!endsNote(newer, older)) return null
  return { kind: 'former', isFunctional: true, ground: 'that it is no longer so' }
}

function bySlot(newer: Statement, older: Statement): Competition | null {
  if (!isSameSlot(newer, older) || newer.value === null || older.value === null) return null
  if (!areDifferentValues(newer.value, older.value) && !saysMore(newer.value, older.value)) {
    return null
  }
  return {
    kind: 'slot',
    isFunctional: true,
    ground: `${newer.value} in place of ${older.value}`,
  }
}

/** "senior director" takes the place of "director"; the other way round it says less of the same. */
function saysMore(value: string, older: string): boolean {
  const [left, right] = [valueKey(value), valueKey(older)]
  const areNames = [value, older].every((one) => !/\d/.test(one))
  return areNames && left !== right && left.endsWith(` ${right}`)
}

function isSameSlot(a: Statement, b: Statement): boolean {
  const left = a.slot
  const right = b.slot
  if (left === null || right === null || !left.isFunctional || !right.isFunctional) return false
  return (
    left.attribute === right.attribute &&
    left.subject === right.subject &&
    left.condition === right.condition
  )
}

/** "We switched from A to B for X" against a note that says A of X. */
function byFormerValue(newer: Stated, older: Stated): Competition | null {
  const { formerValue: former, value, slot } = newer.statement
  if (former === null || (value !== null && valueKey(value) === valueKey(former))) return null
  const exchange = byExchange(newer, older, former)
  if (exchange !== null || slot === null) return exchange ?? byDenial(newer, older, former)
  const olderKeys = tokenize(currentPart(older.text)).map((token) => token.stem.toLowerCase())
  const formerKeys = valueKey(former).split(' ')
  if (!containsRun(olderKeys, formerKeys)) return null
  if (value !== null && containsRun(olderKeys, valueKey(value).split(' '))) return null
  if (slot.condition !== (older.statement.slot?.condition ?? slot.condition)) return null
  const ground = value === null ? `${former} is no longer so` : `${value} in place of ${former}`
  const subject = slot.subject === '' ? [] : slot.subject.split(' ')
  const known = new Set([
    ...contentStems(older.text),
    ...older.context.flatMap((h) => [...contentStems(h)]),
  ])
  for (const key of formerKeys) known.delete(key)
  if (subject.length > 0) {
    const isAbout = subject.every((stem) => known.has(stem))
    return isAbout ? { kind: 'former', isFunctional: true, ground } : null
  }
  // Without a named subject only a note that gives that very value of the one project will do.
  const olderSlot = older.statement.slot
  const olderValue = older.statement.value
  const isValueOf = olderValue !== null && valueKey(olderValue) === valueKey(former)
  const isPlain = olderSlot !== null && (olderSlot.subject === '' || isShort(older.text))
  return isValueOf && isPlain ? { kind: 'former', isFunctional: true, ground } : null
}

/** "Mara, not Tom, wrote the guide": the note says all of it, but of Tom. */
function byDenial(newer: Stated, older: Stated, former: string): Competition | null {
  const denied = new Set(valueKey(former).split(' '))
  const said = [...contentStems(older.text)].map((stem) => stem.toLowerCase())
  const rest = said.filter((stem) => !denied.has(stem))
  const known = new Set(
    [...contentStems(currentPart(newer.text))].map((stem) => stem.toLowerCase()),
  )
  const isAllOfIt =
    rest.length >= 3 && rest.length < said.length && rest.every((stem) => known.has(stem))
  if (!isAllOfIt || ![...denied].every((stem) => said.includes(stem))) return null
  return { kind: 'former', isFunctional: true, ground: `${former} is no longer so` }
}

/** "By email now, not by post": the two differ in the denied value and in nothing else. */
function byExchange(newer: Stated, older: Stated, former: string): Competition | null {
  const aligned = alignSentences(newer.text, older.text)
  if (aligned === null || aligned.sharedContent < 2) return null
  const { a, b } = aligned
  if (valueKey(a.text) === valueKey(b.text)) return null
  if (!` ${valueKey(former)}`.endsWith(` ${valueKey(b.text)}`)) return null
  return { kind: 'former', isFunctional: true, ground: `${a.text} in place of ${b.text}` }
}

function isShort(text: string): boolean {
  return contentStems(text).size <= 4
}

function byPolarity(newer: Stated, older: Stated): Competition | null {
  if (!areOpposites(newer.text, older.text)) return null
  return { kind: 'polarity', isFunctional: true, ground: 'one affirms what the other denies' }
}

/** The same beginning with verb, and another number or time where the note has one. */
function byMeasure(newer: Stated, older: Stated): Competition | null {
  const found = firstMeasures(newer.text, older.text)
  if (found === null || isManyValued(found.verb)) return null
  const { a, b } = found
  return { kind: 'frame', isFunctional: true, ground: `${a} in place of ${b}` }
}

/** The same sentence with one value exchanged. */
function byFrame(newer: Stated, older: Stated): Competition | null {
  const aligned = alignSentences(newer.text, older.text)
  if (aligned === null || aligned.sharedContent < 2) return null
  const { a, b } = aligned
  if (aligned.isSubject) return byDoer(aligned)
  if (namesScope(aligned) || !areAlike(aligned) || !areDifferentValues(a.text, b.text)) return null
  const ground = `${a.text} in place of ${b.text}`
  if (areOfOneType(aligned)) {
    const isEvent = isManyValued(aligned.verb) && !a.tokens.some(({ kind }) => kind === 'number')
    return isEvent ? null : { kind: 'frame', isFunctional: true, ground }
  }
  if (areAntonyms(aligned)) return { kind: 'frame', isFunctional: true, ground }
  const isSpecific = aligned.sharedAfter >= SPECIFIC_WORDS_MIN
  if ((isManyValued(aligned.verb) && !isSpecific) || isPurpose(aligned)) return null
  if (aligned.sharedContent < (isMarked(newer) ? 3 : 4)) return null
  if (aligned.sharedPredicate > 0) return { kind: 'frame', isFunctional: false, ground }
  return areNames(aligned) && !isCopula(aligned.verb)
    ? { kind: 'frame', isFunctional: false, ground }
    : null
}

/** Another subject is another statement, unless only one can have done it. */
function byDoer(aligned: Alignment): Competition | null {
  const { a, b, verb, sharesName, sharedContent } = aligned
  if (!areNames(aligned) || sharedContent < SPECIFIC_WORDS_MIN + 1) return null
  const isOne = sharesName ? isSharedDoing(verb) : isSingleDoer(verb)
  return isOne
    ? { kind: 'frame', isFunctional: false, ground: `${a.text} in place of ${b.text}` }
    : null
}

/** Another environment or version of a thing is another subject, wherever it stands. */
function namesScope({ a, b }: Alignment): boolean {
  return [...a.tokens, ...b.tokens].some(
    (token) => SCOPE_LABELS.has(token.norm) || /^v\d+$/.test(token.norm),
  )
}

/** "30 days" and "14 days for sale items" differ in more than the value. */
function areAlike({ a, b }: Alignment): boolean {
  const narrowing = (tokens: Alignment['a']['tokens']): string =>
    tokens
      .map((token) => token.norm)
      .filter((norm) =>
        /^(?:for|in|on|at|during|when|if|per|under|with|until|after|before)$/.test(norm),
      )
      .join(' ')
  const isOf = (tokens: Alignment['a']['tokens']): boolean => tokens[0]?.norm === 'of'
  return narrowing(a.tokens) === narrowing(b.tokens) && isOf(a.tokens) === isOf(b.tokens)
}

/** Numbers, dates, addresses: two of a kind in one place compete. */
function areOfOneType({ a, b }: Alignment): boolean {
  if (isTypedValue(a.text) && isTypedValue(b.text)) return true
  const [one] = a.tokens
  const [two] = b.tokens
  const isSingle = a.tokens.length === 1 && b.tokens.length === 1 && one?.kind === two?.kind
  return isSingle && /^(?:email|url|path|version|date|clock)$/.test(one?.kind ?? '')
}

function isMarked({ statement }: Stated): boolean {
  return statement.cues.includes('change') || statement.cues.includes('correction')
}

function areAntonyms({ a, b }: Alignment): boolean {
  if (Math.max(a.tokens.length, b.tokens.length) > 2) return false
  const right = new Set(b.tokens.map((token) => token.norm))
  return a.tokens.some((token) =>
    [...(ANTONYMS.get(token.norm) ?? [])].some((word) => right.has(word)),
  )
}

/** "use it for A", "use it for B": purposes stand side by side. */
function isPurpose({ before, a, b }: Alignment): boolean {
  const isFor = (norm: string | undefined): boolean =>
    /^(?:for|about|when|if|with|during|while)$/.test(norm ?? '')
  return isFor(before?.norm) || isFor(a.tokens[0]?.norm) || isFor(b.tokens[0]?.norm)
}

function areNames({ a, b }: Alignment): boolean {
  const isName = (tokens: Alignment['a']['tokens']): boolean =>
    tokens.length > 0 && tokens.every((token) => isEntity(token, false))
  return isName(a.tokens) && isName(b.tokens)
}

function containsRun(list: readonly string[], run: readonly string[]): boolean {
  return list.some((_, at) => run.every((key, n) => list[at + n] === key))
}
