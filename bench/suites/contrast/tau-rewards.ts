import { createReadStream, statSync } from 'node:fs'
import { LOCAL_AUDIENCE } from '../../../src/core/audience.ts'
import type { Sighting } from '../../../src/core/ledger.ts'
import {
  type ComparedRun,
  comparedRuns,
} from '../../../src/engine/patterns/contrast/compared-runs.ts'
import { FAILING } from '../../../src/engine/patterns/contrast/hypotheses.ts'
import {
  type Contrasts,
  provenContrasts,
} from '../../../src/engine/patterns/contrast/proven-contrasts.ts'
import { runSightings } from '../../../src/engine/patterns/contrast/run-sightings.ts'
import { errorSightings } from '../../../src/engine/patterns/error-sightings.ts'
import { labelSession } from '../../../src/engine/stages/label.ts'
import { reduceEvents } from '../../../src/engine/stages/reduce.ts'
import { chatImporter } from '../../../src/importers/chat.ts'
import { secretRedactor } from '../../../src/importers/redact.ts'
import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import { shuffled } from '../../harness/shuffled.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'

interface Graded {
  readonly task: string
  readonly file: string
  readonly reward: number
}

const SET = 'tau-airline'
const PLACE = { suite: 'contrast', set: SET }
const SHUFFLES = 200
const PLANTS = 40

/**
 * Customer service runs with their rewards, four of each task: what is proven of them, and of the
 * same runs with rewards dealt anew under a seed.
 */
export const tauRewards: BenchSet = {
  name: SET,
  async run(context) {
    const graded = itemsOf<Graded>({ ...context, limit: null }, 'patterns', `${SET}-runs`)
    if (graded.length === 0 || !context.data.has('sessions', SET)) return []
    const inTasks = comparedRuns(await sightingsOf(graded, context))
    const asOne = inTasks.map((run): ComparedRun => ({ ...run, stratum: 'all' }))
    return [
      ...trueRows('inside tasks', inTasks, context),
      ...trueRows('tasks not told apart', asOne, context),
      ...shuffledRows('inside tasks', inTasks, context),
      ...shuffledRows('tasks not told apart', asOne, context),
      ...plantedRows(inTasks, context),
    ]
  },
}

/** Read as a dream reads them, each run a session by itself, with its reward as outcome. */
async function sightingsOf(
  graded: readonly Graded[],
  { data }: BenchContext,
): Promise<readonly Sighting[]> {
  const redact = secretRedactor()
  const sightings: Sighting[] = []
  for (const { file, task, reward } of graded) {
    const path = data.path('sessions', SET, file)
    const source = {
      path: file,
      sizeBytes: statSync(path).size,
      open: () => createReadStream(path),
    }
    const { sessions } = await chatImporter.read(source, redact)
    for (const { session, events } of sessions) {
      const outcome = { isSuccess: reward === 1, source: 'reward', task } as const
      const known = { ...session, outcome }
      const read = labelSession(known, reduceEvents(events), LOCAL_AUDIENCE, new Set())
      const counter = { lineageId: 'bench', rootSessionId: session.id }
      sightings.push(...runSightings(read, errorSightings(read, counter), counter))
    }
  }
  return sightings
}

function trueRows(
  name: string,
  runs: readonly ComparedRun[],
  context: BenchContext,
): readonly Row[] {
  const all = provenContrasts(runs)
  for (const { key, p } of strongest(all)) context.note(`${name}: ${key}, p = ${p.toPrecision(2)}`)
  const place = { ...PLACE, class: `true rewards, ${name}` }
  const count = { n: runs.length, unit: 'count' } as const
  return [
    figureRow({ ...place, metric: 'lessons' }, all.proven.length, count.n, count.unit),
    figureRow({ ...place, metric: 'hypotheses' }, all.open, count.n, count.unit),
    ...halvesRow(place, runs, context),
  ]
}

function strongest({
  counted,
}: Contrasts): readonly { readonly key: string; readonly p: number }[] {
  return [...counted.values()].sort((a, b) => a.p - b.p).slice(0, 2)
}

/** Of what one half of the tasks proves, the share that the other half bears out. */
function halvesRow(
  place: { readonly suite: string; readonly set: string; readonly class: string },
  runs: readonly ComparedRun[],
  { seed }: BenchContext,
): readonly Row[] {
  const taskOf = (run: ComparedRun): string => run.outcome.detail.task ?? ''
  const tasks = shuffled([...new Set(runs.map(taskOf))].sort(), seededRandom(seed))
  const first = new Set(tasks.slice(0, tasks.length / 2))
  const halves = [true, false].map((isFirst) =>
    runs.filter((it) => first.has(taskOf(it)) === isFirst),
  )
  const [one = [], two = []] = halves
    .map((half) => provenContrasts(half))
    .map((found, at, both) =>
      found.proven.map(({ key }) => (both[1 - at]?.counted.get(key)?.lift ?? 0) > BORNE_OUT_LIFT),
    )
  const checked = [...one, ...two]
  return shareRow({ ...place, metric: 'borne_out' }, checked.filter(Boolean).length, checked.length)
}

const BORNE_OUT_LIFT = 1.15

/** Rewards of each stratum dealt anew to its runs: nothing makes a difference any more. */
function shuffledRows(
  name: string,
  runs: readonly ComparedRun[],
  context: BenchContext,
): readonly Row[] {
  const n = Math.min(context.limit ?? SHUFFLES, SHUFFLES)
  let lessons = 0
  for (let at = 0; at < n; at += 1) {
    const { proven } = provenContrasts(dealtAnew(runs, seededRandom(context.seed * 1_000 + at)))
    for (const { key } of proven) context.note(`${name}, shuffle ${at}: ${key}`)
    lessons += proven.length
  }
  const place = { ...PLACE, class: `rewards shuffled, ${name}`, target: '<= 0' }
  return [figureRow({ ...place, metric: 'false_lessons' }, lessons, n, 'count')]
}

function dealtAnew(runs: readonly ComparedRun[], random: () => number): readonly ComparedRun[] {
  const dealt = new Map<ComparedRun, boolean>()
  for (const group of Map.groupBy(runs, ({ stratum }) => stratum).values()) {
    const labels = shuffled(group, random)
    for (const [at, run] of group.entries()) dealt.set(run, labels[at]?.isFailure ?? false)
  }
  return runs.map((run) => ({ ...run, isFailure: dealt.get(run) ?? false }))
}

const FAILING_WHERE_PLANTED = 0.95
const FAILING_ELSEWHERE = 0.1

/** A real difference put into the same runs: that the null finds nothing says something. */
function plantedRows(runs: readonly ComparedRun[], { seed, limit }: BenchContext): readonly Row[] {
  const n = Math.min(limit ?? PLANTS, PLANTS)
  const planted = [...provenContrasts(runs).counted.values()].filter(isPlantable)
  let found = 0
  for (let at = 0; at < n; at += 1) {
    const random = seededRandom(seed * 1_000 + at)
    const truth = shuffled(planted, random)[0]
    if (truth === undefined) return []
    const labelled = runs.map((run, place) => {
      const chance = truth.sides[place] === FAILING ? FAILING_WHERE_PLANTED : FAILING_ELSEWHERE
      return { ...run, isFailure: random() < chance }
    })
    found += Number(provenContrasts(labelled).proven.some(({ key }) => key === truth.key))
  }
  return shareRow({ ...PLACE, metric: 'found', class: 'control: a difference put in' }, found, n)
}

/** Enough runs on both sides of enough tasks to be provable at all. */
function isPlantable({ failing, others, condition }: Contrasts['proven'][number]): boolean {
  return (
    condition.kind === 'used' && failing.sessions >= PLANTED_MIN && others.sessions >= PLANTED_MIN
  )
}

const PLANTED_MIN = 15
