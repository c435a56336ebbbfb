import { keyOf } from '../language/compare/alignment.ts'
import { slotsOf } from '../language/slots-of.ts'
import { tokenize } from '../language/tokens.ts'

/**
 * Slots of `text` (numbers, dates, ids, urls, paths, names, denials, conditions) that `other` does
 * not hold: a text with any is not contained in the other, whoever says so.
 */
export function slotGaps(text: string, other: string): readonly string[] {
  const held = new Set(tokenize(other).map(keyOf))
  return slotsOf(text).filter((slot) => tokenize(slot).some((token) => !held.has(keyOf(token))))
}
