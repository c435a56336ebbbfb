import { orderToModelAt } from '../assembly/order-to-model.ts'
import { NEGATIONS } from '../language/lexicon.ts'
import { contentStems, isEntity, type Token, tokenize } from '../language/tokens.ts'
import type { LessonOutput } from '../prompts/lesson.ts'
import { countsIn, failureIn, wordCount } from './lesson-text.ts'
import { isSaid, PROSE_START } from './retelling.ts'

/** What a model was shown of a lesson. */
export interface LessonSource {
  /** The generated lesson with its counts. */
  readonly row: string
  readonly quotes: readonly string[]
}

export type ProseProblem =
  | 'a part is empty'
  | 'it cites no quote'
  | 'it is not one plain line'
  | 'too many words'
  | 'something that its source does not say'
  | 'an action that its row does not name'
  | 'more words of a quote than its row tells'
  | 'the opposite of its source'
  | 'an order to the model'
  | 'nothing to find it by'

/**
 * A lesson as one line in a model's words, or why its words are not taken: whatever they name must
 * stand in the source, and what they tell to do must be made of the words of the row. What a tool or
 * an agent said beyond that is nobody's rule.
 */
export function proseOf(
  output: LessonOutput,
  source: LessonSource,
  wordsMax: number,
): { readonly prose: string } | { readonly problem: ProseProblem } {
  const parts = partsOf(output)
  const counts = countsIn(source.row)
  if (parts === null || counts === null) return { problem: 'a part is empty' }
  const except = parts.notWhen === null ? '' : ` (not when ${parts.notWhen})`
  const said = `${PROSE_START}${parts.when}, ${parts.do}: ${parts.because}${except}`
  const prose = `${said} ${counts}.`
  const problem =
    (citesQuotes(output, source) ? null : 'it cites no quote') ??
    (isPlainLine(said, source) ? null : 'it is not one plain line') ??
    (wordCount(prose) <= wordsMax ? null : 'too many words') ??
    problemOf(parts, source) ??
    (repeatsQuotes(said, source) ? 'more words of a quote than its row tells' : null) ??
    (orderToModelAt(prose) === null && partTexts(parts).every((it) => orderToModelAt(it) === null)
      ? null
      : 'an order to the model') ??
    (isFindable(prose, source.row) ? null : 'nothing to find it by')
  return problem === null ? { prose } : { problem }
}

interface Parts {
  readonly when: string
  readonly do: string
  readonly because: string
  readonly notWhen: string | null
}

/** The parts without the words that frame them; null when one that must be there is empty. */
function partsOf(output: LessonOutput): Parts | null {
  const when = partOf(output.when, /^when(?:ever)?\s+/i)
  const action = partOf(output.do, /^(?:then|please)\s+/i)
  const because = partOf(output.because, /^because\s+/i)
  const notWhen = output.notWhen === null ? '' : partOf(output.notWhen, /^(?:not\s+)?when\s+/i)
  if (when === '' || action === '' || because === '') return null
  return { when, do: action, because, notWhen: notWhen === '' ? null : notWhen }
}

function partOf(text: string, frame: RegExp): string {
  const bare = text
    .trim()
    .replace(frame, '')
    .replace(/[\s.;:,]+$/, '')
  const [first] = tokenize(bare)
  const isCommon = first?.kind === 'word' && (first.role !== 'content' || isPlainAction(first))
  return isCommon && first.start === 0 ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare
}

function partTexts({ when, do: action, because, notWhen }: Parts): readonly string[] {
  return notWhen === null ? [when, action, because] : [when, action, because, notWhen]
}

function citesQuotes({ evidence }: LessonOutput, { quotes }: LessonSource): boolean {
  const isGiven = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= quotes.length
  return evidence.length > 0 && evidence.every(isGiven)
}

/** Line ends, control and invisible characters, what stands for half a character. */
const NOT_PLAIN = /[\p{C}\p{Zl}\p{Zp}\ufffd]|<!--/u
/** Tags, placeholders, links and pictures. */
const MARKUP = /<[^>]*>|!?\[[^\]]*\]\([^)]*\)/g
const QUOTED = /`[^`]*`|“[^”]*”|"[^"]*"/g

/** Markup, code and quotes stand as they do in the source. */
function isPlainLine(text: string, source: LessonSource): boolean {
  if (NOT_PLAIN.test(text) || (text.split('`').length - 1) % 2 !== 0) return false
  const texts = [source.row, ...source.quotes]
  const isKnown = (part: string): boolean => texts.some((known) => known.includes(part))
  const quoted = (text.match(QUOTED) ?? []).map((part) => part.slice(1, -1))
  return [...(text.match(MARKUP) ?? []), ...quoted].every(isKnown)
}

function problemOf(parts: Parts, source: LessonSource): ProseProblem | null {
  const known = [source.row, ...source.quotes].flatMap(tokenize)
  const norms = new Set(known.map(({ norm }) => norm))
  const stems = new Set(known.map(({ stem }) => stem))
  const isForeign = (token: Token, n: number): boolean =>
    namesSomething(token, n, stems) && !norms.has(token.norm)
  if (partTexts(parts).some((text) => tokenize(text).some(isForeign)))
    return 'something that its source does not say'
  const told = new Set(tokenize(source.row).map(({ stem }) => stem))
  const isNamed = (token: Token): boolean =>
    token.role !== 'content' || told.has(token.stem) || isPlainAction(token)
  if (!tokenize(parts.do).every(isNamed)) return 'an action that its row does not name'
  const said = `${parts.do} ${parts.notWhen ?? ''}`
  const isTurned = denies(parts.do)
    ? !denies(source.row.replace(ERROR, ''))
    : denies(ruleOf(source.row)) && !denies(said)
  return isTurned ? 'the opposite of its source' : null
}

const REPEATED_WORDS_MAX = 6

/** Longer stretches of a quote stand in the row too. */
function repeatsQuotes(text: string, { row, quotes }: LessonSource): boolean {
  const words = wordsOf(text)
  const [known, ...said] = [row, ...quotes].map((one) => ` ${wordsOf(one).join(' ')} `)
  return words.slice(REPEATED_WORDS_MAX).some((_, at) => {
    const stretch = ` ${words.slice(at, at + REPEATED_WORDS_MAX + 1).join(' ')} `
    return said.some((one) => one.includes(stretch)) && known?.includes(stretch) === false
  })
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Numbers, names, code, paths, commands: what cannot be put in other words. */
function namesSomething(token: Token, n: number, stems: ReadonlySet<string>): boolean {
  if (token.kind !== 'word') return true
  if (isEntity(token, n === 0)) return true
  const isCapital = n === 0 && token.role === 'content' && /^\p{Lu}/u.test(token.text)
  return isCapital && !stems.has(token.stem)
}

/** What any lesson may tell to do; all else has to stand in its source. */
const PLAIN_ACTIONS = contentStems(`
  check verify confirm ensure make sure look read find see know run use call pass give set take get
  keep choose wait ask try retry repeat start begin first before instead again same other right
  correct valid existing exact proper value argument option name file tool command step way rule
`)

function isPlainAction({ stem }: Token): boolean {
  return PLAIN_ACTIONS.has(stem)
}

/** An error that speaks of what is not there denies nothing. */
const ERROR = /“[^”]*”/g

function denies(text: string): boolean {
  return /\bwithout\b/i.test(text) || tokenize(text).some(({ norm }) => NEGATIONS.has(norm))
}

/** What a generated lesson tells to do: after the last colon behind the error, or all of it. */
function ruleOf(row: string): string {
  const counts = countsIn(row) ?? ''
  const plain = row.replace(counts, '')
  return failureIn(row) === null ? plain : (plain.split(': ').at(-1) ?? plain)
}

/** By the tool or its error; what a user said, by most of its words. */
function isFindable(prose: string, row: string): boolean {
  const failure = failureIn(row)
  if (failure === null) return isSaid(row, contentStems(prose))
  return prose.includes(failure.what) || prose.includes(failure.error)
}
