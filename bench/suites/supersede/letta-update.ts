import type { Dreamt } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'
import type { Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { overlapWords, wordJaccard } from '../../harness/word-overlap.ts'
import { hasCue, hasDenial } from './cue-words.ts'
import { bulletFile, isTold, leftWithEvidence } from './entry-checks.ts'

/** A store of ten notes and a statement that replaces one of them. */
interface UpdateItem {
  readonly id: string
  readonly facts: readonly string[]
  readonly new_fact: string
  readonly superseded_indexes: readonly number[]
  readonly new_answer: string
  /** Exactly one superseded note, and the answers stand literally where they belong. */
  readonly clean: boolean
}

interface Scored {
  readonly classes: readonly string[]
  readonly isStale: boolean
  readonly isReplaced: boolean
  readonly hasCollateral: boolean
  /** Null = the note is still current. */
  readonly isInHistory: boolean | null
  readonly isConflict: boolean
  readonly nearest: Overwrite
  readonly alike: Overwrite
}

/** What a trivial method would have overwritten. */
interface Overwrite {
  readonly right: boolean
  readonly wrong: boolean
}

const NAME = 'letta-core-memory-update'
const SAID_AT = '2026-03-01T09:00:00Z'
const ALIKE_MIN = 0.4

export const lettaUpdate: BenchSet = {
  name: NAME,
  async run(context) {
    const items = itemsOf<UpdateItem>(context, 'supersede', NAME, ({ clean }) => clean)
    const scored: Scored[] = []
    for (const item of items) scored.push(await scoreItem(item, context))
    return READINGS.flatMap((reading) => rowsOf(scored, reading))
  },
}

const READINGS: readonly ShareReading<Scored>[] = [
  {
    metric: 'recall',
    hit: ({ isReplaced }) => isReplaced,
    baselines: {
      nearest_overwrite: ({ nearest }) => nearest.right,
      jaccard_0_4: ({ alike }) => alike.right,
      append_only: () => false,
    },
    target: '>= 0.97',
  },
  {
    metric: 'stale',
    hit: ({ isStale }) => isStale,
    baselines: {
      nearest_overwrite: ({ nearest }) => !nearest.right,
      jaccard_0_4: ({ alike }) => !alike.right,
      append_only: () => true,
    },
    target: '<= 0.03',
  },
  {
    metric: 'collateral',
    hit: ({ hasCollateral }) => hasCollateral,
    baselines: {
      nearest_overwrite: ({ nearest }) => nearest.wrong,
      jaccard_0_4: ({ alike }) => alike.wrong,
      append_only: () => false,
    },
    target: '<= 0.01',
  },
  { metric: 'history', hit: ({ isInHistory }) => isInHistory, target: '>= 1' },
  { metric: 'conflict_surfaced', hit: ({ isConflict }) => isConflict },
]

function rowsOf(scored: readonly Scored[], reading: ShareReading<Scored>): readonly Row[] {
  return shareRows({ suite: 'supersede', set: NAME }, scored, reading, ({ classes }) => classes)
}

async function scoreItem(item: UpdateItem, { cases }: BenchContext): Promise<Scored> {
  const dreamt = await cases.dream({
    memory: { 'facts.md': bulletFile(item.facts) },
    transcripts: [[{ role: 'user', content: item.new_fact, at: SAID_AT }]],
  })
  const place = item.superseded_indexes[0] ?? -1
  const old = item.facts[place] ?? ''
  const others = item.facts.filter((_fact, index) => index !== place)
  // A remark behind a note leaves the note current.
  const isStale = dreamt.current.some(({ text }) => text.startsWith(withoutStop(old)))
  const isTakenOver = dreamt.current.some(
    (entry) => holdsWords(entry.text, item.new_answer) && isTold(entry),
  )
  const overlaps = item.facts.map((fact) => wordJaccard(fact, item.new_fact))
  const nearest = overlaps.indexOf(Math.max(...overlaps))
  const alike = [...overlaps.keys()].filter((index) => (overlaps[index] ?? 0) >= ALIKE_MIN)
  return {
    classes: classesOf(old, item.new_fact),
    isStale,
    isReplaced: !isStale && isTakenOver,
    hasCollateral: missing(others, dreamt).length > 0,
    isInHistory: isStale ? null : leftWithEvidence(old, dreamt.ledger),
    isConflict: dreamt.changes.some(
      ({ kind, before }) => kind === 'conflict' && before.some(({ text }) => text === old),
    ),
    nearest: { right: nearest === place, wrong: nearest !== place },
    alike: { right: alike.includes(place), wrong: alike.some((index) => index !== place) },
  }
}

/** The notes that do not stand in the store as they did; of equal ones each must. */
function missing(notes: readonly string[], { current }: Dreamt): readonly string[] {
  const left = current.map(({ text }) => text)
  return notes.filter((note) => {
    const at = left.indexOf(note)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function classesOf(old: string, said: string): readonly string[] {
  const [before, after] = [firstWord(old), firstWord(said)]
  const isDenied = hasDenial(said) && !hasDenial(old)
  return [
    hasCue(said) ? 'with a cue word' : 'without a cue word',
    before === after ? 'begins as the note' : 'begins otherwise',
    ...(isDenied ? ['denial'] : []),
  ]
}

function firstWord(text: string): string {
  const [first = ''] = overlapWords(text)
  return first
}

function withoutStop(text: string): string {
  return text.replace(/[.!?]$/, '')
}
