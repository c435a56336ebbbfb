import { stemmer } from 'stemmer'
import { compareBinary } from './binary-order.ts'
import type { SearchHit } from './storage.ts'

/** A memory as search sees it; its path is searched too. */
export interface Searchable {
  readonly path: string
  readonly content: string
}

/** Words of a query beyond these are not looked for. */
const QUERY_WORDS_MAX = 32
const SNIPPET_CHARS_MAX = 160
/** How fast further occurrences of a word in one memory stop to matter, as k1 of BM25. */
const SATURATION = 1.2

const WORD = /[\p{L}\p{M}\p{N}\p{Co}]+/gu

/** Distinct words of a query in lower case; empty where it holds none. */
export function queryWords(query: string): readonly string[] {
  return [...new Set(query.toLowerCase().match(WORD))].slice(0, QUERY_WORDS_MAX)
}

/** A word as it is compared: without Latin accents, stemmed. */
export function searchTerm(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
  return stemmer(plain.normalize('NFC'))
}

/** Whether a memory holds one of the words. */
export function matchesSearch(memory: Searchable, words: readonly string[]): boolean {
  const terms = new Set(words.map(searchTerm))
  return wordsOf(memory).some((word) => terms.has(searchTerm(word)))
}

/**
 * Best first, then by path. Counts over this store's matches only: a rank of the full-text index
 * would be computed over every workspace in it, and so show through what the others hold.
 */
export function rankMatches(
  matches: readonly Searchable[],
  words: readonly string[],
  limit: number,
): readonly SearchHit[] {
  const terms = [...new Set(words.map(searchTerm))]
  const counted = matches.map((memory) => ({ memory, counts: countTerms(memory, terms) }))
  const holders = new Map(
    terms.map((term) => [term, counted.filter(({ counts }) => counts.has(term)).length]),
  )
  const weightOf = (term: string): number =>
    Math.log(1 + (matches.length + 1) / ((holders.get(term) ?? 0) + 1))
  return counted
    .map(({ memory, counts }) => ({
      path: memory.path,
      snippet: snippetOf(memory.content, terms),
      score: [...counts].reduce(
        (sum, [term, count]) => sum + (weightOf(term) * count) / (count + SATURATION),
        0,
      ),
    }))
    .sort((a, b) => b.score - a.score || compareBinary(a.path, b.path))
    .slice(0, Math.max(0, Math.trunc(limit)))
}

function wordsOf({ path, content }: Searchable): readonly string[] {
  return `${path}\n${content}`.match(WORD) ?? []
}

function countTerms(memory: Searchable, terms: readonly string[]): ReadonlyMap<string, number> {
  const wanted = new Set(terms)
  const counts = new Map<string, number>()
  for (const word of wordsOf(memory)) {
    const term = searchTerm(word)
    if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return new Map(
    terms.flatMap((term) => {
      const count = counts.get(term)
      return count === undefined ? [] : [[term, count]]
    }),
  )
}

/** The line of the first match, clipped around it; the first line where only the path matches. */
function snippetOf(content: string, terms: readonly string[]): string {
  const wanted = new Set(terms)
  const first =
    [...content.matchAll(WORD)].find(([word]) => wanted.has(searchTerm(word)))?.index ?? 0
  const lineStart = content.slice(0, first).lastIndexOf('\n') + 1
  const nextBreak = content.indexOf('\n', first)
  const lineEnd = nextBreak === -1 ? content.length : nextBreak
  const start = Math.max(lineStart, first - SNIPPET_CHARS_MAX / 2)
  const end = Math.min(lineEnd, start + SNIPPET_CHARS_MAX)
  return [
    start > lineStart ? '…' : '',
    content.slice(...wholeCharacters(content, start, end)).trim(),
    end < lineEnd ? '…' : '',
  ].join('')
}

/** Moves both ends inwards where they would cut a surrogate pair in two. */
function wholeCharacters(text: string, start: number, end: number): [number, number] {
  const isInsidePair = (at: number): boolean =>
    /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) &&
    /[\ud800-\udbff]$/.test(text.slice(Math.max(0, at - 1), at))
  return [isInsidePair(start) ? start + 1 : start, isInsidePair(end) ? end - 1 : end]
}
