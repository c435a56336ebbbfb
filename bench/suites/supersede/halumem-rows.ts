import type { Row } from '../../harness/row.ts'
import { type Hit, type ShareReading, shareRows } from '../../harness/share-rows.ts'

/** One entry of one item, and whether what the figure of its part asks is so. */
export interface ScoredEntry {
  readonly part: /** To be current in the words of the transcript. */
    | 'new'
    /** Is it current still? */
    | 'old'
    /** No longer current: is it in the ledger? */
    | 'gone'
    /** To stand as it did. */
    | 'kept'
    /** Liked before and disliked now, or the reverse: do both stand? */
    | 'flip'
  readonly isSo: boolean
  /** Of a store where the note with the most words in common is overwritten. */
  readonly isSoByNearest: boolean
  /** `preference Modify`, `state Promotion`. */
  readonly kind: string
}

/** The figures of all entries, each with its class. */
export function haluRows(set: string, scored: readonly ScoredEntry[]): readonly Row[] {
  return READINGS.flatMap((reading) =>
    shareRows({ suite: 'supersede', set }, scored, reading, ({ kind }) => [
      kind.split(' ')[0] ?? kind,
      kind,
    ]),
  )
}

const READINGS: readonly ShareReading<ScoredEntry>[] = [
  reading('recall', 'new', false),
  reading('stale', 'old', true),
  reading('history', 'gone', null),
  reading('kept', 'kept', true),
  reading('flips_coexist', 'flip', true),
]

/** `byAppending`: what a store that only grows would say; null = the figure is not of it. */
function reading(
  metric: string,
  part: ScoredEntry['part'],
  byAppending: boolean | null,
): ShareReading<ScoredEntry> {
  const only =
    (hit: Hit<ScoredEntry>): Hit<ScoredEntry> =>
    (entry) =>
      entry.part === part ? hit(entry) : null
  const trivial = {
    nearest_overwrite: only(({ isSoByNearest }) => isSoByNearest),
    append_only: only(() => byAppending),
  }
  return {
    metric,
    hit: only(({ isSo }) => isSo),
    ...(byAppending === null ? {} : { baselines: trivial }),
  }
}
