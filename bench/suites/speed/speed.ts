import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { figureRow, type Row } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { type GrownStore, withGrownStore } from './grown-store.ts'
import type { MeasureOrder, Measures } from './measured-dreams.ts'

const SUITE = 'speed'
const MEASURE = fileURLToPath(new URL('./measured-dreams.ts', import.meta.url))
const SHOP = fileURLToPath(new URL('../../../examples/shop', import.meta.url))

/** First dreams over transcripts, by where they lie in the data folder. */
const TRANSCRIPTS: readonly BenchSet[] = ['claude-code', 'tau-airline'].map((name) => ({
  name,
  run: async (context) => transcriptRows(name, context.data.path('sessions', name), context),
}))

/** Stores of so many units with one in a hundred new; the larger one is left out of quick runs. */
const ONE_PERCENT: readonly BenchSet[] = [
  laterSet('store-1000', { files: 50, bulletsPerFile: 20 }, { newEvery: 100, newFiles: 0 }),
  laterSet('store-10000', { files: 500, bulletsPerFile: 20 }, { newEvery: 100, newFiles: 0 }),
]

/** A thousand new units against stores of two sizes: the time must grow gently. */
const THOUSAND_NEW: readonly BenchSet[] = [
  laterSet(
    '1000-new-of-10000',
    { files: 500, bulletsPerFile: 20 },
    { newEvery: null, newFiles: 50 },
  ),
  laterSet(
    '1000-new-of-50000',
    { files: 2_500, bulletsPerFile: 20 },
    { newEvery: null, newFiles: 50 },
  ),
]

/** Time of the processor and memory of whole dreams, each set in a process of its own. */
export const speed: Suite = suiteOf(
  SUITE,
  'time of the processor, memory, share of each stage; what a little news costs',
  [
    {
      name: 'shop',
      run: async (context) => shopRows(context),
    },
    ...TRANSCRIPTS,
    ...ONE_PERCENT,
    ...THOUSAND_NEW,
  ],
)

function shopRows(context: BenchContext): readonly Row[] {
  const order = { memory: `${SHOP}/memory`, sessions: [`${SHOP}/sessions`], later: null }
  return existsSync(`${SHOP}/sessions`) ? rowsOf('shop', measured('shop', order, context)) : []
}

function transcriptRows(set: string, folder: string, context: BenchContext): readonly Row[] {
  if (!existsSync(folder)) {
    context.note(`no sessions/${set}; the set is left out`)
    return []
  }
  return rowsOf(set, measured(set, { memory: null, sessions: [folder], later: null }, context))
}

function laterSet(name: string, size: GrownStore['size'], news: GrownStore['news']): BenchSet {
  return {
    name,
    run: async (context) => {
      const { limit = null, seed, note } = context
      if (limit !== null && size.files * size.bulletsPerFile > limit) {
        note(`${name} is larger than the limit of ${limit}; the set is left out`)
        return []
      }
      const found = withGrownStore({ size, news, seed }, (order) => measured(name, order, context))
      return [...rowsOf(name, found), ...laterRows(name, found, news)]
    },
  }
}

function measured(set: string, order: MeasureOrder, { note }: BenchContext): Measures {
  note(`${set}: dreaming`)
  const child = spawnSync(process.execPath, [MEASURE, JSON.stringify(order)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`The set ${set} ended with ${child.status}.`)
  return JSON.parse(child.stdout) as Measures
}

function rowsOf(set: string, found: Measures): readonly Row[] {
  const { firstMs, floorMs, megabytes, stages } = found
  const place = { suite: SUITE, set }
  const figure = (metric: string, value: number, unit: Row['unit']): Row =>
    figureRow({ ...place, metric }, value, 1, unit)
  return [
    figureRow({ ...place, metric: 'first_dream', baselines: { floor: floorMs } }, firstMs, 1, 'ms'),
    figure('first_to_floor', firstMs / floorMs, 'ratio'),
    figure('mb_per_second', megabytes / (firstMs / 1000), 'mb'),
    figure('peak_memory', found.peakMb, 'mb'),
    figure('again_to_first', found.againMs / firstMs, 'ratio'),
    ...Object.entries(stages)
      .filter(([, ms]) => ms / firstMs >= STAGE_SHARE_MIN)
      .map(([stage, ms]) =>
        figureRow({ ...place, metric: 'stage_share', class: stage }, ms / firstMs, 1, 'ratio'),
      ),
  ]
}

/** Stages of less are not worth a row. */
const STAGE_SHARE_MIN = 0.01

function laterRows(set: string, found: Measures, news: GrownStore['news']): readonly Row[] {
  const { laterMs, firstMs, floorMs } = found
  if (laterMs === null) return []
  const target = news.newEvery === null ? {} : { target: '<= 0.05' }
  const place = { suite: SUITE, set }
  return [
    figureRow({ ...place, metric: 'later_dream', baselines: { floor: floorMs } }, laterMs, 1, 'ms'),
    figureRow({ ...place, metric: 'later_to_first', ...target }, laterMs / firstMs, 1, 'ratio'),
  ]
}
