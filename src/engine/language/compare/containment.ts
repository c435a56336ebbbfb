import { remembered } from '../../../core/text/remembered.ts'
import { withoutOpener } from '../cues.ts'
import { MONTHS, WEEKDAYS, words } from '../lexicon.ts'
import { type Token, tokenize } from '../tokens.ts'
import { comparedTokens, keyOf } from './alignment.ts'

/** How much of one text another one says. */
export type Coverage = 'equal' | 'a_covers_b' | 'b_covers_a'

/** What may follow a complete sentence to say more of the same, never less. */
const ELABORATING: ReadonlySet<string> = words(
  'and because since so via through with using without behind which',
)
const COVERED_CONTENT_MIN = 3

/**
 * Whether one text says word for word what the other says, and perhaps more. What it says beyond
 * must be a clause of its own or an elaboration: "for sale items" or "in production" narrow a
 * statement, so a text with them does not cover the one without. Null = neither covers the other.
 */
export function coverageOf(a: string, b: string): Coverage | null {
  const [left, right] = [wordingOf(a), wordingOf(b)]
  if (left.length === 0 || right.length === 0) return null
  if (left.words === right.words || areVoices(left, right)) return 'equal'
  if (left.length > right.length) return covers(left, right) ? 'a_covers_b' : null
  return covers(right, left) ? 'b_covers_a' : null
}

/** A text as it is compared word for word; its tokens are many and hardly ever looked at. */
interface Wording {
  /** Without talk in front of it. */
  readonly text: string
  /** Tokens. */
  readonly length: number
  readonly contentWords: number
  /** What the tokens are compared by, with a space before, between and after them. */
  readonly words: string
  /** A passive sentence turned into the active one; null = it is none. */
  readonly active: string | null
}

const TEXTS_REMEMBERED = 15_000

const wordingOf: (text: string) => Wording = remembered(TEXTS_REMEMBERED, (said) => {
  const text = withoutOpener(said)
  const tokens = comparedTokens(text)
  return {
    text,
    length: tokens.length,
    contentWords: tokens.filter((token) => token.role === 'content').length,
    words: wordsOf(tokens),
    active: activeOf(tokenize(text)),
  }
})

function wordsOf(tokens: readonly Token[]): string {
  return ` ${tokens.map(keyOf).join(' ')} `
}

function covers(large: Wording, small: Wording): boolean {
  if (small.contentWords < COVERED_CONTENT_MIN || !large.words.includes(small.words)) return false
  const { text } = large
  const [outer, inner] = [comparedTokens(text), comparedTokens(small.text)]
  for (let at = 0; at + inner.length <= outer.length; at += 1) {
    const stretch = outer.slice(at, at + inner.length)
    const isEqual = stretch.every((token, n) => keyOf(token) === keyOf(inner[n] ?? token))
    if (isEqual) return startsClause(text, outer, at) && endsClause(text, outer, at + inner.length)
  }
  return false
}

function startsClause(text: string, tokens: readonly Token[], at: number): boolean {
  if (at === 0) return true
  return /[.;!?]\s/.test(between(text, tokens, at))
}

function endsClause(text: string, tokens: readonly Token[], end: number): boolean {
  const next = tokens[end]
  if (next === undefined) return true
  if (/[.;:(!?–—,]/.test(between(text, tokens, end))) return true
  if (ELABORATING.has(next.norm)) return !narrows(next, tokens[end + 1])
  return next.norm === 'at' && tokens[end + 1]?.kind === 'clock'
}

/** "with approval" and "since March" say under which condition, or from when on. */
function narrows(word: Token, next: Token | undefined): boolean {
  if (next === undefined) return false
  if (word.norm === 'since')
    return next.kind !== 'word' || MONTHS.has(next.norm) || WEEKDAYS.has(next.norm)
  return /^with(?:out)?$/.test(word.norm) && LEAVE.has(next.norm)
}

const LEAVE: ReadonlySet<string> = words(
  'approval permission consent notice authorization authorisation confirmation exception exceptions prior',
)

function between(text: string, tokens: readonly Token[], at: number): string {
  return text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? text.length)
}

/** "Mara owns the billing service" and "The billing service is owned by Mara". */
function areVoices(a: Wording, b: Wording): boolean {
  return a.active === b.words || b.active === a.words
}

function activeOf(tokens: readonly Token[]): string | null {
  const by = tokens.findIndex((token) => token.norm === 'by')
  const verb = tokens[by - 1]
  const helper = tokens[by - 2]
  if (by < 3 || verb === undefined || !/^(?:is|are)$/.test(helper?.norm ?? '')) return null
  const plain = (part: readonly Token[]): readonly Token[] =>
    part.filter((token) => token.role !== 'light')
  return wordsOf([...plain(tokens.slice(by + 1)), verb, ...plain(tokens.slice(0, by - 2))])
}
