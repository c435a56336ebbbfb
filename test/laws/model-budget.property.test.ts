import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import type { Budget, Dream } from '../../src/core/dream.ts'
import type { PriceTable } from '../../src/engine/asking/prices.ts'
import type { Model, ModelUsage } from '../../src/models/model.ts'
import { seededRandom } from '../../src/testing/seeded-random.ts'
import { ModelWorld } from '../support/model-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'

const CASES = { numRuns: Math.min(200, Number(process.env.LAW_CASES ?? 100)), seed: 20_261_123 }
const PATIENCE = { timeout: 300_000 }
const PER_MILLION = 1_000_000
const PRICE = { input: 3, output: 15 }
const PRICES: PriceTable = [
  {
    model: 'api/big',
    ...PRICE,
    cachedInput: null,
    cacheWrite: null,
    long: null,
    source: 'made up',
    date: '2026-11-01',
  },
]

interface Counted {
  readonly question: string
  readonly usage: ModelUsage
}

/** A model that is paid for, and what it counted; how much is the seed's. */
function payable(seed: number): { readonly model: Model; readonly counted: Counted[] } {
  const random = seededRandom(seed)
  const counted: Counted[] = []
  const model: Model = {
    id: 'api/big',
    host: 'api.example',
    answer: async (request) => {
      const text = sensibleScript(request, 0)
      if (typeof text !== 'string') throw new Error('A script of texts.')
      const usage = {
        inputTokens: 200 + Math.floor(random() * 2_000),
        cachedInputTokens: Math.floor(random() * 200),
        outputTokens: Math.floor(random() * 4_000),
      }
      counted.push({ question: `${request.name} ${request.data}`, usage })
      return { text, finish: 'stop', usage }
    },
  }
  return { model, counted }
}

function spent({ usage }: Counted): { readonly tokens: number; readonly usd: number } {
  const [input, output] = [usage.inputTokens ?? 0, usage.outputTokens ?? 0]
  return {
    tokens: input + output,
    usd: (input * PRICE.input + output * PRICE.output) / PER_MILLION,
  }
}

function essence({ kind, before, after, status }: Change): string {
  return JSON.stringify([kind, before, after, status])
}

function expectWithin(counted: readonly Counted[], budget: Budget): void {
  for (const unit of ['tokens', 'usd'] as const) {
    const each = counted.map((one) => spent(one)[unit])
    const total = each.reduce((sum, one) => sum + one, 0)
    const cap = budget[unit] ?? Number.POSITIVE_INFINITY
    expect(total - Math.max(0, ...each), unit).toBeLessThanOrEqual(cap)
  }
}

/** The report tells what was counted, call by call. */
function expectCounted({ plan }: Dream, counted: readonly Counted[]): void {
  const usage = plan?.report.usage
  const total = (of: (one: ModelUsage) => number | null): number =>
    counted.reduce((sum, one) => sum + (of(one.usage) ?? 0), 0)
  expect(usage?.inputTokens).toBe(total(({ inputTokens }) => inputTokens))
  expect(usage?.cachedInputTokens).toBe(total(({ cachedInputTokens }) => cachedInputTokens))
  expect(usage?.outputTokens).toBe(total(({ outputTokens }) => outputTokens))
  const usd = counted.reduce((sum, one) => sum + spent(one).usd, 0)
  expect(usage?.usd).toBeCloseTo(usd, 6)
  expect(usage?.stages.reduce((sum, { calls }) => sum + calls, 0)).toBe(counted.length)
}

const budgets: fc.Arbitrary<Budget> = fc.oneof(
  fc.integer({ min: 1, max: 90_000 }).map((tokens) => ({ tokens, usd: null })),
  fc.integer({ min: 1, max: 900 }).map((mille) => ({ tokens: 2_000_000, usd: mille / 1_000 })),
  fc.record({
    tokens: fc.integer({ min: 1, max: 90_000 }),
    usd: fc.integer({ min: 1, max: 900 }).map((mille) => mille / 1_000),
  }),
)

describe('a dream within a budget', () => {
  let full: ReadonlySet<string>
  let sound: ReadonlySet<string>
  let questions: number
  const ends = new Set<string>()

  beforeAll(async () => {
    using world = await ModelWorld.open({ name: 'budget', prices: PRICES })
    const { model, counted } = payable(1)
    const { changes } = await world.dream({ answering: model })
    using other = await ModelWorld.open({ name: 'budget', prices: PRICES })
    const { changes: byRules } = await other.dream({ answering: null })
    full = new Set(changes.map(essence))
    sound = new Set([...changes, ...byRules].map(essence))
    questions = counted.length
  })

  test(
    'is over it by one call at most, plans nothing unchecked, and the next goes on',
    PATIENCE,
    async () => {
      await fc.assert(
        fc.asyncProperty(budgets, fc.nat(), async (budget, seed) => {
          using world = await ModelWorld.open({ name: 'budget', prices: PRICES })
          const first = payable(seed)
          const { dream, changes } = await world.dream({ answering: first.model, budget })
          const report = dream.plan?.report
          const where = `${JSON.stringify(budget)}, seed ${seed}`

          expect(dream.status).toBe('completed')
          expectWithin(first.counted, budget)
          expectCounted(dream, first.counted)
          for (const change of changes) expect([...sound], where).toContain(essence(change))
          const isWhole =
            changes.length === full.size && changes.every((one) => full.has(essence(one)))
          if (report?.usage.uncovered === 0) expect(isWhole, where).toBe(true)
          ends.add(report?.usage.stages.at(-1)?.stage ?? 'nothing')

          const rest = payable(seed + 1)
          const ample = { tokens: 2_000_000, usd: null }
          const second = await world.dream({ answering: rest.model, budget: ample })

          expect(new Set(second.changes.map(essence)), where).toEqual(full)
          const asked = [...first.counted, ...rest.counted].map(({ question }) => question)
          expect(new Set(asked).size, `${where}: paid twice`).toBe(asked.length)
          expectCounted(second.dream, rest.counted)

          const pending = report?.read.pending ?? 0
          if (dream.planStatus === 'waiting') await world.reverie().apply(dream.id)
          expect(await world.unread(), where).toBe(pending)
        }),
        CASES,
      )
      expect(questions).toBeGreaterThan(8)
      // The budgets end in many places.
      expect(ends.size).toBeGreaterThan(3)
    },
  )
})
