import type { Claim } from '../../core/claim.ts'
import type { Decision, Entry } from '../entry.ts'
import { mayReplace } from '../judging/contest.ts'
import { alignSentences } from '../language/compare/alignment.ts'
import { flipsAttitude } from '../language/compare/attitude.ts'
import { endsNote } from '../language/compare/ending.ts'
import { closeness, rivalry, type Weight } from '../language/rivalry/rivalry.ts'

export type { Weight } from '../language/rivalry/rivalry.ts'

/** How much nearer the best note must be than the second best: in doubt all stay. */
const LEAD_MIN = 0.03

/** A note that is denied by name comes before every other. */
const DENIED = 2

/**
 * The one note that a person's plain statement tells otherwise: of all notes of the same matter
 * the nearest, by words that are rare in this store. Null = none, or two are equally near.
 */
export function rivalNote(
  about: readonly Decision[],
  claim: Claim,
  weight: Weight,
): Decision | null {
  const found = about
    .filter(({ a }) => a.key === claim.id)
    .flatMap((decision): readonly Rival[] => {
      const { a, b } = decision
      if (!mayReplace(a, b)) return []
      const rival = rivalry(a.text, b.text)
      if (rival === null) return []
      const near = closeness(a.text, b.text, weight)
      return [{ decision, ground: rival.ground, near: near + (rival.isDenied ? DENIED : 0) }]
    })
    .sort((x, y) => y.near - x.near || (x.decision.b.key < y.decision.b.key ? -1 : 1))
  const [best, second] = found
  if (best === undefined) return null
  if (second !== undefined && best.near - second.near < LEAD_MIN) return null
  const reasons = [`a later statement says ${best.ground}`]
  return { ...best.decision, relation: 'a_replaces_b', reasons }
}

/** True for a statement that says a whole note anew: it differs in one place, or tells otherwise. */
export function tellsAnew(claim: Entry, note: Entry): boolean {
  if (!mayReplace(claim, note)) return false
  if (flipsAttitude(claim.text, note.text) || endsNote(claim.text, note.text)) return true
  return alignSentences(claim.text, note.text) !== null || rivalry(claim.text, note.text) !== null
}

interface Rival {
  readonly decision: Decision
  readonly ground: string
  readonly near: number
}

/** How telling a word is among the notes of one store: a word of every note says nothing. */
export function weightAmong(
  notes: readonly Entry[],
  stemsOf: (text: string) => Iterable<string>,
): Weight {
  const counts = new Map<string, number>()
  for (const { text } of notes) {
    for (const stem of new Set(stemsOf(text))) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  return (stem) => Math.log((notes.length + 1) / (counts.get(stem) ?? 1))
}
