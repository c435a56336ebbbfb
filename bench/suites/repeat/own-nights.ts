import type { Dreamt } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import type { BenchContext, BenchSet } from '../../harness/suite.ts'
import { tokensIn } from '../retention/timed-sessions.ts'
import { sleep, survivors } from './nights.ts'
import { seededLife, type Truth } from './seeded-life.ts'

const NAME = 'seeded'
const PLACE = { suite: 'repeat', set: NAME }

/** A life of the project's own: what is true after each night is known. */
export const ownNights: BenchSet = {
  name: NAME,
  async run({ cases, seed }: BenchContext): Promise<readonly Row[]> {
    const { nights, truths } = seededLife(seed)
    const { mornings, changedAgain } = await sleep(cases, nights)
    const atOnce = await cases.dream({ memory: {}, transcripts: nights.flat() })
    const [first, last] = [mornings[0], mornings.at(-1)]
    const all = truths.at(-1)
    if (first === undefined || last === undefined || all === undefined) return []
    const { kept, of } = survivors(first, last)
    const size = (store: Dreamt): number => tokensIn(store.current.map(({ text }) => text))
    return [
      ...mornings.flatMap((morning, n) => rowsAfter(n, morning, truths[n] ?? [], atOnce)),
      ...shareRow({ ...PLACE, metric: 'unchanged', target: '>= 1' }, kept, of),
      figureRow({ ...PLACE, metric: 'changed_again', target: '<= 0' }, changedAgain, 1, 'count'),
      figureRow(
        { ...PLACE, metric: 'size_ratio', baselines: { one_dream: 1 } },
        size(last) / size(atOnce),
        last.current.length,
        'ratio',
      ),
    ]
  },
}

/** What is true and known, what is outdated and still there; the last night has the targets. */
function rowsAfter(
  night: number,
  morning: Dreamt,
  truths: readonly Truth[],
  atOnce: Dreamt,
): readonly Row[] {
  const isLast = night === NIGHTS_LAST
  const place = { ...PLACE, class: isLast ? null : `night ${night + 1}` }
  const hits = (store: Dreamt): number =>
    truths.filter(({ current }) => holds(store, current)).length
  const outdated = truths.flatMap(({ former }) => former)
  const stale = (store: Dreamt): number => outdated.filter((words) => holds(store, words)).length
  const share = (count: number, of: number): Readonly<Record<string, number>> =>
    isLast && of > 0 ? { one_dream: count / of } : {}
  return [
    ...shareRow(
      {
        ...place,
        metric: 'recall',
        baselines: share(hits(atOnce), truths.length),
        ...(isLast ? { target: '>= 0.97' } : {}),
      },
      hits(morning),
      truths.length,
    ),
    ...shareRow(
      {
        ...place,
        metric: 'stale',
        baselines: share(stale(atOnce), outdated.length),
        ...(isLast ? { target: '<= 0.03' } : {}),
      },
      stale(morning),
      outdated.length,
    ),
  ]
}

const NIGHTS_LAST = 9

function holds({ current }: Dreamt, words: string): boolean {
  return current.some(({ text }) => holdsWords(text, words))
}
