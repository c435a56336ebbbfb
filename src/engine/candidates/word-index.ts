import { BestFew } from './best-few.ts'
import { canReach, mixedSimilarity, wordSimilarity } from './word-similarity.ts'
import { endOf, lengthOf, startOf, type WordTable } from './word-table.ts'

/** Postings that one search may read: what keeps a search from growing with the store. */
const POSTINGS_READ_MAX = 20_000
/** Entries that get the exact similarity, as a multiple of the neighbours wanted. */
const TRIED_PER_NEIGHBOUR = 4
/** Above this no neighbour is missed, unless its words are in thousands of entries each. */
const SURE_SIMILARITY = 0.5
/** A word in no more entries than this is the name of something. */
const RARE_ENTRIES_MAX = 3

/** An entry by its position, and how alike it is. */
export interface NearWords {
  readonly at: number
  readonly similarity: number
}

/**
 * Nearest entries by shared words. Shared stems are summed up over inverted lists, rare ones
 * first; the best get the exact similarity, and so does whoever may still reach 0.5.
 */
export class WordIndex {
  readonly #table: WordTable
  /** Of the running search: the cosine so far and the shared stems, by entry. */
  readonly #cosines: Float64Array
  readonly #shared: Uint16Array
  /** 1 for the grams of the entry that is searched for. */
  readonly #gramMarks: Uint8Array
  readonly #touched: number[] = []

  constructor(table: WordTable) {
    this.#table = table
    this.#cosines = new Float64Array(table.size)
    this.#shared = new Uint16Array(table.size)
    this.#gramMarks = new Uint8Array(table.gramCount)
  }

  similarity(a: number, b: number): number {
    return wordSimilarity(this.#table, a, b)
  }

  /** The `count` most alike, most alike first, equal ones by position. */
  nearest(position: number, count: number): readonly NearWords[] {
    const unread = this.#sumUp(position)
    this.#markGrams(position, 1)
    const tried = this.#mostShared(position, count * TRIED_PER_NEIGHBOUR)
    const best = new BestFew(count)
    for (const at of tried) {
      if (this.#boundOf(position, at, unread) < best.least()) continue
      best.offer(at, this.#scoreOf(position, at, unread))
    }
    const known = new Set(tried)
    let floor = Math.max(SURE_SIMILARITY, best.least())
    for (const at of this.#touched) {
      if (!this.#canReach(floor, at, unread) || this.#boundOf(position, at, unread) < floor)
        continue
      if (at === position || known.has(at)) continue
      best.offer(at, this.#scoreOf(position, at, unread))
      floor = Math.max(SURE_SIMILARITY, best.least())
    }
    this.#markGrams(position, 0)
    this.#forget()
    return best.positions().map((at) => ({ at, similarity: this.similarity(position, at) }))
  }

  /** Entries that share a word with this one that hardly any other has: a name, an id. */
  sharingRareWord(position: number): readonly number[] {
    const { stems, postings } = this.#table
    const found = new Set<number>()
    for (let at = startOf(stems, position); at < endOf(stems, position); at += 1) {
      const stem = stems.values[at] ?? 0
      if (lengthOf(postings, stem) > RARE_ENTRIES_MAX) continue
      for (let n = startOf(postings, stem); n < endOf(postings, stem); n += 1) {
        found.add(postings.values[n] ?? 0)
      }
    }
    found.delete(position)
    return [...found].sort((a, b) => a - b)
  }

  /** By the cosine of the running search. */
  #mostShared(position: number, count: number): readonly number[] {
    const most = new BestFew(count)
    let least = most.least()
    for (const at of this.#touched) {
      const cosine = this.#cosines[at] ?? 0
      if (cosine < least || at === position) continue
      most.offer(at, cosine)
      least = most.least()
    }
    return most.positions()
  }

  /** Reads the lists of the entry's stems, shortest first; returns what stayed unread. */
  #sumUp(position: number): Unread {
    const { stems, weights, postings, postingWeights } = this.#table
    const own = rowOf(startOf(stems, position), endOf(stems, position)).map((at) => ({
      stem: stems.values[at] ?? 0,
      weight: weights[at] ?? 0,
    }))
    own.sort((x, y) => lengthOf(postings, x.stem) - lengthOf(postings, y.stem) || x.stem - y.stem)
    let read = 0
    let unreadSquares = 0
    let unreadStems = 0
    for (const { stem, weight } of own) {
      read += lengthOf(postings, stem)
      if (read > POSTINGS_READ_MAX) {
        unreadSquares += weight * weight
        unreadStems += 1
        continue
      }
      for (let n = startOf(postings, stem); n < endOf(postings, stem); n += 1) {
        this.#add(postings.values[n] ?? 0, weight * (postingWeights[n] ?? 0))
      }
    }
    return { cosine: Math.sqrt(unreadSquares), stems: unreadStems }
  }

  #add(at: number, product: number): void {
    const shared = this.#shared[at] ?? 0
    if (shared === 0) this.#touched.push(at)
    this.#shared[at] = shared + 1
    this.#cosines[at] = (this.#cosines[at] ?? 0) + product
  }

  /** The similarity by what the running search knows: summed in another order, so rounded so. */
  #scoreOf(position: number, at: number, unread: Unread): number {
    if (unread.stems > 0) return this.similarity(position, at)
    const { grams } = this.#table
    let common = 0
    for (let n = startOf(grams, at); n < endOf(grams, at); n += 1) {
      common += this.#gramMarks[grams.values[n] ?? 0] ?? 0
    }
    return this.#similarityIf(position, at, unread, common)
  }

  #canReach(similarity: number, at: number, unread: Unread): boolean {
    const cosine = (this.#cosines[at] ?? 0) + unread.cosine
    return canReach(similarity, cosine, (this.#shared[at] ?? 0) + unread.stems)
  }

  /** The most that the similarity can be. */
  #boundOf(position: number, at: number, unread: Unread): number {
    const { grams } = this.#table
    const fewer = Math.min(lengthOf(grams, position), lengthOf(grams, at))
    return this.#similarityIf(position, at, unread, fewer)
  }

  #similarityIf(position: number, at: number, unread: Unread, grams: number): number {
    const cosine = (this.#cosines[at] ?? 0) + unread.cosine
    const common = (this.#shared[at] ?? 0) + unread.stems
    return mixedSimilarity(this.#table, position, at, { cosine, common, grams })
  }

  #markGrams(position: number, mark: number): void {
    const { grams } = this.#table
    for (let n = startOf(grams, position); n < endOf(grams, position); n += 1) {
      this.#gramMarks[grams.values[n] ?? 0] = mark
    }
  }

  #forget(): void {
    for (const at of this.#touched) {
      this.#cosines[at] = 0
      this.#shared[at] = 0
    }
    this.#touched.length = 0
  }
}

/** What the stems whose lists were not read could add at most. */
interface Unread {
  readonly cosine: number
  readonly stems: number
}

function rowOf(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, n) => start + n)
}
