import type { Slot } from '../../core/claim.ts'
import { type Sketch, SketchIndex } from '../candidates/sketch-index.ts'
import { WordIndex } from '../candidates/word-index.ts'
import { wordTable } from '../candidates/word-table.ts'
import type { Entry } from '../entry.ts'
import { normalizedText } from '../language/tokens.ts'

/** All entries of one audience, in the order of their places, with everything they are found by. */
export interface EntryIndex {
  readonly entries: readonly Entry[]
  /** Entries of equal normalised text, and of equal slot, by position; groups of two and more. */
  readonly byText: Groups
  readonly bySlot: Groups
  readonly words: WordIndex
  readonly vectors: SketchIndex
}

/** Positions that have something in common, by the position of each of them. */
export type Groups = ReadonlyMap<number, readonly number[]>

/** The sketch of a text's vector; empty = none was made. */
export type SketchOf = (text: string) => Sketch

/**
 * Stage `index`: the entries of each audience in an index of their own, so that nothing of one,
 * not even how rare a word is, shows in another. A pure function of the entries, in any order.
 */
export function indexEntries(
  entries: readonly Entry[],
  sketchOf: SketchOf = () => '',
): readonly EntryIndex[] {
  const byAudience = Map.groupBy(entries, ({ audience }) => audience)
  return [...byAudience.values()].map((part) => indexOf(part, sketchOf))
}

function indexOf(part: readonly Entry[], sketchOf: SketchOf): EntryIndex {
  const places = new Map(part.map((entry) => [entry, placeOf(entry)]))
  const orderOf = (entry: Entry): string => places.get(entry) ?? ''
  const entries = [...part].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  return {
    entries,
    byText: groupsOf(entries, ({ text }) => normalizedText(text)),
    bySlot: groupsOf(entries, ({ statement }) => slotKey(statement.slot)),
    words: new WordIndex(wordTable(entries.map(({ text }) => text))),
    vectors: new SketchIndex(entries.map(({ text }) => sketchOf(text))),
  }
}

const ORDINAL_DIGITS = 8

/**
 * Where an entry stands, claims first: equal stores and sessions give the same order in every state
 * folder, though the ids of their units differ.
 */
function placeOf({ key, source }: Entry): string {
  if (source.kind === 'claim') return `1 ${key}`
  const { path, ordinal, id } = source.unit
  return `2 ${path} ${String(ordinal).padStart(ORDINAL_DIGITS, '0')}${key.slice(id.length)}`
}

function slotKey(slot: Slot | null): string | null {
  return slot === null ? null : `${slot.attribute}: ${slot.subject}`
}

function groupsOf(entries: readonly Entry[], keyOf: (entry: Entry) => string | null): Groups {
  const lists = new Map<string, number[]>()
  for (const [at, entry] of entries.entries()) {
    const key = keyOf(entry)
    if (key === null) continue
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [at])
    else list.push(at)
  }
  const shared = [...lists.values()].filter((list) => list.length > 1)
  return new Map(shared.flatMap((list) => list.map((at) => [at, list] as const)))
}
