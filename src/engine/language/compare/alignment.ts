import { remembered } from '../../../core/text/remembered.ts'
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
  const { prefix, suffix } = commonEnds(left.keys, right.keys)
  const longer = Math.max(left.tokens.length, right.tokens.length)
  const shorter = Math.min(left.tokens.length, right.tokens.length)
  const shared = prefix + suffix
  if (shorter === shared || longer - shared > STRETCH_TOKENS_MAX) return null
  const aTokens = left.tokens.slice(prefix, left.tokens.length - suffix)
  const bTokens = right.tokens.slice(prefix, right.tokens.length - suffix)
  const isSubject = isBefore(aTokens, left) && isBefore(bTokens, right)
  if (!isSubject && !(isAfter(aTokens, left) && isAfter(bTokens, right))) return null
  const isContent = (token: Token): boolean => token.role === 'content'
  const after = left.tokens.slice(left.tokens.length - suffix).filter(isContent)
  const content = [...left.tokens.slice(0, prefix).filter(isContent), ...after]
  return {
    a: { tokens: aTokens, text: sliceOf(left.text, aTokens) },
    b: { tokens: bTokens, text: sliceOf(right.text, bTokens) },
    sharedContent: content.length,
    sharedPredicate: content.filter((token) => token.start >= left.predicateStart).length,
    verb: left.verb,
    before: left.tokens[prefix - 1],
    sharedAfter: after.length,
    isSubject,
    sharesName: content.some((token) => token.end <= left.verbStart && isEntity(token, false)),
  }
}

/** Words that a rule has or lacks without saying anything else: "Deploy", "We do not deploy". */
const SILENT = /^(?:do|does|did|can|longer|always|ever|we|you|please)$/

/** True for two sentences that differ in a denial and in nothing else. */
export function areOpposites(a: string, b: string): boolean {
  const [left, right] = [spineOf(a), spineOf(b)]
  if (left.denials % 2 === right.denials % 2) return false
  const words = Math.max(left.tokens.length, right.tokens.length)
  return left.affirmed !== '' && left.affirmed === right.affirmed && words >= 3
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
  /** By which the tokens are compared. */
  readonly keys: readonly string[]
  readonly denials: number
  /** The keys without denials and words that say nothing beside one. */
  readonly affirmed: string
  readonly verb: Token | undefined
  /** Offset behind the verb, or behind the colon of "key: value"; infinite without either. */
  readonly predicateStart: number
  readonly verbStart: number
}

const TEXTS_REMEMBERED = 15_000

const spineOf: (sentence: string) => Spine = remembered(TEXTS_REMEMBERED, readSpine)

function readSpine(sentence: string): Spine {
  const text = currentPart(withoutRequest(sentence))
  const all = tokenize(text)
  const verb = all[verbIndex(all)]
  const colon = /^[^:]{1,60}:\s/.exec(text)
  const predicateStart = colon === null ? (verb?.end ?? Number.POSITIVE_INFINITY) : colon[0].length
  const verbStart = verb?.start ?? 0
  const tokens = all.filter((token) => token.role !== 'light')
  const affirmed = tokens.filter((token) => !isDenial(token) && !SILENT.test(token.norm))
  return {
    text,
    tokens,
    keys: tokens.map(keyOf),
    denials: tokens.filter(isDenial).length,
    affirmed: affirmed.map(keyOf).join(' '),
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

/** How many words two texts share at the beginning, and of what is left at the end. */
function commonEnds(
  a: readonly string[],
  b: readonly string[],
): { readonly prefix: number; readonly suffix: number } {
  const shorter = Math.min(a.length, b.length)
  let prefix = 0
  while (prefix < shorter && a[prefix] === b[prefix]) prefix += 1
  let suffix = 0
  while (suffix < shorter - prefix && a.at(-1 - suffix) === b.at(-1 - suffix)) suffix += 1
  return { prefix, suffix }
}

function sliceOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
}
