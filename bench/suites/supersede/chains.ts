import { seededRandom } from '../../../src/testing/seeded-random.ts'
import type { DreamCases, Dreamt, Message } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import { type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { shuffled } from '../../harness/shuffled.ts'
import { type BenchContext, type BenchSet, itemsOf, sampleOf } from '../../harness/suite.ts'
import { type ChainItem, type ChainLink, datedLinks, statementOf, tells } from './chain.ts'
import { leftWithEvidence } from './entry-checks.ts'
import { generatedChains } from './generated-chains.ts'

type Mode = 'one dream' | 'a dream per arrival'

/** One thing that was asked of a store after the values of a chain had arrived. */
interface Asked {
  readonly metric: 'current' | 'as_of' | 'history'
  readonly mode: Mode
  readonly isRight: boolean
  /** The answer of a store where the last arrival wins; null = it has none. */
  readonly isRightByArrival: boolean | null
}

const MODES: readonly Mode[] = ['one dream', 'a dream per arrival']
const SITUATED = 'situatedqa-chains'
const SITUATED_SHUFFLES = 3
const GENERATED = 'generated-chains'
const GENERATED_SHUFFLES = 20
/** Everything arrives long after it was so, a day apart. */
const FIRST_ARRIVAL = Date.parse('2026-03-01T09:00:00Z')
const DAY_MS = 86_400_000

/** Chains of the data folder. */
export const situatedChains: BenchSet = {
  name: SITUATED,
  async run(context) {
    const isOrdered = (item: ChainItem): boolean => item.order_certain && datedLinks(item) !== null
    const items = itemsOf(context, 'supersede', SITUATED, isOrdered)
    return chainRows(SITUATED, items, { shuffles: SITUATED_SHUFFLES, context })
  },
}

/** Chains of the project's own, which every folder can run. */
export const ownChains: BenchSet = {
  name: GENERATED,
  run(context) {
    const items = sampleOf(context, GENERATED, generatedChains(context.seed))
    return chainRows(GENERATED, items, { shuffles: GENERATED_SHUFFLES, context })
  },
}

interface ChainRun {
  /** Orders of arrival per chain. */
  readonly shuffles: number
  readonly context: BenchContext
}

/** The figures of some chains, each told in so many orders. */
export async function chainRows(
  set: string,
  items: readonly ChainItem[],
  { shuffles, context }: ChainRun,
): Promise<readonly Row[]> {
  const random = seededRandom(context.seed)
  const asked: Asked[] = []
  for (const item of items) {
    for (let n = 0; n < shuffles; n += 1) {
      const arrivals = shuffled(item.chain, random)
      for (const mode of MODES) {
        const dreamt = await tellAll(item, arrivals, mode, context.cases)
        asked.push(...(await ask(item, arrivals.at(-1), { mode, dreamt, cases: context.cases })))
      }
    }
  }
  return (['current', 'as_of', 'history'] as const).flatMap((metric) =>
    shareRows({ suite: 'supersede', set }, asked, readingOf(metric), ({ mode }) => [mode]),
  )
}

function readingOf(metric: Asked['metric']): ShareReading<Asked> {
  const isOf = (asked: Asked): boolean => asked.metric === metric
  return {
    metric,
    hit: (asked) => (isOf(asked) ? asked.isRight : null),
    baselines: { last_arrived_wins: (asked) => (isOf(asked) ? asked.isRightByArrival : null) },
    target: '>= 1',
  }
}

async function tellAll(
  item: ChainItem,
  arrivals: readonly ChainLink[],
  mode: Mode,
  cases: DreamCases,
): Promise<Dreamt> {
  const told = arrivals.map((link, n): readonly Message[] => [
    {
      role: 'user',
      content: statementOf(item, link),
      at: new Date(FIRST_ARRIVAL + n * DAY_MS).toISOString(),
    },
  ])
  const [first, ...rest] = mode === 'one dream' ? [told] : told.map((one) => [one])
  let dreamt = await cases.dream({ memory: {}, transcripts: first ?? [] })
  for (const transcripts of rest) dreamt = await cases.dreamAgain(dreamt.folder, transcripts)
  return dreamt
}

interface Told {
  readonly mode: Mode
  readonly dreamt: Dreamt
  readonly cases: DreamCases
}

/** The latest value alone is current; at the date of each value it was it; the ledger has the rest. */
async function ask(
  item: ChainItem,
  lastArrived: ChainLink | undefined,
  { mode, dreamt, cases }: Told,
): Promise<readonly Asked[]> {
  const links = datedLinks(item) ?? []
  const latest = links.at(-1)
  const said = (texts: readonly string[]): readonly string[] =>
    links.filter((link) => texts.some((text) => tells(text, link))).map(wordsOf)
  const isOnly = (values: readonly string[], link: ChainLink | undefined): boolean =>
    link !== undefined && values.length === 1 && values[0] === wordsOf(link)
  const arrived = lastArrived === undefined ? [] : [wordsOf(lastArrived)]
  const asked: Asked[] = [
    {
      metric: 'current',
      mode,
      isRight: isOnly(said(dreamt.current.map(({ text }) => text)), latest),
      isRightByArrival: isOnly(arrived, latest),
    },
  ]
  for (const { from } of links) {
    const wanted = links.filter((link) => hasBegun(link.from, from)).at(-1)
    const found = await cases.reverie.memories.asOf(dreamt.folder, from)
    asked.push({
      metric: 'as_of',
      mode,
      isRight: isOnly(said(found.map(({ text }) => text)), wanted),
      isRightByArrival: isOnly(arrived, wanted),
    })
  }
  const former = links.slice(0, -1).map((link) => isKept(link, dreamt))
  const history = former.map(
    (isRight): Asked => ({ metric: 'history', mode, isRight, isRightByArrival: false }),
  )
  return [...asked, ...history]
}

function isKept(link: ChainLink, { ledger }: Dreamt): boolean {
  return ledger.some(({ text }) => tells(text, link) && leftWithEvidence(text, ledger))
}

function wordsOf({ valid_from, answers }: ChainLink): string {
  return `${valid_from}: ${answers[0] ?? ''}`
}

/** As precisely as both are given: at the end of 2011, what began in March 2011 had begun. */
function hasBegun(from: string, date: string): boolean {
  const precision = Math.min(from.length, date.length)
  return from.slice(0, precision) <= date.slice(0, precision)
}
