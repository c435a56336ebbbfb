import { normalizedText } from '../tokens.ts'
import type { Coverage } from './containment.ts'
import { matchSenses } from './matching.ts'
import { type PlacedSense, type Reading, readingOf } from './reading.ts'
import { rolesClash } from './roles.ts'

const MATCHED_MIN = 2

/**
 * Whether two texts say the same in other words: every word of both that carries something has its
 * counterpart in the same role. What one says beyond may only be an elaboration; then it covers the
 * other. Null = something is unaccounted for.
 */
export function paraphraseOf(a: string, b: string): Coverage | null {
  if (normalizedText(a) === normalizedText(b)) return 'equal'
  const left = readingOf(a)
  const right = readingOf(b)
  const matching = matchSenses(left, right)
  const full = matching.pairs.filter(({ a: one, b: other }) => !one.isEmpty && !other.isEmpty)
  if (full.length < MATCHED_MIN) return null
  const restA = matching.onlyA.filter((sense) => !isImplied(sense, left, right))
  const restB = matching.onlyB.filter((sense) => !isImplied(sense, right, left))
  if (restA.length > 0 && restB.length > 0) return null
  if (![...restA, ...restB].every(({ isDetail }) => isDetail)) return null
  if (restricts(restA) || restricts(restB)) return null
  if (rolesClash(matching, left, right)) return null
  return restA.length > 0 ? 'a_covers_b' : restB.length > 0 ? 'b_covers_a' : 'equal'
}

/** An order says "must" and "always" without the words; a denial of what is allowed forbids it. */
function isImplied(sense: PlacedSense, own: Reading, other: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  if (word === 'always') return own.isOrder || other.isOrder
  const isMust = MUST.test(word)
  if (isMust && other.isOrder) return true
  const before = own.senses[sense.index - 1]
  const after = own.senses[sense.index + 1]
  const isForbidding =
    (/^(?:must|can|may|shall)$/.test(word) && isNot(after)) ||
    (/^(?:allow|permit)/.test(word) && isNot(before))
  return isForbidding
}

const MUST = /^(?:must|have|has|need|needs|shall)$/

function isNot(sense: PlacedSense | undefined): boolean {
  return sense?.keys.has('not') === true
}

/** An elaboration that takes something back is none. */
function restricts(rest: readonly PlacedSense[]): boolean {
  return rest.some(
    (sense) => RESTRICTING.has(sense.words[0]?.norm ?? '') || (isNot(sense) && sense.clause === ''),
  )
}

const RESTRICTING: ReadonlySet<string> = new Set(
  'only except unless if until but however deprecated planned draft proposed outdated formerly previously maybe probably perhaps possibly might could should instead'.split(
    ' ',
  ),
)
