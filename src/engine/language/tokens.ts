import { stemmer } from 'stemmer'
import { remembered } from '../../core/text/remembered.ts'
import { ALIASES, FOREIGN_WORDS, LIGHT_WORDS, NUMBER_WORDS, ROLE_WORDS } from './lexicon.ts'

export type TokenKind =
  | 'word'
  | 'number'
  | 'date'
  | 'clock'
  | 'version'
  | 'identifier'
  | 'path'
  | 'url'
  | 'email'
  | 'code'
  | 'symbol'

/** A word or a mark that means something, with its place in the text. */
export interface Token {
  readonly kind: TokenKind
  /** As written. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** For comparing: lower case, one spelling of abbreviations; code, paths and urls keep case. */
  readonly norm: string
  /** Porter stem of a word; the norm of everything else. */
  readonly stem: string
  readonly role: 'content' | 'role' | 'light'
}

/** What a text is cut by, tried in this order; the one group of a pattern is the token. */
const PATTERNS: readonly (readonly [TokenKind, string])[] = [
  ['code', '`([^`\\n]+)`'],
  ['url', '(https?://[^\\s<>()"\'`\\]]*[^\\s<>()"\'`\\].,;:!?])'],
  ['email', '([\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)'],
  [
    'date',
    '(\\d{4}-\\d{2}(?:-\\d{2})?(?:T[\\d:.]+Z?)?(?!\\d)|\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{1,2}\\.\\d{1,2}\\.\\d{4})',
  ],
  ['clock', '(\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s?[ap]\\.?m\\b)?|\\d{1,2}\\s?[ap]m\\b)'],
  ['path', '((?:~|\\.{1,2})?(?:/[\\w.@*-]*[\\w@*-])+/?|[\\w@.-]+(?:/[\\w.@*-]*[\\w@*-])+/?)'],
  ['version', '(v\\d+(?:\\.\\d+)*\\b|\\d+(?:\\.\\d+){2,}(?:[-+][\\w.]+)?(?::\\d+)?)'],
  ['number', '([$€£#]?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:%|\\p{L}{1,4}\\b)?)'],
  [
    'word',
    "((?:--?(?=\\p{L}))?[@.]?[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*(?:[.'’_-][\\p{L}\\p{N}_]+)*(?:\\(\\)|\\+\\+|#)?)",
  ],
  ['symbol', '([<>]=?|[!=]=+|->|=>|→|[=+~±&|^]+)'],
]
const PATTERN = new RegExp(PATTERNS.map(([, pattern]) => pattern).join('|'), 'gu')

const SLASHED_WORDS =
  /^(?:and\/or|n\/a|ci\/cd|tcp\/ip|read\/write|yes\/no|on\/off|input\/output|24\/7)$/i
const TEXTS_REMEMBERED = 15_000
const WORDS_REMEMBERED = 30_000

/**
 * Cuts a text into tokens. Punctuation and markdown emphasis vanish; symbols that change a meaning
 * (`<=`, `->`, the `++` of C++) stay.
 */
export const tokenize: (text: string) => readonly Token[] = remembered(TEXTS_REMEMBERED, cut)

/** The tokens that carry what a text is about. */
export function contentTokens(text: string): readonly Token[] {
  return tokenize(text).filter((token) => token.role === 'content')
}

export const contentStems: (text: string) => ReadonlySet<string> = remembered(
  TEXTS_REMEMBERED,
  (text) => new Set(contentTokens(text).map((token) => token.stem)),
)

/** The same for a long text that is looked at once, such as a whole memory: nothing is remembered. */
export function stemsOfLong(text: string): ReadonlySet<string> {
  return new Set(
    cut(text)
      .filter(({ role }) => role === 'content')
      .map(({ stem }) => stem),
  )
}

/** The text as compared for equality: its tokens, without case, marks and spacing. */
export const normalizedText: (text: string) => string = remembered(TEXTS_REMEMBERED, (text) =>
  tokenize(text)
    .map((token) => token.norm)
    .join(' '),
)

/**
 * False for scripts and languages the rules know nothing of: there only equal text is the same.
 * A text too short to tell counts as English.
 */
export const isEnglish: (text: string) => boolean = remembered(TEXTS_REMEMBERED, soundsEnglish)

function soundsEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (latin < letters * 0.9) return false
  const tokens = tokenize(text).filter((token) => token.kind === 'word')
  const foreign = tokens.filter((token) => FOREIGN_WORDS.has(token.norm)).length
  const english = tokens.filter((token) => token.role !== 'content').length
  return foreign < 2 || foreign * 2 <= english
}

/** True for a name, path, url or identifier: something that stands for one particular thing. */
export function isEntity(token: Token, isSentenceStart: boolean): boolean {
  if (['path', 'url', 'email', 'identifier', 'code'].includes(token.kind)) return true
  if (token.kind !== 'word' || token.role !== 'content') return false
  if (/^\p{Lu}{2,}$/u.test(token.text)) return true
  return !isSentenceStart && /^\p{Lu}/u.test(token.text)
}

function cut(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(PATTERN)) {
    const at = match.findIndex((part, n) => n > 0 && part !== undefined)
    const [group, part] = [PATTERNS[at - 1]?.[0], match[at]]
    if (group === undefined || part === undefined) continue
    if (group === 'code' && /\s/.test(part)) {
      tokens.push(...shifted(tokenize(part), match.index + 1))
      continue
    }
    tokens.push(tokenOf(group, part, match.index, match[0].length, tokens.at(-1)))
  }
  return tokens.map((token, n) => settleOne(token, tokens[n - 1], tokens[n + 1]))
}

/** A command in back ticks counts by its words, as if it stood there without them. */
function shifted(tokens: readonly Token[], by: number): readonly Token[] {
  return tokens.map((token) => ({ ...token, start: token.start + by, end: token.end + by }))
}

function tokenOf(
  group: TokenKind,
  raw: string,
  start: number,
  length: number,
  before: Token | undefined,
): Token {
  const { text, kind, norm, stem, role } = group === 'word' ? plainWord(raw) : readWord(group, raw)
  const end = start + length
  const digits = kind === 'word' ? NUMBER_WORDS.get(norm) : undefined
  if (digits !== undefined && (norm !== 'one' || isCountingOne(before))) {
    return { text, start, end, kind: 'number', norm: digits, stem: digits, role: 'content' }
  }
  // Written out, since there are hundreds of thousands: an object made by spreading takes twice the room.
  return { text, start, end, kind, norm, stem, role }
}

type Word = Omit<Token, 'start' | 'end'>

/** What words are wherever they stand: texts are many, the words in them few. */
const plainWord = remembered(WORDS_REMEMBERED, (raw) => readWord('word', raw))

function readWord(group: TokenKind, raw: string): Word {
  const isEmphasis = raw.length > 2 && raw.startsWith('_') && raw.endsWith('_')
  const text = (isEmphasis ? raw.slice(1, -1) : raw).normalize('NFKC').replaceAll('’', "'")
  const kind = kindOf(group, text)
  if (kind !== 'word') {
    const norm = kind === 'number' ? numberNorm(text) : keepsCase(kind, text)
    return { text, kind, norm, stem: norm, role: 'content' }
  }
  const bare = text.toLowerCase().replace(/'s$/, '')
  const whole = text.toLowerCase()
  const norm = ROLE_WORDS.has(whole) || LIGHT_WORDS.has(whole) ? whole : (ALIASES.get(bare) ?? bare)
  const role = LIGHT_WORDS.has(norm) ? 'light' : ROLE_WORDS.has(norm) ? 'role' : 'content'
  return { text, kind, norm, stem: stemmer(norm), role }
}

/** "50,000" and "50k" are one number. */
function numberNorm(text: string): string {
  const plain = text.toLowerCase().replaceAll(',', '')
  const [, sign = '', thousands] = /^([$€£#]?)(\d+(?:\.\d{1,3})?)k$/.exec(plain) ?? []
  return thousands === undefined ? plain : `${sign}${Math.round(Number(thousands) * 1000)}`
}

function kindOf(group: TokenKind, text: string): TokenKind {
  if (group === 'path' && SLASHED_WORDS.test(text)) return 'word'
  if (group !== 'word') return group
  const isPlain = /^[\p{L}\p{M}'-]+$/u.test(text) && !/\p{Ll}\p{Lu}/u.test(text) && !/^-/.test(text)
  return isPlain ? 'word' : 'identifier'
}

/** Names such as GitHub are written in many ways; code, paths and constants are not. */
function keepsCase(kind: TokenKind, text: string): string {
  return kind === 'identifier' && /^\p{L}+$/u.test(text) ? text.toLowerCase() : text
}

/** "this one", "the one", "no one" point; every other "one" counts. */
function isCountingOne(before: Token | undefined): boolean {
  return (
    before === undefined ||
    !/^(?:this|that|the|which|no|every|each|any|another|other)$/.test(before.norm)
  )
}

/** "one of" does not count, and "no longer" is a single denial with no content of its own. */
function settleOne(token: Token, before: Token | undefined, after: Token | undefined): Token {
  if (token.text.toLowerCase() === 'one' && after?.norm === 'of') {
    return { ...token, kind: 'word', norm: 'one', stem: 'one', role: 'role' }
  }
  if (token.norm === 'longer' && before?.norm === 'no') return { ...token, role: 'role' }
  return token
}
