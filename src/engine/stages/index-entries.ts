import type { Slot } from '../../core/claim.ts'
import type { Entry } from '../entry.ts'
import { gramsOf, type TextFeatures, textFeatures } from '../language/compare/similarity.ts'
import { contentStems, normalizedText } from '../language/tokens.ts'

/** An entry with everything that pairs are searched by. */
export interface IndexedEntry {
  readonly entry: Entry
  readonly features: TextFeatures
  readonly hash: string
  /** Null where the statement has no slot. */
  readonly slotKey: string | null
}

/** An inverted index in memory; a pure function of the entries, in the order of their keys. */
export interface EntryIndex {
  readonly entries: readonly IndexedEntry[]
  /** Positions in `entries` by normalised text, slot, stem and character n-gram. */
  readonly byHash: Postings
  readonly bySlot: Postings
  readonly byStem: Postings
  readonly byGram: Postings
}

export type Postings = ReadonlyMap<string, readonly number[]>

/** Stage `index`: builds the index of all entries. */
export function indexEntries(entries: readonly Entry[]): EntryIndex {
  const sorted = [...entries].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const byStem = postingsOf(sorted, ({ text }) => [...contentStems(text)])
  const weight = (stem: string): number =>
    Math.log(1 + sorted.length / (byStem.get(stem)?.length ?? 1))
  const indexed = sorted.map((entry) => ({
    entry,
    features: textFeatures(entry.text, weight),
    hash: `${entry.audience} ${normalizedText(entry.text)}`,
    slotKey: entry.statement.slot === null ? null : slotKey(entry, entry.statement.slot),
  }))
  return {
    entries: indexed,
    byHash: postingsOf(indexed, ({ hash }) => [hash]),
    bySlot: postingsOf(indexed, (one) => (one.slotKey === null ? [] : [one.slotKey])),
    byStem,
    byGram: postingsOf(sorted, ({ text }) => [...gramsOf(text)]),
  }
}

function slotKey({ audience }: Entry, { subject, attribute }: Slot): string {
  return `${audience} ${attribute}: ${subject}`
}

function postingsOf<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Postings {
  const postings = new Map<string, number[]>()
  for (const [position, item] of items.entries()) {
    for (const key of keysOf(item)) {
      const list = postings.get(key)
      if (list === undefined) postings.set(key, [position])
      else list.push(position)
    }
  }
  return postings
}
