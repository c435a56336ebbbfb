import { weighed } from '../../../src/engine/patterns/contrast/proven-contrasts.ts'
import {
  looksOver,
  PUBLISHED,
  type Simulated,
  simulatedRuns,
} from '../../../src/engine/patterns/contrast/simulated-runs.test-support.ts'
import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import type { BenchContext, BenchSet } from '../../harness/suite.ts'

const SET = 'simulation'
const PLACE = { suite: 'contrast', set: SET }
const REPEATS = 100
const LOOKS = 20

/** What trivial rules find in the same setting, on average: at least so many failures. */
const FAILURES_MIN = 3

/**
 * 100 sessions of which 30 fail, 1,000 features of which 20 are real (nine of ten sessions that show
 * one have failed), a hundred times; the same without a real one; and a memory that dreams again with
 * every ten sessions.
 */
export const simulation: BenchSet = {
  name: SET,
  run: (context) => Promise.resolve([...publishedRows(context), ...nullRows(context)]),
}

function publishedRows({ seed, limit }: BenchContext): readonly Row[] {
  const n = Math.min(limit ?? REPEATS, REPEATS)
  const drawn = Array.from({ length: n }, (_, at) =>
    simulatedRuns(PUBLISHED, seededRandom(seed * 1_000 + at)),
  )
  const found = drawn.map((one) => countOf(one, provenIn(one)))
  const trivial = drawn.map((one) => countOf(one, oftenFailed(one)))
  const total = (all: readonly Count[], of: keyof Count): number =>
    all.reduce((sum, count) => sum + count[of], 0)
  return [
    ...shareRow(
      {
        ...PLACE,
        metric: 'recall',
        class: '20 real of 1,000',
        target: '>= 0.4',
        baselines: { three_failures: total(trivial, 'real') / (n * PUBLISHED.real) },
      },
      total(found, 'real'),
      n * PUBLISHED.real,
    ),
    figureRow(
      {
        ...PLACE,
        metric: 'false_lessons',
        class: '20 real of 1,000, on average',
        target: '<= 1',
        baselines: { three_failures: total(trivial, 'others') / n },
      },
      total(found, 'others') / n,
      n,
      'count',
    ),
  ]
}

function nullRows({ seed, limit }: BenchContext): readonly Row[] {
  const n = Math.min(limit ?? REPEATS, REPEATS)
  const nothing = { ...PUBLISHED, real: 0 }
  const many = { ...nothing, sessions: 200, features: 300, shownMin: 5, shownMax: 80 }
  let [atOnce, overLooks] = [0, 0]
  for (let at = 0; at < n; at += 1) {
    const random = seededRandom(seed * 1_000 + at)
    atOnce += Number(provenIn(simulatedRuns(nothing, random)).length > 0)
    const looks = looksOver(simulatedRuns(many, random), LOOKS)
    overLooks += Number(looks.some((one) => provenIn(one).length > 0))
  }
  const place = { ...PLACE, metric: 'told_falsely' }
  return [
    ...shareRow({ ...place, class: 'nothing real, one dream', target: '<= 0.01' }, atOnce, n),
    ...shareRow({ ...place, class: 'nothing real, 20 dreams', target: '<= 0.05' }, overLooks, n),
  ]
}

interface Count {
  readonly real: number
  readonly others: number
}

function countOf({ hypotheses }: Simulated, keys: readonly string[]): Count {
  const isReal = new Set(hypotheses.slice(0, PUBLISHED.real).map(({ key }) => key))
  const real = keys.filter((key) => isReal.has(key)).length
  return { real, others: keys.length - real }
}

function provenIn({ runs, hypotheses }: Simulated): readonly string[] {
  return weighed(hypotheses, runs).proven.map(({ key }) => key)
}

function oftenFailed({ runs, hypotheses }: Simulated): readonly string[] {
  return [...weighed(hypotheses, runs).counted.values()]
    .filter(({ failing }) => failing.failed >= FAILURES_MIN)
    .map(({ key }) => key)
}
