import type { Entry } from '../entry.ts'
import { statesSameValue } from '../language/compare/compete.ts'
import { coverageOf } from '../language/compare/containment.ts'
import { paraphraseOf } from '../language/compare/paraphrase.ts'
import { conditionVeto } from '../language/guard/guard.ts'
import type { GuardSide } from '../language/guard/guard-side.ts'
import { areElsewhere, isPlain, type Judgement } from './judged-entry.ts'

/** Without a veto: which of the two says all that the other says. */
export function sameness(
  a: Entry,
  b: Entry,
  left: GuardSide,
  right: GuardSide,
  vetoes: readonly string[],
): Judgement | null {
  if (areElsewhere(left, right)) return null
  // A statement that gives the value a note already gives adds nothing, whatever else it says.
  if (
    a.source.kind !== b.source.kind &&
    conditionVeto(left, right) === null &&
    isPlain(a) &&
    isPlain(b) &&
    statesSameValue(a.statement, b.statement)
  ) {
    return { relation: 'same', reasons: [`both say ${a.statement.value ?? ''}`] }
  }
  if (vetoes.length > 0) return null
  const coverage = coverageOf(left.text, right.text) ?? paraphraseOf(left.text, right.text)
  if (coverage === 'equal') return { relation: 'same', reasons: ['both say the same'] }
  if (coverage === 'a_covers_b')
    return { relation: 'a_contains_b', reasons: ['one says all that the other says, and more'] }
  if (coverage === 'b_covers_a')
    return { relation: 'b_contains_a', reasons: ['one says all that the other says, and more'] }
  return null
}
