import { describe, expect, it } from 'vitest'
import {
  askerOf,
  dataIn,
  LENGTH_RULES,
  LENGTHS,
  OTHER_DREAM,
  openStorage,
  scriptModel,
  truth,
} from './asking.test-support.ts'

async function world(answer = truth) {
  const storage = await openStorage()
  const model = scriptModel({ answer })
  return { storage, model, asker: askerOf({ storage, model }) }
}

describe('judging items', () => {
  it('asks in batches in order, equal items once, and answers each by position', async () => {
    const { model, asker } = await world()
    const words = ['a', 'bb', 'a', 'ccc', 'dddd']
    expect(await asker.askItems(LENGTHS, words, LENGTH_RULES)).toEqual([1, 2, 1, 3, 4])
    expect(model.calls.map(dataIn)).toEqual(['a bb ccc', 'dddd'])
    expect(await asker.askItems(LENGTHS, [], LENGTH_RULES)).toEqual([])
  })

  it('asks only for what no dream judged before, whatever batch it came in', async () => {
    const { storage, model, asker } = await world()
    await asker.askItems(LENGTHS, ['a', 'bb', 'ccc'], LENGTH_RULES)
    const other = askerOf({ storage, model, dreamId: OTHER_DREAM })
    const words = ['x', 'bb', 'yy', 'a', 'zzz']
    expect(await other.askItems(LENGTHS, words, LENGTH_RULES)).toEqual([1, 2, 2, 1, 3])
    expect(model.calls.map(dataIn)).toEqual(['a bb ccc', 'x yy zzz'])
  })

  it('asks again for another version of the prompt or another model', async () => {
    const { storage, model, asker } = await world()
    await asker.askItems(LENGTHS, ['a'], LENGTH_RULES)
    await asker.askItems({ ...LENGTHS, version: 2 }, ['a'], LENGTH_RULES)
    const other = { ...scriptModel({ answer: truth }), id: 'script/other' }
    await askerOf({ storage, model: other }).askItems(LENGTHS, ['a'], LENGTH_RULES)
    expect(model.calls).toHaveLength(2)
  })

  it('keeps that a valid answer left an item out, and does not ask for it again', async () => {
    const { storage, model, asker } = await world(() => '{"lengths":[7]}')
    const words = ['a', 'bb']
    expect(await asker.askItems(LENGTHS, words, LENGTH_RULES)).toEqual([7, undefined])
    const other = askerOf({ storage, model, dreamId: OTHER_DREAM })
    expect(await other.askItems(LENGTHS, ['bb'], LENGTH_RULES)).toEqual([undefined])
    expect(model.calls).toHaveLength(1)
  })

  it('keeps no verdict of an answer that cannot be used, or of a batch without budget', async () => {
    const { storage, model, asker } = await world(() => 'no')
    expect(await asker.askItems(LENGTHS, ['a'], LENGTH_RULES)).toEqual([undefined])
    expect(model.calls).toHaveLength(2)
    const poor = askerOf({ storage, model, budget: { tokens: 0, usd: null } })
    expect(await poor.askItems(LENGTHS, ['bb'], LENGTH_RULES)).toEqual([undefined])
    expect(poor.uncovered()).toBe(1)

    const healthy = scriptModel({ answer: truth })
    const other = askerOf({ storage, model: healthy, dreamId: OTHER_DREAM })
    expect(await other.askItems(LENGTHS, ['bb', 'a'], LENGTH_RULES)).toEqual([2, 1])
  })

  it('gives verdicts as they come back from where they are kept, the first time too', async () => {
    const { storage, model, asker } = await world()
    const rules = {
      ...LENGTH_RULES,
      verdictsOf: () => [{ kept: -0, lost: undefined as number | undefined }],
    }
    const first = await asker.askItems(LENGTHS, ['a'], rules)
    const other = askerOf({ storage, model, dreamId: OTHER_DREAM })
    expect(first).toStrictEqual([{ kept: 0 }])
    expect(await other.askItems(LENGTHS, ['a'], rules)).toStrictEqual(first)
  })
})
