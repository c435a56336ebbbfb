import type { Entry } from '../entry.ts'
import { similarity } from '../language/compare/similarity.ts'
import type { EntryIndex, IndexedEntry, Postings } from './index-entries.ts'

/** Two entries worth judging; `a` has the smaller key. */
export interface Pair {
  readonly a: Entry
  readonly b: Entry
  /** 0..1, lexical. */
  readonly similarity: number
}

/** Words in more entries than this say too little to propose a pair. */
const COMMON_SHARE = 0.2
const COMMON_MIN = 50
/** Candidates per entry that get the exact similarity, as a multiple of the neighbours kept. */
const CANDIDATES_PER_NEIGHBOUR = 6
const SIMILARITY_MIN = 0.2
const GRAM_WEIGHT = 0.02

/**
 * Stage `pair`: for every new entry its nearest ones of the same audience, at most
 * `neighboursMax` each. Most similar pairs first; equal ones by key, so that the order of the
 * entries does not matter.
 */
export function findPairs(
  index: EntryIndex,
  isNew: (entry: Entry) => boolean,
  neighboursMax: number,
): readonly Pair[] {
  const found = new Map<string, Pair>()
  for (const [position, one] of index.entries.entries()) {
    if (!isNew(one.entry)) continue
    for (const pair of nearest(index, position, neighboursMax)) {
      found.set(`${pair.a.key}\n${pair.b.key}`, pair)
    }
  }
  return [...found.values()].sort(
    (x, y) => y.similarity - x.similarity || compare(x.a.key, y.a.key) || compare(x.b.key, y.b.key),
  )
}

function nearest(index: EntryIndex, position: number, neighboursMax: number): readonly Pair[] {
  const self = index.entries[position]
  if (self === undefined) return []
  return candidates(index, self, position, neighboursMax * CANDIDATES_PER_NEIGHBOUR)
    .flatMap((other) => {
      const near = index.entries[other]
      if (near === undefined || near.entry.audience !== self.entry.audience) return []
      return [{ near, rank: rankOf(self, near), score: scoreOf(self, near) }]
    })
    .filter(({ rank, score }) => rank > 0 || score >= SIMILARITY_MIN)
    .sort(
      (x, y) => y.rank - x.rank || y.score - x.score || compare(x.near.entry.key, y.near.entry.key),
    )
    .slice(0, neighboursMax)
    .map(({ near, score }) => {
      const [a, b] =
        self.entry.key < near.entry.key ? [self.entry, near.entry] : [near.entry, self.entry]
      return { a, b, similarity: score }
    })
}

/** Positions that share a text, a slot or telling words with `self`, best first. */
function candidates(
  index: EntryIndex,
  self: IndexedEntry,
  position: number,
  max: number,
): readonly number[] {
  const scores = new Map<number, number>()
  const addAll = (list: readonly number[] | undefined, weight: number): void => {
    for (const other of list ?? []) scores.set(other, (scores.get(other) ?? 0) + weight)
  }
  addAll(index.byHash.get(self.hash), 100)
  if (self.slotKey !== null) addAll(index.bySlot.get(self.slotKey), 10)
  const common = Math.max(COMMON_MIN, index.entries.length * COMMON_SHARE)
  for (const [stem, weight] of self.features.stems) addAll(rare(index.byStem, stem, common), weight)
  for (const gram of self.features.grams) addAll(rare(index.byGram, gram, COMMON_MIN), GRAM_WEIGHT)
  scores.delete(position)
  return [...scores]
    .sort(([one, x], [two, y]) => y - x || one - two)
    .slice(0, max)
    .map(([other]) => other)
}

function rare(postings: Postings, key: string, max: number): readonly number[] | undefined {
  const list = postings.get(key)
  return list === undefined || list.length > max ? undefined : list
}

/** Equal texts and equal slots are judged before anything that is merely alike. */
function rankOf(a: IndexedEntry, b: IndexedEntry): number {
  if (a.hash === b.hash) return 2
  return a.slotKey !== null && a.slotKey === b.slotKey ? 1 : 0
}

function scoreOf(a: IndexedEntry, b: IndexedEntry): number {
  return a.hash === b.hash ? 1 : similarity(a.features, b.features)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
