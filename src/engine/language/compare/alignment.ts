import { currentPart, withoutRequest } from '../cues.ts'
import { NEGATIONS } from '../lexicon.ts'
import { isEntity, type Token, tokenize } from '../tokens.ts'
import { verbIndex } from '../verbs.ts'

/** Two sentences laid over each other: equal at both ends, one stretch differs on each side. */
export interface Alignment {
  readonly a: Stretch
  readonly b: Stretch
  /** Content words that both share, before and after the stretch. */
  readonly sharedContent: number
  /** Those of them that stand after the verb. */
  readonly sharedPredicate: number
  readonly verb: Token | undefined
  /** The last shared word before the stretch. */
  readonly before: Token | undefined
  /** Content words that both share behind the stretch. */
  readonly sharedAfter: number
  /** The stretch lies in the subject: another doer, not another value. */
  readonly isSubject: boolean
  /** A name in the subject that both share. */
  readonly sharesName: boolean
}

export interface Stretch {
  readonly tokens: readonly Token[]
  readonly text: string
}

const STRETCH_TOKENS_MAX = 9

/**
 * The one contiguous difference of two sentences; null where they differ in more places, in the
 * verb itself, or not at all.
 */
export function alignSentences(a: string, b: string): Alignment | null {
  const left = spineOf(a)
  const right = spineOf(b)
  const prefix = commonStart(left.tokens, right.tokens)
  const suffix = commonEnd(left.tokens.slice(prefix), right.tokens.slice(prefix))
  const aTokens = left.tokens.slice(prefix, left.tokens.length - suffix)
  const bTokens = right.tokens.slice(prefix, right.tokens.length - suffix)
  if (aTokens.length === 0 || bTokens.length === 0) return null
  if (Math.max(aTokens.length, bTokens.length) > STRETCH_TOKENS_MAX) return null
  const isSubject = isBefore(aTokens, left) && isBefore(bTokens, right)
  if (!isSubject && !(isAfter(aTokens, left) && isAfter(bTokens, right))) return null
  const isContent = (token: Token): boolean => token.role === 'content'
  const after = left.tokens.slice(left.tokens.length - suffix).filter(isContent)
  const shared = [...left.tokens.slice(0, prefix).filter(isContent), ...after]
  return {
    a: { tokens: aTokens, text: sliceOf(left.text, aTokens) },
    b: { tokens: bTokens, text: sliceOf(right.text, bTokens) },
    sharedContent: shared.length,
    sharedPredicate: shared.filter((token) => token.start >= left.predicateStart).length,
    verb: left.verb,
    before: left.tokens[prefix - 1],
    sharedAfter: after.length,
    isSubject,
    sharesName: shared.some((token) => token.end <= left.verbStart && isEntity(token, false)),
  }
}

/** Words that a rule has or lacks without saying anything else: "Deploy", "We do not deploy". */
const SILENT = /^(?:do|does|did|can|longer|always|ever|we|you|please)$/

/** True for two sentences that differ in a denial and in nothing else. */
export function areOpposites(a: string, b: string): boolean {
  const left = spineOf(a).tokens
  const right = spineOf(b).tokens
  const denials = (tokens: readonly Token[]): number => tokens.filter(isDenial).length
  if (denials(left) % 2 === denials(right) % 2) return false
  const plain = (tokens: readonly Token[]): string =>
    tokens
      .filter((token) => !isDenial(token) && !SILENT.test(token.norm))
      .map(keyOf)
      .join(' ')
  return (
    plain(left) !== '' && plain(left) === plain(right) && Math.max(left.length, right.length) >= 3
  )
}

/** The words of a text that count when two are compared, without talk around them. */
export function comparedTokens(text: string): readonly Token[] {
  return tokenize(text).filter((token) => token.role !== 'light')
}

/** What two tokens must share to count as the same word. */
export function keyOf(token: Token): string {
  return token.role === 'content' ? token.stem.toLowerCase() : token.norm
}

interface Spine {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly verb: Token | undefined
  /** Offset behind the verb, or behind the colon of "key: value"; infinite without either. */
  readonly predicateStart: number
  readonly verbStart: number
}

function spineOf(sentence: string): Spine {
  const text = currentPart(withoutRequest(sentence))
  const all = tokenize(text)
  const verb = all[verbIndex(all)]
  const colon = /^[^:]{1,60}:\s/.exec(text)
  const predicateStart = colon === null ? (verb?.end ?? Number.POSITIVE_INFINITY) : colon[0].length
  const verbStart = verb?.start ?? 0
  return {
    text,
    tokens: all.filter((token) => token.role !== 'light'),
    verb,
    predicateStart,
    verbStart,
  }
}

function isBefore(tokens: readonly Token[], { verbStart }: Spine): boolean {
  return (tokens.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= verbStart
}

function isAfter(tokens: readonly Token[], { predicateStart }: Spine): boolean {
  return (tokens[0]?.start ?? 0) >= predicateStart
}

function isDenial(token: Token): boolean {
  return NEGATIONS.has(token.norm)
}

function commonStart(a: readonly Token[], b: readonly Token[]): number {
  let n = 0
  while (n < a.length && n < b.length && sameWord(a[n], b[n])) n += 1
  return n
}

function commonEnd(a: readonly Token[], b: readonly Token[]): number {
  let n = 0
  while (n < a.length && n < b.length && sameWord(a.at(-1 - n), b.at(-1 - n))) n += 1
  return n
}

function sameWord(a: Token | undefined, b: Token | undefined): boolean {
  return a !== undefined && b !== undefined && keyOf(a) === keyOf(b)
}

function sliceOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}
