import type { Decision } from '../entry.ts'
import type { Hint } from '../reading/model-reading.ts'
import { unitOf } from './judgement.ts'
import type { Outcome } from './outcome.ts'
import { withSentence } from './replacement.ts'
import { isSound } from './sound-text.ts'
import { exchangeValue } from './wording.ts'

/** The note with the very words exchanged that a model pointed at, all else as it stands. */
export function hintedText(
  { b }: Decision,
  { group, isRetold }: Outcome,
  hints: readonly Hint[],
): string | null {
  const unit = unitOf(b)
  const own = new Set<string>(group.claims.map(({ id }) => id))
  const hint = hints.find(({ claimId, unitId }) => own.has(claimId) && unitId === unit.id)
  if (isRetold || hint === undefined || hint.exchange === null) return null
  const { former, value } = hint.exchange
  const sentence = exchangeValue(b.text, former, value)
  if (sentence === null || !isSound(sentence, `${b.text} ${value}`)) return null
  return withSentence(unit, b, sentence)
}
