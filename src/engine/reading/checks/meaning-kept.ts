import { conditionOf } from '../../language/conditions.ts'
import { currentPart, withoutOpener } from '../../language/cues.ts'
import { dateMentions } from '../../language/dates.ts'
import { NEGATIONS, WEEKDAYS } from '../../language/lexicon.ts'
import { contentStems, isEntity, type Token, tokenize } from '../../language/tokens.ts'
import type { CitedWords } from './cited-words.ts'

/** What a statement may name without its quotes naming it. */
export interface KnownNames {
  /** Norms of the words of the memory's profile. */
  readonly words: ReadonlySet<string>
}

/**
 * Why a statement says other than the words it cites; null = nothing speaks against it. Numbers,
 * dates, ids and names must stand there or be known; denials and conditions must not come or go.
 */
export function distortion(
  text: string,
  words: readonly CitedWords[],
  known: KnownNames,
): string | null {
  if (unstated(text, words, known)) return 'a number or name that is not in its quotes'
  if (isDenialChanged(text, words)) return 'a denial came or went'
  return isConditionChanged(text, words) ? 'a condition came or went' : null
}

const EXACT: ReadonlySet<Token['kind']> = new Set([
  'number',
  'date',
  'clock',
  'version',
  'identifier',
  'path',
  'url',
  'email',
  'code',
])

function unstated(text: string, words: readonly CitedWords[], known: KnownNames): boolean {
  const said = words.flatMap(({ evidence, ownText }) => [evidence.quote, ownText])
  const norms = new Set(said.flatMap((one) => tokenize(one).map(({ norm }) => norm.toLowerCase())))
  const stems = new Set(said.flatMap((one) => [...contentStems(one)]))
  const speakers = new Set(words.flatMap(({ read }) => read.event.userId?.toLowerCase() ?? []))
  const dates = datesIn(words)
  const dated = dateMentions(text, null).filter(({ iso }) => iso !== null && dates.has(iso))
  const isDated = (token: Token): boolean =>
    dated.some(({ start, end }) => start <= token.start && token.end <= end)
  const lower = said.join('\n').toLowerCase()
  return namesIn(text).some((token) => {
    if (isDated(token) || norms.has(token.norm.toLowerCase())) return false
    if (token.kind === 'word' && stems.has(token.stem)) return false
    const norm = token.norm.toLowerCase()
    if (MAY_BE_KNOWN.has(token.kind) && known.words.has(norm)) return false
    return token.kind === 'word'
      ? !speakers.has(norm)
      : !standsAlone(token.text.toLowerCase(), lower)
  })
}

/** Names of things; a number or a date is not known because something has it in its name. */
const MAY_BE_KNOWN: ReadonlySet<Token['kind']> = new Set(['word', 'identifier', 'path', 'code'])

/** Everything that stands for one particular thing, time or amount. */
function namesIn(text: string): readonly Token[] {
  return tokenize(text).filter((token, n) => {
    if (EXACT.has(token.kind) || WEEKDAYS.has(token.norm)) return true
    const isStart = n === 0 || /[.!?:]\s*$/.test(text.slice(0, token.start))
    return isStart ? mayBeName(token) : isEntity(token, false)
  })
}

/** Where every word has a capital, only these are known to be no names. */
const ORDINARY =
  /^(?:(?:user|team|project|agent|person|member|customer|client|company|memory|repo|code|file|test|answer|message|commit|release|build|deploy)s?|people|repository|repositories|(?:\p{Ll}+(?:ing|ment|tion|ness|ity)s?))$/u

function mayBeName(token: Token): boolean {
  return isEntity(token, false) && !ORDINARY.test(token.norm)
}

/** The days and months that the words name, relative ones counted from when they were said. */
function datesIn(words: readonly CitedWords[]): ReadonlySet<string> {
  return new Set(
    words.flatMap(({ evidence, sentences }) =>
      sentences.flatMap((sentence) =>
        dateMentions(sentence, evidence.at).flatMap(({ iso }) => iso ?? []),
      ),
    ),
  )
}

function standsAlone(part: string, text: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + part.length] ?? ' '}`
    if (!/[\p{L}\p{N}_]/u.test(around)) return true
  }
  return false
}

/** A denial in other words. */
const ENDED =
  /\b(?:stopp?(?:ed|ing)?|quit|dropp?(?:ed|ing)?|ended|gave up|retired|formerly|used to|no longer|without|disabled|cancell?ed|deprecated|hates?|dislikes?)\b/i
/** What takes another's place ends it too. */
const EXCHANGED =
  /\b(?:left|removed|instead of|rather than|replaced|moved|switched|migrated|changed|allergic|closed|off)\b/i

function isDenialChanged(text: string, words: readonly CitedWords[]): boolean {
  const isDenied = words.some((word) => denies(clauseOf(word)))
  if (isDenied) return !denies(text) && !ENDED.test(text)
  const around = words.flatMap(({ sentences }) => sentences).join('\n')
  return (
    denies(currentPart(text)) && !denies(around) && !ENDED.test(around) && !EXCHANGED.test(around)
  )
}

function denies(text: string): boolean {
  return tokenize(text).some(({ norm }) => NEGATIONS.has(norm))
}

/**
 * The quote with the rest of its clause, so that no quote begins behind its "not"; without talk
 * before it and without the value that it puts right.
 */
function clauseOf({ evidence, read, span }: CitedWords): string {
  const { text } = read.event
  const before = /[^.!?;:,\n]*$/.exec(text.slice(0, span.start))?.[0] ?? ''
  const after = /^[^.!?;:,\n]*/.exec(text.slice(span.end))?.[0] ?? ''
  return currentPart(withoutOpener(`${before}${evidence.quote}${after}`.trim()))
}

const CONDITION_SHARE_MIN = 0.5

function isConditionChanged(text: string, words: readonly CitedWords[]): boolean {
  const said = words.flatMap(({ sentences }) => sentences).flatMap((one) => conditionOf(one) ?? [])
  const told = conditionOf(text)
  if (said.length === 0) {
    return told !== null && !words.some(({ ownText }) => conditionOf(ownText) !== null)
  }
  if (told === null) return true
  const stems = contentStems(text)
  const wanted = said.flatMap(stemsOfCondition)
  const kept = wanted.filter((stem) => stems.has(stem))
  return kept.length < wanted.length * CONDITION_SHARE_MIN
}

/** `if: build fail; when: …` as its stems. */
function stemsOfCondition(condition: string): readonly string[] {
  return condition
    .split('; ')
    .flatMap((clause) => clause.slice(clause.indexOf(':') + 1).split(' '))
    .filter((stem) => stem !== '')
}

/** Whether the words deny the very value that is read from them: "we are not moving to Fly". */
export function deniesOwn(words: CitedWords, value: string): boolean {
  const clauses = clauseOf(words).split(/[.!?;:,\n]/)
  return clauses.some((clause) => denies(clause) && clause.includes(value)) && !denies(value)
}
