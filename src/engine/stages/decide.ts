import type { Decision, Entry } from '../entry.ts'
import { contest } from '../judging/contest.ts'
import { type Judgement, sideOf } from '../judging/judged-entry.ts'
import { sameness } from '../judging/sameness.ts'
import { isEnglish, normalizedText } from '../language/tokens.ts'
import { RULES, type Rules } from '../rules.ts'

/** From here on two texts are worth showing together. */
const RELATED_SIMILARITY_MIN = 0.5

/**
 * Stage `decide`: how two entries relate, by rules alone. Only texts without any veto of the guard
 * may be the same; only statements of one subject may replace each other or conflict; in doubt
 * both stay. `similarity` never merges anything.
 */
export function decide(a: Entry, b: Entry, similarity: number, rules: Rules = RULES): Decision {
  const { relation, reasons } = judge(a, b, similarity, rules)
  return { a, b, relation, reasons, similarity }
}

/** A decision that was made without regard to similarity, as it is with it. */
export function atSimilarity(decision: Decision): Decision {
  const isRelated = decision.relation === 'none' && decision.similarity >= RELATED_SIMILARITY_MIN
  return isRelated ? { ...decision, relation: 'related' } : decision
}

function judge(a: Entry, b: Entry, similarity: number, rules: Rules): Judgement {
  if (a.audience !== b.audience) return { relation: 'none', reasons: ['another audience'] }
  const left = sideOf(a)
  const right = sideOf(b)
  const vetoes = rules.guard(left, right)
  const isEqual = normalizedText(left.text) === normalizedText(right.text)
  if (isEqual && vetoes.length === 0)
    return { relation: 'same', reasons: ['both say the same, word for word'] }
  if (!isEnglish(left.text) || !isEnglish(right.text)) return apart(similarity, vetoes)
  return (
    sameness(a, b, left, right, vetoes) ??
    contest(a, b, left, right, rules.laterOf) ??
    apart(similarity, vetoes)
  )
}

function apart(similarity: number, vetoes: readonly string[]): Judgement {
  const relation = similarity >= RELATED_SIMILARITY_MIN ? 'related' : 'none'
  return { relation, reasons: vetoes }
}
