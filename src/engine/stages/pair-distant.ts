import { BestFew } from '../candidates/best-few.ts'
import { isWholeUnit } from '../entries.ts'
import type { Entry } from '../entry.ts'
import type { EntryIndex } from './index-entries.ts'
import { bySimilarity, type Pair } from './pair.ts'

/** Neighbours of one note that are looked at, by words and by vectors each. */
const NEIGHBOURS = 8
/** Less alike by words: not even one telling word in common. */
const SIMILARITY_MIN = 0.05
/** Signs in which two vectors of a cosine of 0.4 differ. */
const VECTOR_BITS_MAX = 140
const SKETCH_BITS = 384

/**
 * Pairs of whole notes that may tell one thing in other words: one telling word in common, or
 * vectors that are near, is enough. Nearest pairs first. Only worth its price where somebody can
 * read them: rules can do nothing with such pairs.
 */
export function distantPairs(indexes: readonly EntryIndex[]): readonly Pair[] {
  return indexes.flatMap(distantIn).sort(bySimilarity)
}

function distantIn(index: EntryIndex): readonly Pair[] {
  const { entries } = index
  const found = new Map<number, Pair>()
  for (const [at, entry] of entries.entries()) {
    if (!isWholeUnit(entry)) continue
    for (const [other, similarity] of nearest(index, at)) {
      const [left, right] = at < other ? [at, other] : [other, at]
      const [a, b] = [entries[left], entries[right]]
      if (a === undefined || b === undefined) continue
      const id = left * entries.length + right
      const known = found.get(id)
      if (known === undefined || known.similarity < similarity) found.set(id, { a, b, similarity })
    }
  }
  return [...found.values()]
}

/** The best few, by whichever nearness is the greater. */
function nearest(index: EntryIndex, at: number): readonly (readonly [number, number])[] {
  const scores = new Map<number, number>()
  const offer = (other: number, score: number): void => {
    if (!isPartner(index.entries[other])) return
    scores.set(other, Math.max(score, scores.get(other) ?? 0))
  }
  for (const one of index.words.nearest(at, NEIGHBOURS)) {
    if (one.similarity >= SIMILARITY_MIN) offer(one.at, one.similarity)
  }
  for (const one of index.vectors.nearest(at, NEIGHBOURS, VECTOR_BITS_MAX)) {
    offer(one.at, Math.cos((Math.PI * one.bits) / SKETCH_BITS))
  }
  const best = new BestFew(NEIGHBOURS)
  for (const [other, score] of scores) best.offer(other, score)
  return best.positions().map((other) => [other, scores.get(other) ?? 0] as const)
}

function isPartner(entry: Entry | undefined): boolean {
  return entry !== undefined && isWholeUnit(entry)
}
