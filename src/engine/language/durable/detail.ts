import { MONTHS, NUMBER_WORDS, WEEKDAYS } from '../lexicon.ts'
import { tokenize } from '../tokens.ts'

const AMOUNT = /[$€£]\s?\d|\b\d[\d,.]*\s?(?:dollars|euros|pounds|bucks|%)/i
const MONTH_NAME = [...MONTHS].join('|')
const DAY = new RegExp(
  String.raw`\b(?:${MONTH_NAME})\s+\d{1,2}(?:st|nd|rd|th)?\b|\b(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTH_NAME})\b|\bin (?:early |late |mid-)?(?:${MONTH_NAME})\b|\b(?:in|since) (?:19|20)\d\d\b|\b\d{4}-\d{2}-\d{2}\b`,
  'i',
)
const TITLE = /["“][^"”]{2,80}["”]/
const NUMBER_WORD = [...NUMBER_WORDS.keys()]
  .filter((word) => !/^(?:zero|one)$/.test(word))
  .join('|')
const COUNT = new RegExp(String.raw`(?<![\w-])(?:\d[\d,.:]*|${NUMBER_WORD})(?![\w:])`, 'i')
/** Capital letters that name nothing: the speaker, the agent, abbreviations of talk. */
const NO_NAME = /^(?:I|I'm|I've|I'd|I'll|AI|OK|TV|DIY|PC|CEO|Hi|Hello|Yes|No|My|ASAP|FYI|BTW)$/

/** Of a country: "a Chinese restaurant" is any of many. */
const ADJECTIVE =
  /^(?:\p{Lu}\p{Ll}+(?:ese|ish|ian|ican|ental)|Western|Eastern|French|German|Greek|Thai|Dutch|Asian|Korean|Christmas|Easter|Thanksgiving|Halloween|Internet)$/u

/** A sum of money or a share. */
export function hasAmount(clause: string): boolean {
  return AMOUNT.test(clause)
}

/** A day or year that can be found again in a calendar. */
export function hasDay(clause: string): boolean {
  return DAY.test(clause)
}

/** A number, in digits or words. */
export function hasCount(clause: string): boolean {
  return COUNT.test(clause)
}

/** Something with a name of its own: a place, a person, a brand, a title in quotation marks. */
export function hasName(clause: string): boolean {
  if (TITLE.test(clause)) return true
  return tokenize(clause).some(
    ({ text, norm, start, kind }) =>
      start > 0 &&
      (kind === 'word' || kind === 'identifier') &&
      /^\p{Lu}/u.test(text) &&
      !NO_NAME.test(text) &&
      !ADJECTIVE.test(text) &&
      !WEEKDAYS.has(norm) &&
      !MONTHS.has(norm),
  )
}

/** Something one can look for later: a name, a sum or a day. */
export function hasDetail(clause: string): boolean {
  return hasAmount(clause) || hasDay(clause) || hasName(clause)
}
