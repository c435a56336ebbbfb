import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Budget, StageUsage } from '../../core/dream.ts'
import { sha256 } from '../../core/ids.ts'
import type { ModelAnswer, ModelRequest, ModelUsage } from '../../models/model.ts'
import type { Storage } from '../../storage/storage.ts'
import { SEED } from '../../testing/arbitraries.ts'
import type { Asked, Asker } from './asker.ts'
import {
  askerOf,
  DOUBLE,
  dataIn,
  isSecondTry,
  OTHER_DREAM,
  openStorage,
  PLENTY,
  type ScriptModel,
  scriptModel,
  USAGE,
} from './asking.test-support.ts'

const RUNS = 300

/** A number that is the same for the same call, from 0 to below `max`. */
const lotOf = (request: ModelRequest, salt: string, max: number): number =>
  Number.parseInt(sha256(`${salt}${request.data}`).slice(0, 8), 16) % max

const UNBELIEVABLE = [null, -5, Number.NaN, 1e15, 0.25]

/** What a provider counts: less than was reserved, more, or nonsense. */
function usageOf(request: ModelRequest): ModelUsage {
  const odd = UNBELIEVABLE[lotOf(request, 'odd', UNBELIEVABLE.length * 4)]
  if (odd !== undefined) return { inputTokens: odd, cachedInputTokens: odd, outputTokens: odd }
  const inputTokens = lotOf(request, 'in', 900)
  const outputTokens = lotOf(request, 'out', 390)
  return { inputTokens, cachedInputTokens: inputTokens >> 1, outputTokens }
}

/** One first answer of four is useless; one second answer of three too. */
function answerOf(request: ModelRequest): ModelAnswer {
  const isUseless = isSecondTry(request)
    ? lotOf(request, 'again', 3) === 0
    : lotOf(request, 'first', 4) === 0
  return { text: isUseless ? 'no' : '{"n":1}', finish: 'stop', usage: usageOf(request) }
}

function modelOf(seed: number): ScriptModel {
  return scriptModel({ answer: answerOf, slowness: (request) => lotOf(request, `${seed}`, 6) })
}

const inputs = fc.uniqueArray(
  fc.tuple(fc.nat(1_000), fc.nat(900)).map(([n, length]) => `${n} ${'x'.repeat(length)}`),
  { minLength: 1, maxLength: 14 },
)
/** From nothing to more than all of it. One dollar buys a million tokens. */
const budget: fc.Arbitrary<Budget> = fc.record({
  tokens: fc.nat(9_000),
  usd: fc.option(fc.nat(9_000).map((tokens) => tokens / 1_000_000)),
})

/** A storage in which another dream has asked some of it, and ran out of budget on the way. */
async function storageAfter(known: readonly string[]): Promise<Storage> {
  const storage = await openStorage()
  const budget = { tokens: 2_500, usd: null }
  const asker = askerOf({ storage, model: modelOf(0), dreamId: OTHER_DREAM, budget })
  for (const input of known) await asker.ask(DOUBLE, [input])
  return storage
}

interface World {
  /** What is asked side by side. */
  readonly groups: readonly (readonly string[])[]
  readonly known: readonly string[]
  readonly cap: Budget
}

/** As a run without any concurrency decides: one at a time, after the first uncovered for free. */
async function oneByOne({ groups, known, cap }: World) {
  const storage = await storageAfter(known)
  const model = modelOf(0)
  const asker = askerOf({ storage, model, budget: cap })
  const penniless = askerOf({ storage, model, budget: { tokens: 0, usd: 0 } })
  const results: unknown[][] = []
  for (const group of groups) {
    const asked: unknown[] = []
    let isSpent = false
    for (const input of group) {
      const who: Asker = isSpent ? penniless : asker
      const [result]: readonly Asked<unknown>[] = await who.ask(DOUBLE, [input])
      isSpent ||= result !== undefined && !isCovered(result)
      asked.push(result)
    }
    results.push(asked)
  }
  return { results, usage: paidOf(asker.usage()), calls: dataOf(model) }
}

const isCovered = (result: Asked<unknown>): boolean =>
  result.kind === 'answered' || result.why !== 'budget'

const paidOf = (usage: readonly StageUsage[]): readonly unknown[] =>
  usage.map((stage) => ({ ...stage, replayed: 0 })).filter(({ calls }) => calls > 0)

const dataOf = (model: ScriptModel): readonly string[] => model.calls.map(({ data }) => data).sort()

const worlds: fc.Arbitrary<World> = fc
  .record({ all: inputs, at: fc.nat(14), every: fc.integer({ min: 1, max: 6 }), cap: budget })
  .map(({ all, at, every, cap }) => ({
    groups: [all.slice(0, at), all.slice(at)],
    known: all.filter((_input, n) => n % every === 1),
    cap,
  }))

describe('a budget', () => {
  it('covers side by side exactly what it covers one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(), async (world, seed) => {
        const { groups, known, cap } = world
        const storage = await storageAfter(known)
        const model = modelOf(seed)
        const asker = askerOf({ storage, model, budget: cap })
        const results = await Promise.all(groups.map((group) => asker.ask(DOUBLE, group)))
        const expected = await oneByOne(world)

        expect(results).toEqual(expected.results)
        expect(paidOf(asker.usage())).toEqual(expected.usage)
        expect(dataOf(model)).toEqual(expected.calls)
        const uncovered = results.flat().filter((result) => !isCovered(result))
        expect(asker.uncovered()).toBe(uncovered.length)
      }),
      { seed: SEED, numRuns: RUNS },
    )
  })

  it('is passed by no more than one call, whatever providers count', async () => {
    let passed = 0
    await fc.assert(
      fc.asyncProperty(inputs, budget, fc.nat(), async (all, cap, seed) => {
        const asker = askerOf({ storage: await openStorage(), model: modelOf(seed), budget: cap })
        await asker.ask(DOUBLE, all.slice(0, 7))
        await asker.ask({ ...DOUBLE, name: 'merge' }, all)

        const used = asker
          .usage()
          .map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)
        const tokens = used.reduce((sum, count) => sum + count, 0)
        const usd = asker.usage().reduce((sum, stage) => sum + (stage.usd ?? 0), 0)
        // The most that one call of this world is counted at, by `usageOf` or by the estimate.
        const callMax = 1_290
        expect(tokens).toBeLessThanOrEqual(cap.tokens + callMax)
        if (cap.usd !== null) expect(usd).toBeLessThanOrEqual(cap.usd + callMax / 1_000_000)
        passed += tokens > cap.tokens ? 1 : 0
      }),
      { seed: SEED, numRuns: RUNS },
    )
    expect(passed).toBeGreaterThan(5)
  })

  it('asks nothing once a call of the same asking did not fit', async () => {
    const model = scriptModel({ answer: () => '{"n":1}' })
    const asker = askerOf({
      storage: await openStorage(),
      model,
      budget: { tokens: 1_000, usd: null },
    })
    const results = await asker.ask(DOUBLE, ['1', 'x'.repeat(9_000), '2'])

    expect(results.map((result) => result.kind)).toEqual(['answered', 'unanswered', 'unanswered'])
    expect(model.calls.map(dataIn)).toEqual(['1'])
    expect(await asker.ask(DOUBLE, ['2'])).toMatchObject([{ kind: 'answered' }])
  })

  it('lets several calls run at once where there is room for whatever they take', async () => {
    const few = { tokens: 2_000, usd: null }
    const most = async (cap: Budget): Promise<number> => {
      const model = scriptModel({ answer: () => '{"n":1}', slowness: () => 2 })
      await askerOf({ storage: await openStorage(), model, budget: cap }).ask(DOUBLE, [
        '1',
        '2',
        '3',
        '4',
      ])
      return model.mostAtOnce()
    }
    expect(await most(PLENTY)).toBe(4)
    expect(await most(few)).toBe(1)
  })

  it('still gives what is known from another dream when nothing is left', async () => {
    const storage = await openStorage()
    const model = scriptModel({ answer: () => ({ text: '{"n":1}', finish: 'stop', usage: USAGE }) })
    await askerOf({ storage, model, dreamId: OTHER_DREAM }).ask(DOUBLE, ['2'])
    const asker = askerOf({ storage, model, budget: { tokens: 0, usd: null } })

    const results = await asker.ask(DOUBLE, ['1', '2', '3'])
    expect(results.map((result) => result.kind)).toEqual(['unanswered', 'answered', 'unanswered'])
    expect(asker.uncovered()).toBe(2)
  })

  it('leaves room for the second try of an answer that another dream paid for', async () => {
    const storage = await openStorage()
    const costly = { inputTokens: 500, cachedInputTokens: 0, outputTokens: 100 }
    const model = scriptModel({
      answer: (request): ModelAnswer => {
        const isGood = isSecondTry(request) || dataIn(request) === '2'
        const usage = isSecondTry(request) ? costly : USAGE
        return { text: isGood ? '{"n":1}' : 'no', finish: 'stop', usage }
      },
    })
    const poor = { tokens: 400, usd: null }
    const other = askerOf({ storage, model, dreamId: OTHER_DREAM, budget: poor })
    expect(await other.ask(DOUBLE, ['1'])).toMatchObject([{ why: 'budget' }])

    const asker = askerOf({ storage, model, budget: { tokens: 700, usd: null } })
    const results = await asker.ask(DOUBLE, ['1', '2'])
    expect(results.map((result) => result.kind)).toEqual(['answered', 'unanswered'])
    expect(model.calls.map(isSecondTry)).toEqual([false, true])
  })
})
