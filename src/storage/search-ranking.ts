import { stemmer } from 'stemmer'
import { remembered } from '../core/text/remembered.ts'
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
/** How fast further occurrences of a word in one memory stop to matter: k1 of BM25. */
const SATURATION = 1.2
/** How much longer memories have to hold a word more often: b of BM25. */
const LENGTH_SHARE = 0.75
/** What scores below this share of the best holds next to nothing of the query; it only costs. */
const SCORE_SHARE_MIN = 0.3

/** Stems of words seen lately. */
const STEMS_REMEMBERED = 20_000

const WORD = /[\p{L}\p{M}\p{N}\p{Co}]+/gu

/** Distinct words of a query in lower case; empty where it holds none. */
export function queryWords(query: string): readonly string[] {
  return [...new Set(query.toLowerCase().match(WORD))].slice(0, QUERY_WORDS_MAX)
}

/** A word as it is compared: without Latin accents, stemmed. */
export const searchTerm: (word: string) => string = remembered(STEMS_REMEMBERED, (word) => {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
  return stemmer(plain.normalize('NFC'))
})

/** The terms of a query's words, each once. */
export function searchTerms(words: readonly string[]): readonly string[] {
  return [...new Set(words.map(searchTerm))]
}

/** Which of a store's memories hold a term of a query. */
export interface Holders {
  /** Paths of the memories that hold it, by term. */
  readonly pathsOf: ReadonlyMap<string, readonly string[]>
  /** How many memories hold any of them. */
  readonly matches: number
}

/** Terms by memory, the other way round. */
export function holdersOf(memories: readonly Searchable[], words: readonly string[]): Holders {
  const pathsOf = new Map(searchTerms(words).map((term) => [term, [] as string[]] as const))
  let matches = 0
  for (const memory of memories) {
    const held = new Set(wordsOf(memory).map(searchTerm))
    let isMatch = false
    for (const [term, paths] of pathsOf) {
      if (!held.has(term)) continue
      paths.push(memory.path)
      isMatch = true
    }
    if (isMatch) matches += 1
  }
  return { pathsOf, matches }
}

/**
 * Paths of at most `most` memories to rank, by the weight of the terms that each holds, then by
 * path: reading all that hold a frequent word would take seconds.
 */
export function candidatePaths(holders: Holders, most: number): readonly string[] {
  const sums = new Map<string, number>()
  for (const paths of holders.pathsOf.values()) {
    const weight = weightOf(paths.length, holders.matches)
    for (const path of paths) sums.set(path, (sums.get(path) ?? 0) + weight)
  }
  if (sums.size <= most) return [...sums.keys()]
  const least = [...sums.values()].sort((a, b) => b - a)[most - 1] ?? 0
  const above: string[] = []
  const equal: string[] = []
  for (const [path, sum] of sums) {
    if (sum > least) above.push(path)
    else if (sum === least) equal.push(path)
  }
  return [...above, ...equal.sort(compareBinary).slice(0, most - above.length)]
}

/** Whether a memory holds one of the words. */
export function matchesSearch(memory: Searchable, words: readonly string[]): boolean {
  const terms = new Set(words.map(searchTerm))
  return wordsOf(memory).some((word) => terms.has(searchTerm(word)))
}

/**
 * Best first by BM25 (S. Robertson, 1994), then by path; far weaker ones than the best are left
 * out. Counts over this store's matches only: a rank of the full-text index would be computed over
 * every workspace in it, and so show through what the others hold. `holders` = of all matches, where
 * those given are the candidates among them.
 */
export function rankMatches(
  matches: readonly Searchable[],
  words: readonly string[],
  limit: number,
  holders: Holders | null = null,
): readonly SearchHit[] {
  const terms = searchTerms(words)
  const counted = matches.map((memory) => ({ memory, ...countTerms(memory, terms) }))
  const weights = new Map(terms.map((term) => [term, weightIn(term, counted, holders)] as const))
  const lengthMean = counted.reduce((sum, { length }) => sum + length, 0) / counted.length
  const ranked = counted
    .map(({ memory, counts, length }) => {
      const slowness = SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / lengthMean)
      const score = [...counts].reduce(
        (sum, [term, count]) => sum + ((weights.get(term) ?? 0) * count) / (count + slowness),
        0,
      )
      return { memory, score }
    })
    .sort((a, b) => b.score - a.score || compareBinary(a.memory.path, b.memory.path))
  const scoreMin = SCORE_SHARE_MIN * (ranked[0]?.score ?? 0)
  return ranked
    .slice(0, Math.max(0, Math.trunc(limit)))
    .filter(({ score }) => score >= scoreMin)
    .map(({ memory: { path, content }, score }) => ({
      path,
      snippet: snippetOf(content, terms),
      score,
    }))
}

interface Counted {
  readonly counts: ReadonlyMap<string, number>
  /** Words of the memory. */
  readonly length: number
}

function weightIn(term: string, counted: readonly Counted[], holders: Holders | null): number {
  if (holders !== null) return weightOf(holders.pathsOf.get(term)?.length ?? 0, holders.matches)
  return weightOf(counted.filter(({ counts }) => counts.has(term)).length, counted.length)
}

/** A word that all matches hold says next to nothing. */
function weightOf(holders: number, matches: number): number {
  return Math.log(1 + (matches - holders + 0.5) / (holders + 0.5))
}

function wordsOf({ path, content }: Searchable): readonly string[] {
  return `${path}\n${content}`.match(WORD) ?? []
}

function countTerms(memory: Searchable, terms: readonly string[]): Counted {
  const wanted = new Set(terms)
  const counts = new Map<string, number>()
  const words = wordsOf(memory)
  for (const word of words) {
    const term = searchTerm(word)
    if (wanted.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  // In the order of the query, so that the sum of a score has one order too.
  const ordered = terms.flatMap((term) => {
    const count = counts.get(term)
    return count === undefined ? [] : [[term, count] as const]
  })
  return { counts: new Map(ordered), length: words.length }
}

/**
 * The first line that holds most of the words, clipped around the first of them; the first line of
 * all where only the path matches.
 */
function snippetOf(content: string, terms: readonly string[]): string {
  const first = bestPlace(content, new Set(terms))
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

/** Where in its line the words begin. */
function bestPlace(content: string, wanted: ReadonlySet<string>): number {
  let best = { place: 0, held: 0 }
  let lineStart = 0
  for (const line of content.split('\n')) {
    const found = [...line.matchAll(WORD)]
      .map((match) => ({ term: searchTerm(match[0]), at: match.index }))
      .filter(({ term }) => wanted.has(term))
    const held = new Set(found.map(({ term }) => term)).size
    if (held > best.held) best = { place: lineStart + (found[0]?.at ?? 0), held }
    lineStart += line.length + 1
  }
  return best.place
}

/** Moves both ends inwards where they would cut a surrogate pair in two. */
function wholeCharacters(text: string, start: number, end: number): [number, number] {
  const isInsidePair = (at: number): boolean =>
    /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) &&
    /[\ud800-\udbff]$/.test(text.slice(Math.max(0, at - 1), at))
  return [isInsidePair(start) ? start + 1 : start, isInsidePair(end) ? end - 1 : end]
}
