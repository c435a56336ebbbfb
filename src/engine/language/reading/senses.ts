import { remembered } from '../../../core/text/remembered.ts'
import { groupsOf, phraseAt } from '../synonyms/synonyms.ts'
import { wordStem } from '../synonyms/word-stem.ts'
import type { PartOfSpeech } from '../tagged-tokens.ts'
import { type Cell, cellsOf } from './cells.ts'
import { EMPTY_PHRASES, EMPTY_WORDS } from './empty-words.ts'
import { quantityAt } from './quantities.ts'

/** What a text says, word by word, as two texts are laid over each other. */
export interface Sense {
  /** Two senses match where they share a key: a stem, a group of synonyms, an amount. */
  readonly keys: ReadonlySet<string>
  /** As written, for reasons and for joining "trade mark" to "trademark". */
  readonly words: readonly Cell[]
  readonly kind: 'word' | 'name' | 'amount' | 'time' | 'frequency'
  /** Carries next to nothing: may stand on one side only. */
  readonly isEmpty: boolean
  readonly pos: PartOfSpeech
  /** A phrase word by word, for where the other text has no such phrase. */
  readonly parts: readonly Sense[]
}

const TEXTS_REMEMBERED = 500

/** The senses of a text in its order: words, phrases and quantities, each once. */
export const sensesOf: (text: string) => readonly Sense[] = remembered(TEXTS_REMEMBERED, read)

function read(text: string): readonly Sense[] {
  const cells = cellsOf(text)
  const senses: Sense[] = []
  for (let at = 0; at < cells.length; ) {
    const sense = quantitySense(cells, at) ?? phraseSense(cells, at) ?? wordSense(cells, at)
    if (sense === null) break
    senses.push(sense)
    at += sense.words.length
  }
  return senses
}

function quantitySense(cells: readonly Cell[], at: number): Sense | null {
  const quantity = quantityAt(cells, at)
  if (quantity === null) return null
  const { length, keys, kind } = quantity
  const words = cells.slice(at, at + length)
  return { keys: new Set(keys), words, kind, isEmpty: false, pos: 'NUM', parts: [] }
}

const SPEAKERS: ReadonlySet<string> = new Set('i me we us'.split(' '))
const DENIALS: ReadonlySet<string> = new Set('not never no nor neither'.split(' '))

/** "Nobody may enter" says that one must not. */
const MODAL = /^(?:may|must|can|should|shall)$/

/** The longest phrase of the lexicon that begins here. */
function phraseSense(cells: readonly Cell[], at: number): Sense | null {
  const first = cells[at]
  if (first === undefined || first.kind !== 'word') return null
  const found = phraseAt(stemsOf(first), (n) => {
    const cell = cells[at + n]
    return cell === undefined || (n > 0 && /[.,;:!?()]/.test(cell.gap)) ? null : stemsOf(cell)
  })
  if (found === null || (found.length === 2 && isNounBefore(first, cells[at + 1], at))) return null
  const words = cells.slice(at, at + found.length)
  return {
    keys: new Set([...found.groups, words.map(({ norm }) => norm).join(' ')]),
    words,
    kind: 'word',
    isEmpty: EMPTY_PHRASES.has(words.map(({ lemma }) => lemma).join(' ')),
    pos: first.pos,
    parts: words.flatMap((_, n) => wordSense(cells, at + n) ?? []),
  }
}

/** "the log in the product" is no "log in". */
function isNounBefore({ pos }: Cell, next: Cell | undefined, at: number): boolean {
  return pos === 'NOUN' && at > 0 && next?.pos === 'ADP' && next.gap !== '-'
}

function wordSense(cells: readonly Cell[], at: number): Sense | null {
  const cell = cells[at]
  if (cell === undefined) return null
  const stems = stemsOf(cell)
  const isName = cell.isName && /^\p{Lu}\p{Ll}/u.test(cell.text)
  const isWord = /^(?:word|identifier)$/.test(cell.kind) || /^\p{L}+$/u.test(cell.norm)
  const groups = isWord ? stems.flatMap((stem) => groupsOf(stem, isName)) : []
  const isUser = cell.norm === 'user' && (at === 0 || cell.isPossessive)
  const isForbidden = cell.norm === 'nobody' && MODAL.test(cells[at + 1]?.norm ?? '')
  const denial = isForbidden || DENIALS.has(cell.norm) ? ['not'] : []
  const speaker = isUser || SPEAKERS.has(cell.norm) ? ['speaker'] : []
  return {
    keys: new Set([...stems, ...groups, ...denial, ...speaker]),
    words: [cell],
    kind: cell.isName ? 'name' : 'word',
    isEmpty: EMPTY_WORDS.has(cell.norm) || EMPTY_WORDS.has(cell.lemma) || isUser,
    pos: cell.pos,
    parts: [],
  }
}

/** One word is asked for its stems by every phrase that it could be part of. */
const stemsByCell = new WeakMap<Cell, readonly string[]>()

function stemsOf(cell: Cell): readonly string[] {
  const known = stemsByCell.get(cell)
  if (known !== undefined) return known
  const stems = readStems(cell)
  stemsByCell.set(cell, stems)
  return stems
}

function readStems({ norm, lemma, kind, text }: Cell): readonly string[] {
  if (kind !== 'word' && !/^\p{L}+$/u.test(norm)) {
    return [norm, norm.toLowerCase(), ...(kind === 'identifier' ? [wordStem(norm)] : [])]
  }
  const stem = wordStem(norm)
  const own = wordStem(text.toLowerCase().replace(/'s?$/, ''))
  const base = wordStem(lemma)
  const isSplit = /[-'/]/.test(text)
  return [...new Set(isSplit ? [stem] : lemma === norm ? [stem, own] : [stem, own, base])]
}
