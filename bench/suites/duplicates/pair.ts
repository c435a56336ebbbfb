import type { DreamCases } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import { type Hit, type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { trigramCosine, wordJaccard } from '../../harness/word-overlap.ts'

/** Two texts and what they are to each other. */
export interface Pair {
  readonly id: string
  readonly a: string
  readonly b: string
  /** `entails`: the one follows from the other, and says less. */
  readonly label: 'duplicate' | 'distinct' | 'contradiction' | 'entails'
}

/** What one dream made of a store of the two. */
export interface JudgedPair<P extends Pair = Pair> {
  readonly pair: P
  /** A merge left one of the two. */
  readonly isMerged: boolean
  /** A conflict shows both to a person. */
  readonly isConflict: boolean
  /** Both stay, no conflict. */
  readonly isKept: boolean
}

export async function judgePair<P extends Pair>(
  pair: P,
  cases: DreamCases,
): Promise<JudgedPair<P>> {
  const texts = [pair.a, pair.b].map(oneLine)
  const { changes, current } = await cases.dream({
    memory: { 'notes.md': texts.map((text) => `- ${text}\n`).join('') },
    transcripts: [],
  })
  // A pair may hold a list mark of its own, which is no part of the note.
  const notes = new Set(texts.flatMap((text) => [text, text.replace(/^[-*+]\s+/, '')]))
  const left = current.filter(({ text }) => notes.has(text)).length
  const isMerged =
    left === 1 && changes.some(({ kind, status }) => kind === 'merge' && status === 'applied')
  const isConflict = changes.some(({ kind }) => kind === 'conflict')
  return { pair, isMerged, isConflict, isKept: left === 2 && !isConflict }
}

/** The figures of a set of pairs; `targets` by metric. */
export function pairRows<P extends Pair>(
  set: string,
  judged: readonly JudgedPair<P>[],
  classesOf: (pair: P) => readonly string[],
  targets: Readonly<Record<string, string>> = {},
): readonly Row[] {
  return READINGS.flatMap((reading) => {
    const target = targets[reading.metric]
    return shareRows<JudgedPair<P>>(
      { suite: 'duplicates', set },
      judged,
      { ...reading, ...(target === undefined ? {} : { target }) },
      ({ pair }) => (DETAILED.includes(reading.metric) ? classesOf(pair) : []),
    )
  })
}

/** Metrics that are given per class too. */
const DETAILED: readonly string[] = ['recall', 'false_merge', 'conflict_surfaced']

/** Merged by likeness alone, as memories without a guard do. */
const TRIVIAL: Readonly<Record<string, (pair: Pair) => boolean>> = {
  jaccard_0_5: ({ a, b }) => wordJaccard(a, b) >= 0.5,
  jaccard_0_8: ({ a, b }) => wordJaccard(a, b) >= 0.8,
  trigram_cosine_0_8: ({ a, b }) => trigramCosine(a, b) >= 0.8,
}

const READINGS: readonly ShareReading<JudgedPair>[] = [
  mergedReading('recall', ({ label }) => label === 'duplicate'),
  mergedReading('false_merge', ({ label }) => label !== 'duplicate'),
  mergedReading('contradiction_merged', ({ label }) => label === 'contradiction'),
  {
    metric: 'precision',
    hit: ({ pair, isMerged }) => (isMerged ? pair.label === 'duplicate' : null),
    baselines: trivialHits((isMerged, { label }) => (isMerged ? label === 'duplicate' : null)),
  },
  {
    metric: 'conflict_surfaced',
    hit: ({ pair, isConflict }) => (pair.label === 'contradiction' ? isConflict : null),
  },
  {
    metric: 'false_conflict',
    hit: ({ pair, isConflict }) => (pair.label === 'contradiction' ? null : isConflict),
  },
]

/** The share of certain pairs that were merged. */
function mergedReading(metric: string, counts: (pair: Pair) => boolean): ShareReading<JudgedPair> {
  return {
    metric,
    hit: ({ pair, isMerged }) => (counts(pair) ? isMerged : null),
    baselines: trivialHits((isMerged, pair) => (counts(pair) ? isMerged : null)),
  }
}

function trivialHits(
  read: (isMerged: boolean, pair: Pair) => boolean | null,
): Readonly<Record<string, Hit<JudgedPair>>> {
  const hits = Object.entries(TRIVIAL).map(
    ([name, isAlike]) => [name, ({ pair }: JudgedPair) => read(isAlike(pair), pair)] as const,
  )
  return Object.fromEntries(hits)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
