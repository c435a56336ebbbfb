import { endOf, lengthOf, type Rows, startOf, type WordTable } from './word-table.ts'

/** Stems against character 3-grams; together 1. */
const STEM_SHARE = 0.6
/** A text that says all of another and more is near it, however much longer it is. */
const CONTAINMENT_SHARE = 0.8
const CONTAINED_STEMS_MIN = 3

/** 0..1: weighted stems, character n-grams, and whether one entry says all of the other. */
export function wordSimilarity(table: WordTable, a: number, b: number): number {
  const { cosine, common } = stemOverlap(table, a, b)
  return mixedSimilarity(table, a, b, { cosine, common, grams: commonValues(table.grams, a, b) })
}

/** What two entries share. */
export interface SharedWords {
  /** Of the weighted stems. */
  readonly cosine: number
  /** Stems in both. */
  readonly common: number
  /** Character 3-grams in both. */
  readonly grams: number
}

/** `wordSimilarity` by what is known to be shared; it grows with each of the three. */
export function mixedSimilarity(
  { stems, grams }: WordTable,
  a: number,
  b: number,
  shared: SharedWords,
): number {
  const all = lengthOf(grams, a) + lengthOf(grams, b)
  const dice = all === 0 ? 0 : (2 * shared.grams) / all
  const mixed = STEM_SHARE * shared.cosine + (1 - STEM_SHARE) * dice
  const fewer = Math.min(lengthOf(stems, a), lengthOf(stems, b))
  const contained = fewer < CONTAINED_STEMS_MIN ? 0 : Math.min(fewer, shared.common) / fewer
  return Math.min(1, Math.max(mixed, CONTAINMENT_SHARE * contained))
}

/** Whether entries that share so much can be so alike, however long they are: quick to tell. */
export function canReach(similarity: number, cosine: number, common: number): boolean {
  return (
    STEM_SHARE * cosine + 1 - STEM_SHARE >= similarity ||
    (CONTAINMENT_SHARE * common) / CONTAINED_STEMS_MIN >= similarity
  )
}

function stemOverlap(
  { stems, weights }: WordTable,
  a: number,
  b: number,
): { readonly cosine: number; readonly common: number } {
  const { values } = stems
  const [endA, endB] = [endOf(stems, a), endOf(stems, b)]
  let cosine = 0
  let common = 0
  for (let i = startOf(stems, a), j = startOf(stems, b); i < endA && j < endB; ) {
    const difference = (values[i] ?? 0) - (values[j] ?? 0)
    if (difference === 0) {
      cosine += (weights[i] ?? 0) * (weights[j] ?? 0)
      common += 1
    }
    if (difference <= 0) i += 1
    if (difference >= 0) j += 1
  }
  return { cosine, common }
}

/** How many values two ascending rows share. */
function commonValues(rows: Rows, a: number, b: number): number {
  const { values } = rows
  const [endA, endB] = [endOf(rows, a), endOf(rows, b)]
  let common = 0
  for (let i = startOf(rows, a), j = startOf(rows, b); i < endA && j < endB; ) {
    const difference = (values[i] ?? 0) - (values[j] ?? 0)
    if (difference === 0) common += 1
    if (difference <= 0) i += 1
    if (difference >= 0) j += 1
  }
  return common
}
