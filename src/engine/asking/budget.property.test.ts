import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Budget } from '../../core/dream.ts'
import { sha256 } from '../../core/ids.ts'
import type { ModelAnswer, ModelRequest, ModelUsage } from '../../models/model.ts'
import { SEED } from '../../testing/arbitraries.ts'
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

/** As a run without any concurrency decides: one question at a time, until one is not covered. */
async function oneByOne(all: readonly string[], cap: Budget) {
  const model = modelOf(0)
  const asker = askerOf({ storage: await openStorage(), model, budget: cap })
  const asked: string[] = []
  for (const input of all) {
    const [result] = await asker.ask(DOUBLE, [input])
    if (result?.kind === 'unanswered' && result.why === 'budget') break
    asked.push(JSON.stringify(result))
  }
  return { asked, usage: asker.usage(), calls: model.calls.map(({ data }) => data).sort() }
}

describe('a budget', () => {
  it('covers side by side exactly what it covers one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, budget, fc.nat(), async (all, cap, seed) => {
        const model = modelOf(seed)
        const asker = askerOf({ storage: await openStorage(), model, budget: cap })
        const results = await asker.ask(DOUBLE, all)
        const expected = await oneByOne(all, cap)

        const answered = results.filter(
          (result) => result.kind === 'answered' || result.why !== 'budget',
        )
        expect(results.slice(0, answered.length)).toEqual(answered)
        expect(answered.map((result) => JSON.stringify(result))).toEqual(expected.asked)
        expect(asker.usage()).toEqual(expected.usage)
        expect(model.calls.map(({ data }) => data).sort()).toEqual(expected.calls)
        expect(asker.uncovered()).toBe(all.length - answered.length)
      }),
      { seed: SEED, numRuns: 300 },
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
      { seed: SEED, numRuns: 300 },
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
})
