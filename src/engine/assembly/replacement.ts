import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import type { Entry } from '../entry.ts'
import { alignSentences } from '../language/compare/alignment.ts'
import { withoutResolvedDates } from '../language/dates.ts'
import { datedValue } from '../language/statement/dated-value.ts'
import { contentStems, tokenize } from '../language/tokens.ts'
import { valueKey } from '../language/values.ts'
import { verbIndex } from '../language/verbs.ts'
import { isSound } from './sound-text.ts'
import { currentText, exchangeValue, quotedStatement } from './wording.ts'

/** Words of an outdated sentence, besides its old value, that a new sentence may lack. */
const LOST_WORDS_MAX = 1

/**
 * The new text of an outdated unit. Best: the unit's own sentence with the one value exchanged;
 * else the claim's sentence, if it says all the rest of the outdated one; else null, since the
 * note says more than the statement takes back. `outdated` is the unit or one of its sentences;
 * other sentences stay as they are.
 */
export function replacementText(unit: Unit, outdated: Entry, claim: Claim): string | null {
  if (quotedStatement(unit.text) !== null) {
    return isSameValue(outdated, claim) || saysTheRest(outdated, claim) ? currentText(claim) : null
  }
  const sentence =
    exchanged(outdated, claim) ??
    (areDated(outdated, claim) || saysTheRest(outdated, claim) ? currentText(claim) : null)
  return sentence === null ? null : withSentence(unit, outdated, sentence)
}

/** A person's quoted words are never changed: another value of the same thing takes their place. */
function isSameValue({ statement }: Entry, { slot, value }: Claim): boolean {
  const known = statement.slot
  if (known === null || slot === null || value === null || statement.value === null) return false
  return known.isFunctional && known.attribute === slot.attribute && known.subject === slot.subject
}

/** The unit with its outdated sentence exchanged; its other sentences stay as they are. */
export function withSentence(unit: Unit, outdated: Entry, sentence: string): string {
  if (outdated.text === unit.text) return sentence
  const at = unit.text.indexOf(outdated.text)
  return at < 0
    ? sentence
    : unit.text.slice(0, at) + sentence + unit.text.slice(at + outdated.text.length)
}

function exchanged(outdated: Entry, claim: Claim): string | null {
  if (
    claim.value === null ||
    datedValue(claim.text) !== null ||
    isPartOfChange(outdated, claim, claim.value)
  )
    return null
  const formers = [claim.formerValue, outdated.statement.value]
  for (const former of formers) {
    if (former === null || former.toLowerCase() === claim.value.toLowerCase()) continue
    const text = exchangeValue(outdated.text, former, claim.value)
    if (text !== null && isSound(text, outdated.text) && keepsMeasure(former, claim.value)) {
      return text
    }
  }
  return null
}

/** "Miami, Florida" in place of "Seattle, Washington": the value as read is a part of the change. */
function isPartOfChange(outdated: Entry, claim: Claim, value: string): boolean {
  const aligned = alignSentences(withoutResolvedDates(claim.text), outdated.text)
  if (aligned === null || aligned.isSubject) return false
  // "Mira now, Jonas has his hands full": what follows is another clause, not more of the value.
  const rest = aligned.a.text.split(/,\s+/).slice(1).join(', ')
  if (verbIndex(tokenize(rest)) >= 0) return false
  return !valueKey(value).includes(valueKey(aligned.a.text))
}

/** Of two dated values of one key each says all there is to say. */
function areDated(outdated: Entry, claim: Claim): boolean {
  return datedValue(claim.text) !== null && datedValue(outdated.text) !== null
}

/** "5 GB" does not become "10": a number keeps its unit. */
function keepsMeasure(former: string, current: string): boolean {
  const hasUnit = (value: string): boolean => /\d\s*[\p{L}%€$°]/u.test(value)
  return !hasUnit(former) || hasUnit(current) || !/\d/.test(current)
}

function saysTheRest(outdated: Entry, claim: Claim): boolean {
  const said = new Set([
    ...contentStems(claim.text),
    ...contentStems(claim.formerValue ?? ''),
    ...contentStems(outdated.statement.value ?? ''),
  ])
  const lost = [...contentStems(outdated.text)].filter((stem) => !said.has(stem))
  return lost.length <= LOST_WORDS_MAX
}
