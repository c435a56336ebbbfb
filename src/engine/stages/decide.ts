import type { Decision, Entry } from '../entry.ts'
import { contest } from '../judging/contest.ts'
import { areElsewhere, type Judgement, sideOf } from '../judging/judged-entry.ts'
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
  const found = relationOf(a, b, rules)
  if (found !== null) return { ...found, a, b, similarity }
  const reasons = rules.guard(sideOf(a), sideOf(b))
  return atSimilarity({ a, b, relation: 'none', reasons, similarity })
}

/**
 * What two entries are to each other but for their similarity; null = nothing that the rules know,
 * for reasons that only `decide` gathers: nearly all pairs are such, and hardly any is asked why.
 */
export function relationOf(a: Entry, b: Entry, rules: Rules): Judgement | null {
  if (a.audience !== b.audience) return { relation: 'none', reasons: ['another audience'] }
  const left = sideOf(a)
  const right = sideOf(b)
  if (normalizedText(left.text) === normalizedText(right.text)) {
    const isVetoed = rules.guard(left, right).length > 0
    if (!isVetoed) return { relation: 'same', reasons: ['both say the same, word for word'] }
  }
  if (!isEnglish(left.text) || !isEnglish(right.text) || areElsewhere(left, right)) return null
  return sameness(a, b, left, right, rules.guard) ?? contest(a, b, left, right, rules.laterOf)
}

/** A decision that was made without regard to similarity, as it is with it. */
export function atSimilarity(decision: Decision): Decision {
  const isRelated = decision.relation === 'none' && decision.similarity >= RELATED_SIMILARITY_MIN
  return isRelated ? { ...decision, relation: 'related' } : decision
}
