import { contentTokens, normalizedText } from '../language/tokens.ts'

/**
 * The words of all entries as numbers, row after row: what is compared tens of thousands of times
 * is compared without strings. Ids are in the order of first sight.
 */
export interface WordTable {
  readonly size: number
  /** Content stems of each entry, ascending, with weights of unit length: rare ones weigh more. */
  readonly stems: Rows
  readonly weights: Float64Array
  /** Character 3-grams of each entry's words, ascending. */
  readonly grams: Rows
  readonly gramCount: number
  /** Entries of each stem, ascending, and the stem's weight in each. */
  readonly postings: Rows
  readonly postingWeights: Float64Array
}

/** Lists of numbers one after the other: row n is `values` from `starts[n]` to `starts[n + 1]`. */
export interface Rows {
  readonly starts: Int32Array
  readonly values: Int32Array
}

export function wordTable(texts: readonly string[]): WordTable {
  const stemIds = new Map<string, number>()
  const gramIds = new Map<string, number>()
  const counts = texts.map((text) => stemCounts(text, stemIds))
  const stems = rowsOf(counts.map((row) => row.map(([id]) => id)))
  const grams = rowsOf(texts.map((text) => gramRow(text, gramIds)))
  const postings = transposed(stems, stemIds.size)
  const weights = unitWeights(counts, (stem) => rarity(lengthOf(postings, stem), texts.length))
  const postingWeights = weightsByStem(stems, weights, postings)
  return {
    size: texts.length,
    stems,
    weights,
    grams,
    gramCount: gramIds.size,
    postings,
    postingWeights,
  }
}

/**
 * How telling a word is by how many entries have it, in whole steps of doubling: a few new entries
 * leave nearly all weights, and with them all similarities, exactly as they were.
 */
function rarity(entriesWith: number, entries: number): number {
  return 1 + Math.floor(Math.log2(entries)) - Math.floor(Math.log2(entriesWith))
}

export function startOf({ starts }: Rows, row: number): number {
  return starts[row] ?? 0
}

export function endOf({ starts }: Rows, row: number): number {
  return starts[row + 1] ?? 0
}

export function lengthOf(rows: Rows, row: number): number {
  return endOf(rows, row) - startOf(rows, row)
}

type StemCount = readonly [stem: number, count: number]

function stemCounts(text: string, ids: Map<string, number>): readonly StemCount[] {
  const counts = new Map<number, number>()
  for (const { stem } of contentTokens(text)) {
    const id = idOf(stem, ids)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => a - b)
}

const GRAM_LENGTH = 3

/** Within words only, in lower case. */
function gramRow(text: string, ids: Map<string, number>): readonly number[] {
  const row = new Set<number>()
  for (const word of normalizedText(text).toLowerCase().split(' ')) {
    const padded = ` ${word} `
    for (let at = 0; at + GRAM_LENGTH <= padded.length; at += 1) {
      row.add(idOf(padded.slice(at, at + GRAM_LENGTH), ids))
    }
  }
  return [...row].sort((a, b) => a - b)
}

function idOf(name: string, ids: Map<string, number>): number {
  const known = ids.get(name)
  if (known !== undefined) return known
  ids.set(name, ids.size)
  return ids.size - 1
}

function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const starts = new Int32Array(lists.length + 1)
  for (const [row, list] of lists.entries()) starts[row + 1] = (starts[row] ?? 0) + list.length
  const values = new Int32Array(starts.at(-1) ?? 0)
  for (const [row, list] of lists.entries()) values.set(list, starts[row])
  return { starts, values }
}

/** For each value the rows that hold it, ascending. */
function transposed({ starts, values }: Rows, size: number): Rows {
  const begins = new Int32Array(size + 1)
  for (const value of values) begins[value + 1] = (begins[value + 1] ?? 0) + 1
  for (let n = 0; n < size; n += 1) begins[n + 1] = (begins[n + 1] ?? 0) + (begins[n] ?? 0)
  const next = begins.slice()
  const rows = new Int32Array(values.length)
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
      const value = values[at] ?? 0
      const place = next[value] ?? 0
      rows[place] = row
      next[value] = place + 1
    }
  }
  return { starts: begins, values: rows }
}

function unitWeights(
  counts: readonly (readonly StemCount[])[],
  weightOf: (stem: number) => number,
): Float64Array {
  const weights: number[] = []
  for (const row of counts) {
    const raw = row.map(([stem, count]) => (1 + Math.log(count)) * weightOf(stem))
    const length = Math.sqrt(raw.reduce((sum, weight) => sum + weight * weight, 0)) || 1
    for (const weight of raw) weights.push(weight / length)
  }
  return Float64Array.from(weights)
}

function weightsByStem(stems: Rows, weights: Float64Array, postings: Rows): Float64Array {
  const next = postings.starts.slice()
  const byStem = new Float64Array(weights.length)
  for (const [at, stem] of stems.values.entries()) {
    const place = next[stem] ?? 0
    byStem[place] = weights[at] ?? 0
    next[stem] = place + 1
  }
  return byStem
}
