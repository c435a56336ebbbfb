import { figureRow, type Row } from '../../harness/row.ts'
import { type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { type LoadPlan, type Measured, measuredServers } from './measured-servers.ts'

const SUITE = 'server'

/** Over a bare server over the same tables; where the store is large and one asks at a time. */
const P50_MAX = { read: 3, list: 3, create: 3, update: 3, search: 5 } as const

const LARGE = 100_000

/** Requests on loopback, against the least that could answer them in the same run. */
export const server: Suite = suiteOf(
  SUITE,
  'requests on loopback, against a bare Hono and node:sqlite over the same tables in the same run',
  [
    serverSet({ memories: 1_000, rounds: 5, requests: 100, atOnce: [1, 16] }),
    // Searching so many keeps one core busy: fewer at once, or connections wait until they are cut.
    serverSet({ memories: LARGE, rounds: 2, requests: 40, atOnce: [1, 4] }),
  ],
)

function serverSet(plan: Omit<LoadPlan, 'seed'>): BenchSet {
  const { memories } = plan
  const name = `memories-${memories}`
  return {
    name,
    async run({ seed, limit = null, note }) {
      if (limit !== null && memories > limit) {
        note(`${name} is larger than the limit of ${limit}; the set is left out`)
        return []
      }
      note(`${name}: filling and asking`)
      return serverRows(name, { ...plan, seed })
    },
  }
}

/** Figures of one plan, by operation and how many ask at once. */
export async function serverRows(set: string, plan: LoadPlan): Promise<readonly Row[]> {
  const measured = await measuredServers(plan)
  return measured
    .filter(({ server }) => server === 'reverie')
    .flatMap((own) => {
      const bare = measured.find(
        ({ server, operation, atOnce }) =>
          server === 'bare' && operation === own.operation && atOnce === own.atOnce,
      )
      return bare === undefined ? [] : rowsOf(set, own, bare, plan)
    })
}

function rowsOf(set: string, own: Measured, bare: Measured, plan: LoadPlan): readonly Row[] {
  const { operation, atOnce } = own
  const place = { suite: SUITE, set, class: `${operation}, ${atOnce} at once` }
  const n = own.latencies.length
  const isAimedAt = plan.memories >= LARGE && atOnce === 1
  const figures = [
    { metric: 'per_second', unit: 'count', of: perSecond },
    { metric: 'p50', unit: 'ms', of: (one: Measured) => quantile(one.latencies, 0.5) },
    { metric: 'p99', unit: 'ms', of: (one: Measured) => quantile(one.latencies, 0.99) },
  ] as const
  return figures.flatMap(({ metric, unit, of }) => {
    const target = metric === 'p50' && isAimedAt ? { target: `<= ${P50_MAX[operation]}` } : {}
    const [value, baseline] = [of(own), of(bare)]
    return [
      figureRow({ ...place, metric, baselines: { bare: baseline } }, value, n, unit),
      figureRow({ ...place, metric: `${metric}_to_bare`, ...target }, value / baseline, n, 'ratio'),
    ]
  })
}

function perSecond({ latencies, wallMs }: Measured): number {
  return (1_000 * latencies.length) / wallMs
}

/** The smallest value that so large a share of all does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
