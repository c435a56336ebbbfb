import { figureRow, type Row } from '../../harness/row.ts'
import type { Answer, Asked } from './ask-case.ts'
import { meanOf, medianOf, pairedBootstrap } from './paired-bootstrap.ts'

/** Characters for one token of English text. */
const TOKEN_LENGTH = 4

/** The figures of a set's questions; none for none. */
export function searchRows(set: string, asked: readonly Asked[], seed: number): readonly Row[] {
  if (asked.length === 0) return []
  const place = { suite: 'retrieval', set }
  const tokens = (read: (one: Asked) => Answer): number =>
    meanOf(asked.map((one) => read(one).characters / TOKEN_LENGTH))
  const [before, after] = [tokens((one) => one.before), tokens((one) => one.after)]
  const [slow, fast] = [asked.map((one) => one.before.ms), asked.map((one) => one.after.ms)].map(
    medianOf,
  )
  const n = asked.length
  const times = { ...place, baselines: { before: slow ?? 0 } }
  return [
    ...pairedRows(place, 'precision', asked, seed, '>= 0'),
    ...pairedRows(place, 'recall', asked, seed, '>= -0.01'),
    figureRow(
      {
        ...place,
        metric: 'tokens_returned',
        baselines: {
          before,
          files_grep: tokens((one) => one.files),
          raw_sessions: tokens((one) => one.turns),
        },
      },
      after,
      n,
      'tokens',
    ),
    ...(before === 0
      ? []
      : [
          figureRow(
            { ...place, metric: 'tokens_returned_ratio', target: '<= 1' },
            after / before,
            n,
            'ratio',
          ),
        ]),
    figureRow({ ...times, metric: 'search_p50' }, fast ?? 0, n, 'ms'),
    figureRow(
      { ...place, metric: 'search_p50_ratio', target: '<= 1' },
      (fast ?? 0) / (slow ?? 1),
      n,
      'ratio',
    ),
  ]
}

/** The figure after the dream beside the others, and its paired difference to before. */
function pairedRows(
  place: Pick<Row, 'suite' | 'set'>,
  what: 'precision' | 'recall',
  asked: readonly Asked[],
  seed: number,
  target: string,
): readonly Row[] {
  const values = (of: keyof Asked): readonly number[] => asked.map((one) => one[of][what])
  const after = pairedBootstrap(values('after'), seed)
  const gain = pairedBootstrap(
    asked.map((one) => withoutNoise(one.after[what] - one.before[what])),
    seed,
  )
  const baselines = {
    before: meanOf(values('before')),
    files_grep: meanOf(values('files')),
    raw_sessions: meanOf(values('turns')),
  }
  const metric = `${what}_at_5`
  const n = asked.length
  return [
    {
      ...figureRow({ ...place, metric, baselines }, after.mean, n, 'share'),
      low: after.low,
      high: after.high,
    },
    {
      ...figureRow({ ...place, metric: `${metric}_gain`, target }, gain.mean, n, 'share'),
      low: gain.low,
      high: gain.high,
    },
  ]
}

/** Shares of equal size differ by nothing, not by what floating point leaves. */
function withoutNoise(difference: number): number {
  return Math.abs(difference) < 1e-9 ? 0 : difference
}
