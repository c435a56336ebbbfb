import { remembered } from '../../../core/text/remembered.ts'
import { currentPart, withoutRequest } from '../cues.ts'
import { MONTHS, TIME_WORDS, WEEKDAYS } from '../lexicon.ts'
import { type Token, tokenize } from '../tokens.ts'
import { verbIndex } from '../verbs.ts'
import { keyOf } from './alignment.ts'

/** Two sentences of one beginning, and the numbers or times at which they part. */
export interface Measures {
  readonly a: string
  readonly b: string
  readonly verb: Token | undefined
}

const CONTENT_WORDS_MIN = 2
/** Behind a measure they narrow what it holds for. */
const NARROWING = /^(?:for|in|on|at|during|when|if|per|under|with|until|after|before|by|of)$/

/**
 * Where two sentences run alike over subject and verb and then name different numbers or times of
 * one kind, with one unit and nothing behind them that narrows; null elsewhere.
 */
export function firstMeasures(newer: string, older: string): Measures | null {
  const [{ tokens: left, verb }, { tokens: right }] = [phraseOf(newer), phraseOf(older)]
  let n = 0
  while (n < left.length && n < right.length && isSame(left[n], right[n])) n += 1
  if (verb < 0 || n <= verb) return null
  if (left.slice(0, n).filter(({ role }) => role === 'content').length < CONTENT_WORDS_MIN)
    return null
  const [one, two] = [left[n], right[n]]
  if (one === undefined || two === undefined) return null
  const kind = kindOf(one)
  if (kind === null || kind !== kindOf(two)) return null
  const [rest, otherRest] = [restOf(left.slice(n + 1)), restOf(right.slice(n + 1))]
  if (rest !== otherRest) return null
  return { a: one.text, b: two.text, verb: left[verb] }
}

/** The beginning of a text, with the position of its verb; -1 = none. */
interface Phrase {
  readonly tokens: readonly Token[]
  readonly verb: number
}

/** Of a text that names no number and no time. */
const NOTHING_MEASURED: Phrase = { tokens: [], verb: -1 }

const TEXTS_REMEMBERED = 15_000

const phraseOf: (text: string) => Phrase = remembered(TEXTS_REMEMBERED, readPhrase)

/** Up to the first comma; what follows is another thought. */
function readPhrase(text: string): Phrase {
  const said = currentPart(withoutRequest(text)).split(/[,;](?!\d)/)[0] ?? ''
  const tokens = tokenize(said).filter((token) => token.role !== 'light')
  const isMeasured = tokens.some((token) => kindOf(token) !== null)
  return isMeasured ? { tokens, verb: verbIndex(tokens) } : NOTHING_MEASURED
}

/** The unit, and what narrows; more words of time are part of the measure. */
function restOf(tokens: readonly Token[]): string {
  const start = tokens.findIndex((token, n) => !isTime(token, tokens[n + 1]))
  const rest = start < 0 ? [] : tokens.slice(start)
  const narrows = rest.some((token) => NARROWING.test(token.norm))
  return (narrows ? rest : rest.slice(0, 1)).map(keyOf).join(' ')
}

function isTime(token: Token, next: Token | undefined): boolean {
  if (kindOf(token) !== null || TIME_WORDS.has(token.norm)) return true
  return (
    /^(?:at|in|to|of|and|past|on)$/.test(token.norm) &&
    next !== undefined &&
    (kindOf(next) !== null || TIME_WORDS.has(next.norm))
  )
}

function kindOf(token: Token): 'number' | 'day' | null {
  if (token.kind === 'number' || token.kind === 'version') return 'number'
  if (token.kind === 'clock' || token.kind === 'date') return 'day'
  return WEEKDAYS.has(token.norm) || MONTHS.has(token.norm) ? 'day' : null
}

function isSame(a: Token | undefined, b: Token | undefined): boolean {
  return a !== undefined && b !== undefined && keyOf(a) === keyOf(b)
}
