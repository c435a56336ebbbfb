import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { type ModelAnswer, ModelError, type ModelUsage, requestDigest } from '../../models/model.ts'
import {
  askerOf,
  DOLLAR,
  DOUBLE,
  dataIn,
  isSecondTry,
  OTHER_DREAM,
  openStorage,
  PLENTY,
  type Script,
  scriptModel,
  truth,
  USAGE,
} from './asking.test-support.ts'
import { answerKey } from './call.ts'
import type { CreatedAsker } from './create-asker.ts'
import { totalsOf } from './usage-tally.ts'

const doubled = (n: number) => ({ kind: 'answered', output: { n } }) as const
const INVALID = { kind: 'unanswered', why: 'invalid' } as const

async function world(script: Script = { answer: truth }) {
  const storage = await openStorage()
  const model = scriptModel(script)
  return { storage, model, asker: askerOf({ storage, model }) }
}

const inputsTo = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${n + 20}`)

describe('asking', () => {
  it('gives one answer for each input in their order, whichever comes first', async () => {
    const { model, asker } = await world({
      answer: truth,
      slowness: (_request, call) => (call * 7) % 5,
    })

    const asked = await asker.ask(DOUBLE, inputsTo(30))

    expect(asked).toEqual(inputsTo(30).map((input) => doubled(Number(input) * 2)))
    expect(model.mostAtOnce()).toBe(LIMITS.modelCallsAtOnce)
  })

  it('sends the instructions, the fenced data and a strict schema', async () => {
    const { model, asker } = await world()
    await asker.ask(DOUBLE, ['3'])

    expect(model.calls[0]).toMatchObject({
      name: 'extract-1',
      instructions: 'Double it.',
      profile: '',
      outputTokensMax: 100,
      schema: { type: 'object', required: ['n'], additionalProperties: false },
    })
    expect(model.calls[0]?.data).toMatch(/^⟦data ([0-9a-f]{16}) number⟧\n3\n⟦end \1⟧$/)
  })

  it('gives the profile the same bytes in every call, so that providers can reuse it', async () => {
    const { model, asker } = await world()
    const prompt: typeof DOUBLE = {
      ...DOUBLE,
      profileOf: (_input, fence) => fence.block('profile', 'a scope'),
    }
    await asker.ask(prompt, ['1', '2'])

    const [one, two] = model.calls
    expect(one?.profile).toMatch(/^⟦data [0-9a-f]{16} profile⟧\na scope\n/)
    expect(two?.profile).toBe(one?.profile)
    expect(two?.data).not.toBe(one?.data)
  })

  it('asks equal inputs once, and never again in the same dream', async () => {
    const { model, asker } = await world()

    expect(await asker.ask(DOUBLE, ['1', '2', '1'])).toEqual([doubled(2), doubled(4), doubled(2)])
    expect(await asker.ask(DOUBLE, ['2'])).toEqual([doubled(4)])
    expect(model.calls).toHaveLength(2)
    expect(asker.usage()).toMatchObject([{ calls: 2, replayed: 0 }])
  })

  it('asks equal inputs once also where two stages ask side by side', async () => {
    const { model, asker } = await world({ answer: truth, slowness: () => 3 })
    const both = await Promise.all([asker.ask(DOUBLE, ['1', '2']), asker.ask(DOUBLE, ['2', '1'])])

    expect(both).toEqual([
      [doubled(2), doubled(4)],
      [doubled(4), doubled(2)],
    ])
    expect(model.calls).toHaveLength(2)
  })

  it('does nothing for no inputs', async () => {
    const { model, asker } = await world()
    expect(await asker.ask(DOUBLE, [])).toEqual([])
    expect(model.calls).toHaveLength(0)
    expect(asker.usage()).toEqual([])
  })
})

describe('an answer that cannot be used', () => {
  const secondsOf = async (first: string | ModelAnswer, second: string = '{"n":4}') => {
    const { model, asker } = await world({
      answer: (request) => (isSecondTry(request) ? second : first),
    })
    return { asked: await asker.ask(DOUBLE, ['2']), model, asker }
  }
  const ended = (finish: ModelAnswer['finish'], text: string): ModelAnswer => {
    return { text, finish, usage: USAGE }
  }

  it.each([
    ['empty', ''],
    ['no JSON', 'four'],
    ['of another shape', '{"n":"4"}'],
    ['cut off', ended('length', '{"n":4}')],
    ['a refusal', ended('refused', '')],
    ['faulty as a whole', '{"n":13}'],
    ['endless', `{"n":4,"x":"${'a'.repeat(LIMITS.answerCharsMax)}"}`],
  ])('is asked for a second time when it is %s', async (_what, first) => {
    const { asked, model, asker } = await secondsOf(first)
    expect(asked).toEqual([doubled(4)])
    expect(model.calls).toHaveLength(2)
    expect(asker.usage()).toMatchObject([{ calls: 2 }])
    expect(asker.keysUsed()).toHaveLength(2)
  })

  it('is never asked for a third time', async () => {
    const { asked, model, asker } = await secondsOf('no', '{"n":13}')
    expect(asked).toEqual([INVALID])
    expect(model.calls).toHaveLength(2)
    expect(asker.uncovered()).toBe(0)
  })

  it('is not asked for again when it is kept', async () => {
    const { storage, model, asker } = await world({ answer: () => 'no' })
    await asker.ask(DOUBLE, ['2'])
    expect(await asker.ask(DOUBLE, ['2'])).toEqual([INVALID])
    expect(await askerOf({ storage, model, dreamId: OTHER_DREAM }).ask(DOUBLE, ['2'])).toEqual([
      INVALID,
    ])
    expect(model.calls).toHaveLength(2)
  })

  it('is told back as faults behind the same data, without its own words', async () => {
    const { model } = await secondsOf('{"n":"hunter2","hunter2":1}')
    const [first, second] = model.calls
    expect(second?.instructions).toBe(first?.instructions)
    expect(second?.data.startsWith(`${first?.data}\n\n`)).toBe(true)
    expect(second?.data).toContain('- n: missing or of another type than the schema says.')
    expect(second?.data).not.toContain('hunter2')
  })
})

describe('a call without an answer', () => {
  it('ends the asking with its error, and what was answered is kept', async () => {
    const { storage, model, asker } = await world({
      answer: (request) => {
        if (dataIn(request) === '22') throw new ModelError('overloaded', 'Busy.')
        return truth(request)
      },
      slowness: (_request, call) => 6 - call,
    })

    await expect(asker.ask(DOUBLE, inputsTo(9))).rejects.toMatchObject({ fault: 'overloaded' })
    expect(model.calls.length).toBeLessThan(9)

    const healthy = scriptModel({ answer: truth })
    const again = askerOf({ storage, model: healthy })
    expect(await again.ask(DOUBLE, inputsTo(9))).toEqual(
      inputsTo(9).map((input) => doubled(Number(input) * 2)),
    )
    expect(healthy.calls.length).toBe(9 - (model.calls.length - 1))
  })

  it('is not made when the dream was taken over or stopped', async () => {
    const { storage, model } = await world()
    const lost = askerOf({
      storage,
      model,
      parts: { keepAlive: () => Promise.reject(new Error('taken over')) },
    })
    await expect(lost.ask(DOUBLE, ['1'])).rejects.toThrow('taken over')
    const stopped = askerOf({ storage, model, parts: { signal: AbortSignal.abort() } })
    await expect(stopped.ask(DOUBLE, ['1'])).rejects.toMatchObject({ name: 'AbortError' })
    expect(model.calls).toHaveLength(0)
  })

  it('fails where what is kept cannot be read, and names the key', async () => {
    const { storage, asker, model } = await world()
    await asker.ask(DOUBLE, ['1'])
    const [key = ''] = asker.keysUsed()
    const other = await openStorage()
    await other.steps.put(key, '{}')
    await expect(askerOf({ storage: other, model }).ask(DOUBLE, ['1'])).rejects.toThrow(key)
    expect(await storage.steps.get(key)).toContain('"dreamId":"drm_1"')
  })
})

describe('what is kept', () => {
  it('costs another dream nothing', async () => {
    const { storage, model, asker } = await world()
    await asker.ask(DOUBLE, ['1', '2'])
    const other = askerOf({ storage, model, dreamId: OTHER_DREAM, budget: { tokens: 0, usd: 0 } })

    expect(await other.ask(DOUBLE, ['2', '1'])).toEqual([doubled(4), doubled(2)])
    expect(model.calls).toHaveLength(2)
    expect(other.usage()).toMatchObject([{ calls: 0, replayed: 2, inputTokens: 0, usd: 0 }])
    expect(other.keysUsed()).toEqual(asker.keysUsed())
  })

  it.each([
    ['another version', { ...DOUBLE, version: 2 }],
    ['another prompt', { ...DOUBLE, name: 'merge' as const }],
    ['another profile', { ...DOUBLE, profileOf: () => 'p' }],
  ])('is not the answer to %s', async (_what, prompt) => {
    const { model, asker } = await world()
    await asker.ask(DOUBLE, ['1'])
    await asker.ask(prompt, ['1'])
    expect(model.calls).toHaveLength(2)
  })

  it('is not the answer of another model', async () => {
    const { storage, model, asker } = await world()
    await asker.ask(DOUBLE, ['1'])
    const other = { ...scriptModel({ answer: () => '{"n":5}' }), id: 'script/other' }
    expect(await askerOf({ storage, model: other }).ask(DOUBLE, ['1'])).toEqual([doubled(5)])
    expect(model.calls).toHaveLength(1)
  })

  it('is used as it was kept first, also where two dreams asked at the same time', async () => {
    const storage = await openStorage()
    const slow = scriptModel({ answer: () => '{"n":1}', slowness: () => 20 })
    const quick = scriptModel({ answer: () => '{"n":2}' })
    const [one, two] = await Promise.all([
      askerOf({ storage, model: slow }).ask(DOUBLE, ['1']),
      askerOf({ storage, model: quick, dreamId: OTHER_DREAM }).ask(DOUBLE, ['1']),
    ])
    expect([slow.calls.length, quick.calls.length]).toEqual([1, 1])
    expect(one).toEqual([doubled(2)])
    expect(two).toEqual([doubled(2)])
  })
})

describe('a secret in a question', () => {
  const mask = async (text: string): Promise<string> => text.replaceAll('hunter2', '[redacted:x]')

  it('is out of what is sent and of what its answer is kept under, first try and second', async () => {
    const storage = await openStorage()
    const model = scriptModel({ answer: (request) => (isSecondTry(request) ? '{"n":1}' : 'no') })
    const asker = askerOf({ storage, model, parts: { mask } })
    await asker.ask(DOUBLE, ['the key hunter2'])
    const sent = model.calls.map(requestDigest).toSorted()
    const used = asker.used().answers

    expect(model.calls).toHaveLength(2)
    expect(JSON.stringify(model.calls)).not.toContain('hunter2')
    expect(used.map(({ digest }) => digest).toSorted()).toEqual(sent)
    expect(used.map(({ digest }) => answerKey(model.id, digest)).toSorted()).toEqual(
      asker.keysUsed(),
    )
  })
})

describe('usage', () => {
  const count = async (usage: ModelUsage): Promise<CreatedAsker> => {
    const { asker } = await world({
      answer: (request) => ({ text: truth(request), finish: 'stop', usage }),
    })
    await asker.ask(DOUBLE, ['1'])
    return asker
  }

  it('is what the provider counted, by prompt and model, with its price', async () => {
    const { model, asker } = await world()
    await asker.ask({ ...DOUBLE, name: 'merge', size: 'large' }, ['1'])
    await asker.ask(DOUBLE, ['1', '2'])

    const stage = { model: model.id, replayed: 0, cachedInputTokens: 0 }
    expect(asker.usage()).toEqual([
      { ...stage, stage: 'extract', calls: 2, inputTokens: 100, outputTokens: 20, usd: 0.00012 },
      { ...stage, stage: 'merge', calls: 1, inputTokens: 50, outputTokens: 10, usd: 0.00006 },
    ])
    const thinking = { small: 'script/small', large: 'script/large' }
    expect(totalsOf(asker.usage(), thinking, 3, null)).toEqual({
      models: ['script/small', 'script/large'],
      stages: asker.usage(),
      inputTokens: 150,
      cachedInputTokens: 0,
      outputTokens: 30,
      usd: 0.00018,
      uncovered: 3,
      coverage: null,
    })
  })

  it.each([null, -1, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 1e12])(
    'is the estimate where the provider counts %s',
    async (tokens) => {
      const asker = await count({
        inputTokens: tokens,
        cachedInputTokens: tokens,
        outputTokens: tokens,
      })
      const [stage] = asker.usage()
      expect(stage?.inputTokens).toBeGreaterThan(200)
      expect(stage?.inputTokens).toBeLessThan(400)
      expect(stage).toMatchObject({ outputTokens: 100, cachedInputTokens: 0 })
    },
  )

  it('believes more than the estimate, as long as it can be', async () => {
    const asker = await count({ inputTokens: 600, cachedInputTokens: 600, outputTokens: 300 })
    expect(asker.usage()).toMatchObject([
      { inputTokens: 600, cachedInputTokens: 600, outputTokens: 300 },
    ])
  })

  it('has no money where a price is not known, and a cap on money is refused', async () => {
    const storage = await openStorage()
    const model = scriptModel({ answer: truth })
    const asker = askerOf({ storage, model, prices: [] })
    await asker.ask(DOUBLE, ['1'])
    expect(asker.usage()).toMatchObject([{ usd: null }])
    const thinking = { small: model.id, large: model.id }
    expect(totalsOf(asker.usage(), thinking, 0, null).usd).toBeNull()

    const capped = { tokens: PLENTY.tokens, usd: 1 }
    expect(() => askerOf({ storage, model, prices: [], budget: capped })).toThrow(
      expect.objectContaining({
        type: 'invalid_request_error',
        message: expect.stringContaining('script/small'),
        next: expect.stringContaining('budget.usd'),
      }),
    )
    expect(() => askerOf({ storage, model, prices: [DOLLAR], budget: capped })).not.toThrow()
  })
})
