import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import type { Entry } from '../entry.ts'
import { currentText, exchangeValue } from './wording.ts'

/**
 * The new text of an outdated unit. Best: the unit's own sentence with the one value exchanged;
 * else the claim's sentence in place of the outdated one. `outdated` is the unit or one of its
 * sentences; other sentences stay as they are.
 */
export function replacementText(unit: Unit, outdated: Entry, claim: Claim): string {
  const sentence = exchanged(outdated, claim) ?? currentText(claim)
  if (outdated.text === unit.text) return sentence
  const at = unit.text.indexOf(outdated.text)
  return at < 0
    ? sentence
    : unit.text.slice(0, at) + sentence + unit.text.slice(at + outdated.text.length)
}

function exchanged(outdated: Entry, claim: Claim): string | null {
  if (claim.value === null) return null
  const formers = [claim.formerValue, outdated.statement.value]
  for (const former of formers) {
    if (former === null || former.toLowerCase() === claim.value.toLowerCase()) continue
    const text = exchangeValue(outdated.text, former, claim.value)
    if (text !== null) return text
  }
  return null
}
