import { functionalAttribute } from './attributes.ts'
import { words } from './lexicon.ts'
import { contentTokens, type Token, tokenize } from './tokens.ts'

/** A subject as a slot needs it: what it is about, and which property of it. */
export interface NounPhrase {
  /** Sorted stems; empty for the speaker and for "we". */
  readonly subject: readonly string[]
  /** Null where the phrase names a thing rather than a property of one. */
  readonly attribute: string | null
}

/** They stand for whoever speaks or for the one project of a store. */
const SELF_WORDS = words(
  'i me my mine we us our ours user users team company project repo repository codebase',
)
const POINTING =
  /^(?:it|this|that|these|those|they|he|she|there|here|which|who|what|everything|something|someone|one)\b/i
const PREPOSITION = /^(?:of|for|in|on|at|to|from|with|inside|within|between|under)$/
const SUBJECT_TOKENS_MAX = 9

/**
 * Reads "the return window for electric grinders" as property `window` of `electr grinder return`.
 * Null for phrases that point at something said before, and for whole clauses.
 */
export function readNounPhrase(phrase: string): NounPhrase | null {
  const text = phrase.trim().replace(/^(?:the|a|an)\s+/i, '')
  if (text === '' || POINTING.test(text) || /[,;:?!]/.test(text)) return null
  const tokens = tokenize(text)
  if (tokens.length === 0 || tokens.length > SUBJECT_TOKENS_MAX) return null
  const stop = tokens.findIndex((token) => PREPOSITION.test(token.norm))
  const head = stop < 0 ? tokens : tokens.slice(0, stop)
  const attribute = attributeAtEnd(head)
  const skipped = new Set(attribute?.tokens ?? [])
  const subject = tokens.filter((token) => token.role === 'content' && !skipped.has(token))
  return { subject: subjectStems(subject), attribute: attribute?.name ?? null }
}

/** The stems that name a subject, sorted, without words that only mean "ours". */
export function subjectStems(tokens: readonly Token[]): readonly string[] {
  const stems = tokens.filter((token) => !SELF_WORDS.has(token.norm)).map((token) => token.stem)
  return [...new Set(stems)].sort()
}

export function subjectOf(text: string): readonly string[] {
  return subjectStems(contentTokens(text))
}

function attributeAtEnd(
  head: readonly Token[],
): { readonly name: string; readonly tokens: readonly Token[] } | null {
  const last = head.at(-1)
  if (last === undefined) return null
  const before = head.at(-2)
  if (before !== undefined) {
    const compound = functionalAttribute(`${before.norm} ${last.norm}`)
    if (compound !== null) return { name: compound, tokens: [before, last] }
  }
  const single = functionalAttribute(last.norm)
  return single === null ? null : { name: single, tokens: [last] }
}
