import { BestFew } from '../candidates/best-few.ts'
import type { Entry } from '../entry.ts'
import type { EntryIndex } from './index-entries.ts'

/** Two entries worth judging; `a` stands before `b` in the index. */
export interface Pair {
  readonly a: Entry
  readonly b: Entry
  /** 0..1, lexical. */
  readonly similarity: number
}

/** Less alike by words alone is not worth judging. */
const SIMILARITY_MIN = 0.2
/** Signs in which two vectors of a cosine of 0.55 differ: paraphrases go down to 0.6. */
const VECTOR_BITS_MAX = 120
/** Of those with the same slot so many get the exact similarity. */
const SAME_SLOT_MAX = 200

/**
 * Stage `pair`: for every new entry those of its audience that are worth judging: equal texts,
 * statements of the same slot, the most alike by words (at most `neighboursMax` of all these),
 * for a claim the nearest vectors, and whatever shares a word that hardly any other entry has. Most similar
 * pairs first; equal ones by place, so that neither the order of the entries nor their ids matter.
 * `breathe` has a turn between some entries.
 */
export async function findPairs(
  indexes: readonly EntryIndex[],
  isNew: (entry: Entry) => boolean,
  neighboursMax: number,
  breathe?: () => Promise<void>,
): Promise<readonly Pair[]> {
  const pairs: (readonly Pair[])[] = []
  for (const index of indexes) pairs.push(await pairsIn(index, isNew, neighboursMax, breathe))
  return pairs.flat().sort(bySimilarity)
}

const ENTRIES_PER_TURN = 100

async function pairsIn(
  index: EntryIndex,
  isNew: (entry: Entry) => boolean,
  neighboursMax: number,
  breathe: (() => Promise<void>) | undefined,
): Promise<readonly Pair[]> {
  const { entries } = index
  const found = new Map<number, Pair>()
  for (const [at, entry] of entries.entries()) {
    if (at % ENTRIES_PER_TURN === 0) await breathe?.()
    if (!isNew(entry)) continue
    for (const other of neighbours(index, at, neighboursMax)) {
      const [left, right] = at < other ? [at, other] : [other, at]
      const [a, b] = [entries[left], entries[right]]
      const id = left * entries.length + right
      if (a === undefined || b === undefined || found.has(id)) continue
      found.set(id, { a, b, similarity: similarityOf(index, left, right) })
    }
  }
  return [...found.values()]
}

/** Positions, each once. */
function neighbours(index: EntryIndex, at: number, max: number): ReadonlySet<number> {
  const equal = others(index.byText.get(at), at, max)
  const sameSlot = sameSlotOf(index, at, max - equal.length)
  const near = index.words
    .nearest(at, max)
    .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
    .map((one) => one.at)
  const first = [...new Set([...equal, ...sameSlot, ...near])].slice(0, max)
  return new Set([...first, ...nearVectors(index, at, max), ...index.words.sharingRareWord(at)])
}

/** Of what a session says: notes are told in the words of their store, people in their own. */
function nearVectors({ entries, vectors }: EntryIndex, at: number, max: number): readonly number[] {
  if (entries[at]?.source.kind !== 'claim') return []
  return vectors.nearest(at, max, VECTOR_BITS_MAX).map((one) => one.at)
}

function sameSlotOf(index: EntryIndex, at: number, max: number): readonly number[] {
  const best = new BestFew(max)
  for (const other of others(index.bySlot.get(at), at, SAME_SLOT_MAX)) {
    best.offer(other, index.words.similarity(at, other))
  }
  return best.positions()
}

/** The first of a group, but for one: thousands may say the same. */
function others(group: readonly number[] | undefined, at: number, max: number): readonly number[] {
  return (group ?? [])
    .slice(0, max + 1)
    .filter((other) => other !== at)
    .slice(0, max)
}

function similarityOf({ byText, words }: EntryIndex, a: number, b: number): number {
  const group = byText.get(a)
  return group !== undefined && group === byText.get(b) ? 1 : words.similarity(a, b)
}

/** Most similar pairs first; equal ones as they came, which is by place. */
export function bySimilarity(x: Pair, y: Pair): number {
  return y.similarity - x.similarity
}
