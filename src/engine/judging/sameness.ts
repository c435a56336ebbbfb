import type { Entry } from '../entry.ts'
import { statesSameValue } from '../language/compare/compete.ts'
import { type Coverage, coverageOf } from '../language/compare/containment.ts'
import { paraphraseOf } from '../language/compare/paraphrase.ts'
import { conditionVeto } from '../language/guard/guard.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import type { Rules } from '../rules.ts'
import { isPlain, type Judgement } from './judged-entry.ts'

/**
 * Of two texts in one scope, without a veto: which of the two says all that the other says. Few do,
 * and that is told with less effort than what stands against it, so the guard is asked last.
 */
export function sameness(
  a: Entry,
  b: Entry,
  left: GuardSide,
  right: GuardSide,
  guard: Rules['guard'],
): Judgement | null {
  // A statement that gives the value a note already gives adds nothing, whatever else it says.
  if (
    a.source.kind !== b.source.kind &&
    isPlain(a) &&
    isPlain(b) &&
    statesSameValue(a.statement, b.statement) &&
    conditionVeto(left, right) === null
  ) {
    return { relation: 'same', reasons: [`both say ${a.statement.value ?? ''}`] }
  }
  const coverage = coverageOf(left.text, right.text) ?? paraphraseOf(left.text, right.text)
  if (coverage === null || guard(left, right).length > 0) return null
  return COVERED[coverage]
}

const MORE = ['one says all that the other says, and more']

const COVERED: Readonly<Record<Coverage, Judgement>> = {
  equal: { relation: 'same', reasons: ['both say the same'] },
  a_covers_b: { relation: 'a_contains_b', reasons: MORE },
  b_covers_a: { relation: 'b_contains_a', reasons: MORE },
}
