import { describe, expect, it } from 'vitest'
import { type Model, ModelError, type ModelRequest } from '../../../src/models/model.ts'
import { type AblationOutcome, rowsOf } from './ablate-model.ts'
import { answersAtHand, type KnownVerdicts } from './answers-at-hand.ts'

const pairsOf = (...pairs: readonly (readonly [string, string])[]): ModelRequest => ({
  name: 'relate-1',
  instructions: 'Judge the pairs.',
  profile: '',
  data: pairs.map(([a, b], n) => `⟨${n + 1}|A|a.md⟩ ${a}\n⟨${n + 1}|B|b.md⟩ ${b}`).join('\n'),
  schema: {},
  outputTokensMax: 100,
  signal: null,
})

const RECORDED = pairsOf(['One.', 'First.'], ['Two.', 'Second.'])
const VERDICTS = [
  { pair: 1, rel: 'same' },
  { pair: 2, rel: 'update' },
]

const cassette: Model = {
  id: 'script/recorded',
  host: null,
  answer: async ({ data }) => {
    if (data !== RECORDED.data) throw new ModelError('not_found', 'Not recorded.')
    const text = JSON.stringify({ pairs: VERDICTS })
    return { text, finish: 'stop', usage: NO_COUNT }
  },
}
const NO_COUNT = { inputTokens: null, cachedInputTokens: null, outputTokens: null }

async function relationsIn(model: Model, request: ModelRequest): Promise<readonly unknown[]> {
  const { pairs } = JSON.parse((await model.answer(request)).text)
  return pairs.map(({ pair, rel }: { pair: number; rel: string }) => [pair, rel])
}

describe('answers at hand', () => {
  it('gives what was recorded as it is', async () => {
    const model = answersAtHand(cassette, new Map())

    expect(await relationsIn(model, RECORDED)).toEqual([
      [1, 'same'],
      [2, 'update'],
    ])
    expect(model.unanswered()).toBe(0)
  })

  it('gives a known pair its verdict in other company, and an unknown one none that changes anything', async () => {
    const known: KnownVerdicts = new Map()
    await answersAtHand(cassette, known).answer(RECORDED)
    const model = answersAtHand(cassette, known)

    expect(await relationsIn(model, pairsOf(['Six.', 'Sixth.'], ['Two.', 'Second.']))).toEqual([
      [1, 'none'],
      [2, 'update'],
    ])
    expect(model.unanswered()).toBe(1)
  })

  it('a pair with its sides exchanged is another question', async () => {
    const known: KnownVerdicts = new Map()
    await answersAtHand(cassette, known).answer(RECORDED)

    expect(await relationsIn(answersAtHand(cassette, known), pairsOf(['Second.', 'Two.']))).toEqual(
      [[1, 'none']],
    )
  })

  it('gives no valid answer to another prompt, and throws what else goes wrong', async () => {
    const model = answersAtHand(cassette, new Map())
    const broken: Model = {
      ...cassette,
      answer: async () => {
        throw new ModelError('garbled', 'Broken.')
      },
    }

    expect((await model.answer({ ...RECORDED, name: 'extract-1', data: '' })).text).toBe('{}')
    expect(model.unanswered()).toBe(1)
    await expect(answersAtHand(broken, new Map()).answer(RECORDED)).rejects.toThrow('Broken.')
  })
})

describe('the rows of an ablation', () => {
  const whole: AblationOutcome = {
    wanted: 4,
    found: 3,
    unwanted: 0,
    wrongChanges: 0,
    changes: 5,
    tokens: 1_000,
    unanswered: 0,
  }

  it('stand beside the same figures with all parts', () => {
    const rows = rowsOf({ name: 'no gate' }, { ...whole, found: 1, unwanted: 2 }, whole)
    const figure = (name: string): unknown => {
      const row = rows.find(({ metric }) => metric === name)
      return [row?.value, row?.baselines.with_all]
    }

    expect(figure('wanted')).toEqual([0.25, 0.75])
    expect(figure('unwanted')).toEqual([2, 0])
    expect(figure('tokens')).toEqual([1_000, 1_000])
  })
})
