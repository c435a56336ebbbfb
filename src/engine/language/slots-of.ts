import { conditionOf } from './conditions.ts'
import { MONTHS, NEGATIONS, WEEKDAYS } from './lexicon.ts'
import { isEntity, tokenize } from './tokens.ts'

/**
 * The surface slots that must survive a merge, as written: numbers, dates, versions, ids, urls,
 * paths, names, denials, and the words of conditions. Each once, in the order of the text.
 */
export function slotsOf(text: string): readonly string[] {
  const tokens = tokenize(text)
  const slots = tokens.flatMap((token, n) => {
    if (token.kind !== 'word') return token.kind === 'symbol' ? [] : [token.text]
    if (NEGATIONS.has(token.norm) || WEEKDAYS.has(token.norm) || MONTHS.has(token.norm))
      return [token.text]
    const isStart = n === 0 || /[.!?:]\s*$/.test(text.slice(0, token.start))
    return isEntity(token, isStart) ? [token.text] : []
  })
  const condition = conditionOf(text)
  return [...new Set(condition === null ? slots : [...slots, ...conditionWords(text)])]
}

function conditionWords(text: string): readonly string[] {
  return [
    ...text.matchAll(/\b(?:if|when|whenever|unless|while|until|except|before|after)\b/gi),
  ].map((match) => match[0])
}
