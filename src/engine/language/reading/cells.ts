import { withoutOpener } from '../cues.ts'
import { FUNCTION_PHRASES } from '../synonyms/forces.ts'
import { isVerbStem } from '../synonyms/synonyms.ts'
import { wordStem } from '../synonyms/word-stem.ts'
import { type PartOfSpeech, type TaggedToken, taggedTokens } from '../tagged-tokens.ts'
import { isEntity, type TokenKind } from '../tokens.ts'
import { isKnownVerb, isPastForm } from '../verbs.ts'

/** One word of a text, ready to be given a meaning: contractions and hyphens are taken apart. */
export interface Cell {
  readonly kind: TokenKind
  readonly text: string
  /** Lower case; abbreviations in one spelling. */
  readonly norm: string
  readonly lemma: string
  readonly pos: PartOfSpeech
  /** The marks between the word before and this one. */
  readonly gap: string
  /** Porter stem. */
  readonly stem: string
  readonly isPossessive: boolean
  /** Stands for one particular thing. */
  readonly isName: boolean
}

/** The words of a text, without talk in front of it. */
export function cellsOf(text: string): readonly Cell[] {
  const plain = plainText(text)
  let end = 0
  const cells = taggedTokens(plain).flatMap((token) => {
    const gap = plain.slice(end, token.start)
    const isStart = end === 0 || /[.!?:]\s*$/.test(plain.slice(0, token.start))
    end = token.end
    return apart(token, gap, isStart)
  })
  return withFunctionWords(cells).map(retagged)
}

/** Without marks of lists and emphasis, and with one spelling of what is written with signs. */
function plainText(text: string): string {
  // "No deploys on Friday" denies; only "No, ..." is talk.
  const bare = /^\s*no\s/i.test(text) ? text : withoutOpener(text)
  return bare
    .replaceAll('’', "'")
    .replace(/^[\s>#*-]+\s/, '')
    .replace(/(?<=^|\s)[*_~]+|[*_~]+(?=[\s.,;:!?]|$)/g, '')
    .replace(/(?<=\d)\s+%/g, '%')
    .replace(/\bp\.\s?a\./g, 'per year')
    .replace(/\bno\.\s?(?=\d)/gi, 'number ')
    .replace(/\s&\s/g, ' and ')
}

const UNIT = /^[\p{L}\d]+\/(?:s|sec|second|min|minute|h|hour|day|week|month|quarter|year)$/u
const HYPHENATED = /^\p{L}+(?:-\p{L}+)+$/u

function apart(token: TaggedToken, gap: string, isStart: boolean): readonly Cell[] {
  const lower = token.text.toLowerCase()
  const base = {
    kind: token.kind,
    text: token.text,
    pos: token.pos,
    stem: token.stem,
    isPossessive: /'s?$/.test(lower),
    isName: isEntity(token, isStart),
  }
  const parts = partsOf(token, lower)
  if (parts === null) return [{ ...base, norm: normOf(token), lemma: token.lemma, gap }]
  return parts.map((part, n) => ({
    ...base,
    kind: /^\d/.test(part) ? 'number' : 'word',
    norm: part,
    lemma: part,
    pos: AUXILIARIES.has(part) ? 'AUX' : token.pos,
    gap: n === 0 ? gap : '-',
  }))
}

function partsOf(token: TaggedToken, lower: string): readonly string[] | null {
  const contraction = CONTRACTIONS.get(lower) ?? contractionOf(lower)
  if (contraction !== null) return contraction.split(' ')
  if (token.kind === 'path' && UNIT.test(lower)) return lower.replace('/', '/per/').split('/')
  if (token.kind !== 'word' || !HYPHENATED.test(token.norm)) return null
  return token.norm.split('-')
}

const AUXILIARIES: ReadonlySet<string> = new Set('have are will is would'.split(' '))

const CONTRACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cannot: 'can not',
    "can't": 'can not',
    "won't": 'will not',
    "shan't": 'shall not',
    "i'm": 'i am',
    "let's": 'let us',
    "it's": 'it is',
    "that's": 'that is',
    "there's": 'there is',
    "what's": 'what is',
    "who's": 'who is',
    "he's": 'he is',
    "she's": 'she is',
  }),
)

function contractionOf(lower: string): string | null {
  const [, before, after] = /^(\p{L}+?)(n't|'ve|'re|'ll|'d)$/u.exec(lower) ?? []
  if (before === undefined || after === undefined) return null
  const word = { "n't": 'not', "'ve": 'have', "'re": 'are', "'ll": 'will', "'d": 'would' }[after]
  return `${before} ${word}`
}

function normOf(token: TaggedToken): string {
  if (token.kind !== 'word' && token.kind !== 'identifier') return token.norm.replace(/\/$/, '')
  return token.norm.toLowerCase().replace(/'s?$/, '')
}

/** The tagger takes many a verb for a noun: "support forwards reports", "the queue feeds it". */
function retagged(cell: Cell, at: number, cells: readonly Cell[]): Cell {
  const before = cells[at - 1]
  const after = cells[at + 1]
  if (isDoneBy(before, cell, after) || isOrderAt(cells, at)) return { ...cell, pos: 'VERB' }
  if (isNounBeforeOf(before, cell, after)) return { ...cell, pos: 'NOUN' }
  if (cell.norm === 'like' && at > 0 && !cells.slice(0, at).some(isVerbal))
    return { ...cell, pos: 'VERB' }
  if (!/^(?:NOUN|PROPN|ADV|ADJ)$/.test(cell.pos) || cell.isName || cell.gap !== ' ') return cell
  if (before === undefined || after === undefined || before.isPossessive) return cell
  const isInflected = /[^s]s$/.test(cell.norm) || isPastForm(cell)
  if (!isInflected || !/^(?:NOUN|PROPN)$/.test(before.pos)) return cell
  if (/^(?:VERB|AUX)$/.test(after.pos) && !isPastForm(after)) return cell
  const isBeforeObject = /^(?:DET|PROPN|PRON|NUM)$/.test(after.pos) || after.isName
  const isVerb = isKnownVerb(cell) || (isBeforeObject && isVerbStem(wordStem(cell.norm)))
  return isVerb ? { ...cell, pos: 'VERB' } : cell
}

/** "Check the pump", "Ask Ivo": a bare verb in front, an object behind it, no other verb. */
function isOrderAt(cells: readonly Cell[], at: number): boolean {
  const [first, second] = cells
  if (at > 0 || first?.kind !== 'word' || second === undefined || second.gap !== ' ') return false
  if (/(?:ing|ed|s)$/.test(first.norm) || !isVerbStem(wordStem(first.norm))) return false
  const isPlain = PLAIN_ORDERS.test(first.norm) && second.pos !== 'VERB'
  if (!isPlain && !/^(?:DET|PRON)$/.test(second.pos) && !second.isName) return false
  const stop = cells.findIndex(({ gap }, n) => n > 0 && /[,.;:]/.test(gap))
  return !cells.slice(1, stop < 0 ? undefined : stop).some(({ pos }) => /^(?:VERB|AUX)$/.test(pos))
}

function isVerbal({ pos }: Cell): boolean {
  return pos === 'VERB' || pos === 'AUX'
}

/** In front of a sentence they are never nouns with a word behind them. */
const PLAIN_ORDERS = /^(?:use|avoid|keep|send|add|put|prefer|write|ask|never|follow|give|bring)$/

/** "Launch of the page": in front of "of" stands what happens, not an order. */
function isNounBeforeOf(before: Cell | undefined, cell: Cell, after: Cell | undefined): boolean {
  if (cell.pos !== 'VERB' || after?.norm !== 'of' || OF_VERBS.test(cell.norm)) return false
  return before === undefined || before.pos === 'DET'
}

const OF_VERBS = /^(?:think|dispose|speak|beware|hear|dream|know|consist|approve|learn|talk)/

/** "is being ridden by", "gets validated": nothing but a participle stands there. */
function isDoneBy(before: Cell | undefined, cell: Cell, after: Cell | undefined): boolean {
  const isBe = /^(?:is|are|was|were|be|been|being)$/.test(before?.norm ?? '')
  const isGet = /^(?:gets?|got|getting)$/.test(before?.norm ?? '')
  return (
    (isBe && after?.norm === 'by' && /(?:ed|n|t)$/.test(cell.norm)) ||
    (isGet && /ed$/.test(cell.norm))
  )
}

/** "prior to" stands as "before". */
function withFunctionWords(cells: readonly Cell[]): readonly Cell[] {
  const out: Cell[] = []
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]
    if (cell === undefined) break
    const length = [5, 4, 3, 2].find((size) => functionWord(cells, at, size) !== undefined) ?? 0
    const words = functionWord(cells, at, length)
      ?.split(' ')
      .filter((word) => word !== '')
    if (words === undefined) out.push(cell)
    else {
      for (const norm of words)
        out.push({ ...cell, norm, lemma: norm, pos: posOf(norm), isName: false })
    }
    at += Math.max(1, length)
  }
  return out
}

function posOf(norm: string): PartOfSpeech {
  if (/^(?:must|be|can)$/.test(norm)) return 'AUX'
  return norm === 'not' ? 'PART' : 'ADP'
}

const PHRASE_STARTS: ReadonlySet<string> = new Set(
  Object.keys(FUNCTION_PHRASES).map((phrase) => phrase.split(' ')[0] ?? ''),
)

function functionWord(cells: readonly Cell[], at: number, size: number): string | undefined {
  if (size < 2 || !PHRASE_STARTS.has(cells[at]?.norm ?? '')) return undefined
  const run = cells.slice(at, at + size)
  if (run.length < size) return undefined
  return FUNCTION_PHRASES[run.map(({ norm }) => norm).join(' ')]
}
