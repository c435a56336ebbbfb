import { describe, expect, it } from 'vitest'
import type { Model, ModelRequest } from '../../models/model.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Departure } from '../api.ts'
import type { Estimate, SecretScanner } from '../dream-ports.ts'
import type { ChosenModels } from './choose-models.ts'
import { type DepartureGate, departureGate } from './departure-gate.ts'

const MOST = {
  calls: 3,
  inputTokens: 500_000,
  outputTokens: 100_000,
  bytes: 48_000,
  sessions: 12,
  notes: 30,
}
const EXPECTED = {
  small: { calls: 2, inputTokens: 40_000, outputTokens: 10_000 },
  large: { calls: 1, inputTokens: 5_000, outputTokens: 1_000 },
}
const ESTIMATE: Estimate = { ...MOST, expected: EXPECTED }
const QUESTION: ModelRequest = {
  name: 'extract-1',
  instructions: 'Read this.',
  profile: 'notes with s3cret',
  data: 'words with s3cret',
  schema: {},
  outputTokensMax: 10,
  signal: null,
}

/** A storage whose steps alone are used, and all that was said and asked, in order. */
interface Scene {
  readonly storage: Storage
  readonly secrets: SecretScanner
  readonly wait: () => Promise<void>
  readonly told: Departure[]
  readonly order: string[]
}

function aScene(): Scene {
  const kept = new Map<string, string>()
  const steps: Pick<Storage['steps'], 'getAll' | 'putAll'> = {
    getAll: async (keys) => new Map([...kept].filter(([key]) => keys.includes(key))),
    putAll: async (rows) => {
      for (const [key, value] of rows) kept.set(key, value)
    },
  }
  return {
    storage: { steps } as Storage,
    secrets: { mask: async (text) => text.replaceAll('s3cret', '[redacted]') },
    wait: () => new Promise(() => undefined),
    told: [],
    order: [],
  }
}

function gateOf(
  scene: Scene,
  models: { small?: Model; large: Model; usd?: number | null; tokens?: number },
): DepartureGate {
  const { large, small = large, usd = 5, tokens = 1_000_000 } = models
  const price = { cachedInput: null, cacheWrite: null, long: null, source: '', date: '' }
  const chosen: ChosenModels = {
    cassettes: [],
    small,
    large,
    prices: [
      { ...price, model: 'api/mini', input: 0.5, output: 1 },
      { ...price, model: 'api/big', input: 2, output: 10 },
    ],
    thinking: { small: small.id, large: large.id, budget: { tokens, usd } },
  }
  const onDeparture = (departure: Departure): void => {
    scene.order.push('told')
    scene.told.push(departure)
  }
  return departureGate(chosen, { onDeparture }, scene, async () => undefined)
}

function modelOf(scene: Scene, id: string, host: string | null = 'api.example'): Model {
  return {
    id,
    host,
    answer: async () => {
      scene.order.push(`asked ${id}`)
      throw new Error('no answer')
    },
  }
}

describe('the gate', () => {
  it('lets no question through before the caller was told', async () => {
    const scene = aScene()
    const gate = gateOf(scene, { large: modelOf(scene, 'api/big') })

    await expect(gate.large.answer(QUESTION)).rejects.toThrow('before the person was told')
    await expect(gate.small.answer(QUESTION)).rejects.toThrow('before the person was told')
    await gate.announce(ESTIMATE)
    await expect(gate.large.answer(QUESTION)).rejects.toThrow('no answer')

    expect(scene.order).toEqual(['told', 'asked api/big'])
  })

  it('stays shut when telling fails, and the first use is still to be told', async () => {
    const scene = aScene()
    const large = modelOf(scene, 'api/big')
    const broken = departureGate(
      { small: large, large, prices: [], thinking: thinkingOf(large), cassettes: [] },
      {
        onDeparture: () => {
          throw new Error('the terminal is gone')
        },
      },
      scene,
      async () => undefined,
    )

    await expect(broken.announce(ESTIMATE)).rejects.toThrow('the terminal is gone')
    await expect(broken.large.answer(QUESTION)).rejects.toThrow('before the person was told')
    await gateOf(scene, { large }).announce(ESTIMATE)

    expect(scene.order).toEqual(['told'])
    expect(scene.told[0]?.providers).toMatchObject([{ isFirstUse: true }])
  })
})

function thinkingOf({ id }: Model): ChosenModels['thinking'] {
  return { small: id, large: id, budget: { tokens: 1, usd: null } }
}

describe('a question', () => {
  it('leaves without the secrets of the notes in it, and is otherwise as it was put', async () => {
    const scene = aScene()
    const sent: ModelRequest[] = []
    const large: Model = {
      ...modelOf(scene, 'api/big'),
      answer: async (request) => {
        sent.push(request)
        const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 }
        return { text: '{}', finish: 'stop', usage }
      },
    }
    const gate = gateOf(scene, { large })
    await gate.announce(ESTIMATE)
    await gate.large.answer(QUESTION)

    expect(sent).toEqual([
      { ...QUESTION, profile: 'notes with [redacted]', data: 'words with [redacted]' },
    ])
  })
})

describe('what is told', () => {
  it('names each model once with its host, and the first use of a provider there once', async () => {
    const scene = aScene()
    const large = modelOf(scene, 'api/big')
    const local = modelOf(scene, 'ollama/small', 'localhost:11434')
    await gateOf(scene, { large }).announce(ESTIMATE)
    await gateOf(scene, { large, small: local }).announce(ESTIMATE)
    await gateOf(scene, { large: modelOf(scene, 'api/big', 'proxy.example') }).announce(ESTIMATE)

    expect(scene.told.map(({ providers }) => providers)).toEqual([
      [{ model: 'api/big', host: 'api.example', isFirstUse: true }],
      [
        { model: 'api/big', host: 'api.example', isFirstUse: false },
        { model: 'ollama/small', host: 'localhost:11434', isFirstUse: true },
      ],
      [{ model: 'api/big', host: 'proxy.example', isFirstUse: true }],
    ])
  })

  it('a cassette is no first use of anybody', async () => {
    const scene = aScene()
    await gateOf(scene, { large: modelOf(scene, 'api/big', null) }).announce(ESTIMATE)

    expect(scene.told).toMatchObject([{ providers: [{ host: null, isFirstUse: false }], usd: 0 }])
  })

  it.each([
    ['the dearer model gets all of it', 5, 2],
    ['the cap, where that is less', 1.5, 1.5],
    ['the dearer model, without a cap', null, 2],
  ])('the money at most is what %s', async (_words, usd, most) => {
    const scene = aScene()
    const [small, large] = [modelOf(scene, 'api/mini'), modelOf(scene, 'api/big')]
    await gateOf(scene, { small, large, usd }).announce(ESTIMATE)

    expect(scene.told).toMatchObject([{ ...MOST, usd: most, budget: { usd } }])
  })

  it('what is expected is paid to the model that is asked', async () => {
    const scene = aScene()
    const [small, large] = [modelOf(scene, 'api/mini'), modelOf(scene, 'api/big')]
    await gateOf(scene, { small, large }).announce(ESTIMATE)

    expect(scene.told[0]?.expected).toEqual({
      calls: 3,
      inputTokens: 45_000,
      outputTokens: 11_000,
      usd: 0.05,
    })
  })

  it.each(['expected', 'at most'])('no more tokens than the budget has: %s', async (which) => {
    const scene = aScene()
    const large = modelOf(scene, 'api/big')
    await gateOf(scene, { large, tokens: 3_000 }).announce(ESTIMATE)
    const [told] = scene.told
    const { inputTokens = 0, outputTokens = 0 } =
      (which === 'expected' ? told?.expected : told) ?? {}

    expect(inputTokens + outputTokens).toBeLessThanOrEqual(3_000)
    expect(inputTokens).toBeGreaterThan(outputTokens)
  })

  it('the money is not known where a price is not', async () => {
    const scene = aScene()
    const large = modelOf(scene, 'api/unheard-of')
    await gateOf(scene, { large, usd: null }).announce(ESTIMATE)

    expect(scene.told).toMatchObject([{ usd: null }])
  })
})
