import { figureRow, type Row, shareRow } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, sampleOf } from '../../harness/suite.ts'
import { byTime, type History, readHistories } from '../retention/dated-history.ts'
import { citedTimes, timesOf, tokensIn } from '../retention/timed-sessions.ts'
import { inNights, sleep, survivors } from './nights.ts'

const NAME = 'longmemeval'
const PLACE = { suite: 'repeat', set: NAME }
const NIGHTS = 10

/** A person's conversations in the order of time, a tenth of them each night. */
export const longMemEvalNights: BenchSet = {
  name: NAME,
  async run(context) {
    const slept: Slept[] = []
    for (const history of sampleOf(context, NAME, readHistories(context))) {
      slept.push(await sleepThrough(history, context))
    }
    return slept.length === 0 ? [] : rowsOf(slept)
  },
}

interface Slept {
  /** After each night: evidence so far, and how much of it the store or its history still cites. */
  readonly kept: readonly { readonly hits: number; readonly of: number }[]
  readonly unchanged: { readonly kept: number; readonly of: number }
  readonly changedAgain: number
  /** Tokens of the store after all nights, and after one dream over everything. */
  readonly tokens: number
  readonly tokensAtOnce: number
}

async function sleepThrough(history: History, { cases }: BenchContext): Promise<Slept> {
  const sessions = byTime(history.sessions)
  const nights = inNights(sessions, NIGHTS)
  const { mornings, changedAgain } = await sleep(
    cases,
    nights.map((night) => night.map(({ messages }) => messages)),
  )
  const atOnce = await cases.dream({
    memory: {},
    transcripts: sessions.map(({ messages }) => messages),
  })
  const told = mornings.findIndex(({ current }) =>
    current.some(({ evidence }) => evidence.length > 0),
  )
  const [first, last] = [mornings[told] ?? atOnce, mornings.at(-1) ?? atOnce]
  return {
    kept: mornings.map(({ current, ledger }, n) => {
      const so = new Set(
        nights.slice(0, n + 1).flatMap((night) => night.flatMap(({ times }) => times)),
      )
      const evidence = history.evidence.filter((at) => so.has(at))
      const cited = citedTimes(current).union(timesOf(ledger.flatMap((row) => row.evidence)))
      return { hits: evidence.filter((at) => cited.has(at)).length, of: evidence.length }
    }),
    unchanged: survivors(first, last),
    changedAgain,
    tokens: tokensIn(last.current.map(({ text }) => text)),
    tokensAtOnce: tokensIn(atOnce.current.map(({ text }) => text)),
  }
}

function rowsOf(slept: readonly Slept[]): readonly Row[] {
  const sum = (read: (one: Slept) => number): number =>
    slept.reduce((total, one) => total + read(one), 0)
  const keptRow = (night: number, isLast: boolean): readonly Row[] =>
    shareRow(
      isLast
        ? { ...PLACE, metric: 'kept_or_in_history', target: '>= 1' }
        : { ...PLACE, metric: 'kept_or_in_history', class: `night ${night + 1}` },
      sum(({ kept }) => kept[night]?.hits ?? 0),
      sum(({ kept }) => kept[night]?.of ?? 0),
    )
  const tokens = sum((one) => one.tokens)
  return [
    ...Array.from({ length: NIGHTS }, (_, n) => keptRow(n, n === NIGHTS - 1)).flat(),
    ...shareRow(
      { ...PLACE, metric: 'unchanged', target: '>= 1' },
      sum(({ unchanged }) => unchanged.kept),
      sum(({ unchanged }) => unchanged.of),
    ),
    figureRow(
      { ...PLACE, metric: 'changed_again', target: '<= 0' },
      sum(({ changedAgain }) => changedAgain),
      slept.length,
      'count',
    ),
    figureRow(
      { ...PLACE, metric: 'size_ratio', baselines: { one_dream: 1 } },
      tokens / sum(({ tokensAtOnce }) => tokensAtOnce),
      slept.length,
      'ratio',
    ),
  ]
}
