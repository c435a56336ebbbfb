import { gapOf, wordOf } from '../reading/function-words.ts'
import type { PlacedSense, Reading } from '../reading/reading.ts'
import { isQualityGroup } from '../synonyms/synonyms.ts'
import { wordStem } from '../synonyms/word-stem.ts'
import type { Match } from './matching.ts'

/**
 * "The billing worker" and "the invoice worker" are two workers, though to bill is to invoice: the
 * noun before such a head is a name. Only another form or a shorter spelling of it is the same.
 */
export function namesApart({ a, b }: Match, left: Reading, right: Reading): boolean {
  if (!isNamePart(a, left) || !isNamePart(b, right)) return false
  const shared = a.keys.intersection(b.keys)
  if ([...shared].some((key) => !isGroup(key) || isQualityGroup(key))) return false
  const [one, other] = [spellingOf(a), spellingOf(b)]
  return !isShortFor(one, other) && !isShortFor(other, one)
}

/** Things of which there are several, told apart by the word before them. */
const NAMED_HEADS: ReadonlySet<string> = new Set(
  `worker service server gateway scheduler portal index queue job pipeline cluster database table bucket
  repository package module app application api endpoint dashboard channel project topic bot agent host
  node account team group component library client plugin script task daemon cron board list folder page
  form report store system tool platform stream consumer handler controller cache proxy broker
  engine`
    .split(/\s+/)
    .map(wordStem),
)

/** Stands right before a head that gets names. */
function isNamePart(sense: PlacedSense, { senses }: Reading): boolean {
  const next = senses[sense.index + 1]
  if (next === undefined || gapOf(next) !== ' ' || sense.words.length > 1) return false
  return /^(?:NOUN|PROPN|VERB)$/.test(sense.pos) && NAMED_HEADS.has(wordStem(wordOf(next)))
}

/** Groups of synonyms are lines of words with commas; other keys are one spelling. */
function isGroup(key: string): boolean {
  return key.includes(',')
}

function spellingOf(sense: PlacedSense): string {
  return wordOf(sense).toLowerCase().replace(/\d+/g, '')
}

/** "auth" for "authentication", "k8s" for "kubernetes", "mail" for "email". */
function isShortFor(short: string, long: string): boolean {
  if (short === '') return false
  if (long.endsWith(short) || long.startsWith(short)) return true
  if (short.length * 2 > long.length + 1 || short[0] !== long[0]) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at += 1
  return at === short.length
}
