import { NARROWING } from '../reading/function-words.ts'
import { type PlacedSense, type Reading, readingOf } from '../reading/reading.ts'
import { contentStems, normalizedText } from '../tokens.ts'
import type { Coverage } from './containment.ts'
import { isImplied, isNot } from './implied.ts'
import { type Match, matchSenses } from './matching.ts'
import { matchingKeys, mayBeSaidIn, outlineOf } from './outline.ts'
import { rolesClash } from './roles-clash.ts'
import { withoutUnderstood } from './understood.ts'

const MATCHED_MIN = 2
/** Below this share of common stems nothing but chance is left; most pairs need no closer look. */
const SHARED_STEMS_MIN = 0.15

/**
 * Whether two texts say the same in other words: every word of both that carries something has its
 * counterpart in the same role. What one says beyond may only be an elaboration; then it covers the
 * other. Null = something is unaccounted for.
 */
export function paraphraseOf(a: string, b: string): Coverage | null {
  return sameInWords(withoutUnderstood(a, b), withoutUnderstood(b, a))
}

function sameInWords(a: string, b: string): Coverage | null {
  if (normalizedText(a) === normalizedText(b)) return 'equal'
  if (sharedStems(a, b) < SHARED_STEMS_MIN) return null
  // One order of the two, so that ties between like words fall the same way for both.
  return a < b ? coverage(a, b) : MIRROR[coverage(b, a) ?? 'none']
}

const MIRROR = {
  equal: 'equal',
  a_covers_b: 'b_covers_a',
  b_covers_a: 'a_covers_b',
  none: null,
} as const

function coverage(a: string, b: string): Coverage | null {
  const [outlineA, outlineB] = [outlineOf(a), outlineOf(b)]
  if (!mayBeSaidIn(outlineA, outlineB) || !mayBeSaidIn(outlineB, outlineA)) return null
  const left = readingOf(a)
  const right = readingOf(b)
  if (lacksWords(left, right) || lacksWords(right, left)) return null
  const matching = matchSenses(left, right)
  const full = matching.pairs.filter(({ a: one, b: other }) => !one.isEmpty && !other.isEmpty)
  if (full.length < MATCHED_MIN || exchangesVerb(matching.pairs, left, right)) return null
  const restA = matching.onlyA.filter((sense) => !isImplied(sense, left, right))
  const restB = matching.onlyB.filter((sense) => !isImplied(sense, right, left))
  if (restA.length > 0 && restB.length > 0) return null
  if (
    !areElaborations(
      restA,
      full.map(({ a: one }) => one),
      left,
    )
  )
    return null
  if (
    !areElaborations(
      restB,
      full.map(({ b: other }) => other),
      right,
    )
  )
    return null
  if (rolesClash(matching, left, right)) return null
  return restA.length > 0 ? 'a_covers_b' : restB.length > 0 ? 'b_covers_a' : 'equal'
}

/** The share of the shorter text's content stems that the other one has. */
function sharedStems(a: string, b: string): number {
  const left = contentStems(a)
  const right = contentStems(b)
  const [small, large] = left.size <= right.size ? [left, right] : [right, left]
  return small.intersection(large).size / Math.max(1, small.size)
}

/** A word of the one has no match in the other. */
function lacksWords(one: Reading, other: Reading): boolean {
  return one.senses.some((sense, at) => {
    if (sense.isEmpty || sense.isDetail || sense.role === 'mark') return false
    const isKnown = matchingKeys(one.senses, at).some((key) => other.keys.has(key))
    return !isKnown && !isImplied(sense, one, other)
  })
}

/** "uses" against "makes": each may be missing, but not stand in place of the other. */
function exchangesVerb(pairs: readonly Match[], left: Reading, right: Reading): boolean {
  const matched = new Set(pairs.flatMap(({ a, b }) => [a, b]))
  const [one, other] = [left, right].map(({ senses }) =>
    senses.flatMap((sense) => (matched.has(sense) ? [] : (WEAK_VERBS.get(lemmaOf(sense)) ?? []))),
  )
  return one?.[0] !== undefined && other?.[0] !== undefined && !other.includes(one[0])
}

/** Verbs with little content, by what they say. */
const WEAK_VERBS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    use: 'use',
    make: 'make',
    stay: 'be',
    remain: 'be',
    find: 'be',
    locate: 'be',
    happen: 'happen',
    occur: 'happen',
    perform: 'happen',
    conduct: 'happen',
  }),
)

function lemmaOf({ words: [word] }: PlacedSense): string {
  return word?.lemma ?? ''
}

/**
 * True where all that is left over stands in clauses of its own that only explain or add. A clause
 * of which the other text says a part is none, nor is one that takes something back or says where
 * and for whom alone it holds.
 */
function areElaborations(
  rest: readonly PlacedSense[],
  matched: readonly PlacedSense[],
  { senses }: Reading,
): boolean {
  const told = new Set(matched.map(({ part }) => part))
  return [...new Set(rest.map(({ part }) => part))].every((part) => {
    const clause = senses.filter((sense) => sense.part === part)
    return !told.has(part) && clause.every(({ isDetail }) => isDetail) && !narrows(clause)
  })
}

/** "except on Mondays", "if it rains", "in Austria", "never in May". */
function narrows(clause: readonly PlacedSense[]): boolean {
  const [first] = clause.filter(({ isEmpty, role }) => !isEmpty || role === 'mark')
  if (first?.role === 'mark' && PLACING.test(first.words[0]?.norm ?? '')) return true
  return clause.some(
    (sense) =>
      NARROWING.test(sense.clause) ||
      (isNot(sense) && sense.clause === '') ||
      RESTRICTING.has(sense.words[0]?.norm ?? ''),
  )
}

const PLACING = /^(?:in|on|at|for|from|with|within|during|by|per|under|over|between)$/
const RESTRICTING: ReadonlySet<string> = new Set(
  'only except unless if until but however deprecated planned draft proposed outdated formerly previously maybe probably perhaps possibly might could should instead'.split(
    ' ',
  ),
)
