import { describe, expect, it } from 'vitest'
import { digestOf } from '../../core/ids.ts'
import type { Model } from '../../models/model.ts'
import type { Storage } from '../../storage/storage.ts'
import { faultyStorage, InjectedFault } from '../../testing/faulty-storage.ts'
import {
  askerOf,
  DOUBLE,
  dataIn,
  LENGTH_RULES,
  LENGTHS,
  OTHER_DREAM,
  openStorage,
  scriptModel,
  truth,
} from './asking.test-support.ts'
import type { CreatedAsker } from './create-asker.ts'

const WORDS = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'bb']

/** A dream that asks in four ways and runs out of money at the end; 6.5 has no valid answer. */
async function dream(asker: CreatedAsker): Promise<unknown> {
  const numbers = await asker.ask(DOUBLE, ['1', '6.5', '2', '1', '3'])
  const lengths = await asker.askItems(LENGTHS, WORDS, LENGTH_RULES)
  const more = await asker.askItems(LENGTHS, ['zz', 'ccc', 'yyyy', 'a', 'x'], LENGTH_RULES)
  const rest = await asker.ask({ ...DOUBLE, name: 'lesson' }, ['7', '8', '9', '10', '11', '12'])
  return { numbers, lengths, more, rest, usage: asker.usage(), uncovered: asker.uncovered() }
}

/** Enough for all but some of the last ones. */
const BUDGET = { tokens: 1_000, usd: null }

/** A model that fails when it is asked for what is kept, and dies at one call. */
function watched(storage: Storage, dieAt: number): Model & { readonly calls: readonly unknown[] } {
  const model = scriptModel({ answer: truth, slowness: (_request, call) => (call * 5) % 4 })
  let calls = 0
  return {
    ...model,
    answer: async (request) => {
      const { name, profile, data, schema } = request
      const key = `answer:${digestOf([name, model.id, profile, data, schema])}`
      expect(await storage.steps.get(key)).toBeNull()
      calls += 1
      if (calls === dieAt) throw new InjectedFault('killed')
      return model.answer(request)
    },
  }
}

async function uninterrupted(): Promise<{ readonly result: unknown; readonly calls: number }> {
  const storage = await openStorage()
  const model = watched(storage, 0)
  const result = await dream(askerOf({ storage, model, budget: BUDGET }))
  return { result, calls: model.calls.length }
}

describe('a dream that was killed and runs again', () => {
  it('stands for one that asks, tries again and runs out of its budget', async () => {
    const { result, calls } = await uninterrupted()
    expect(calls).toBeGreaterThan(10)
    expect(result).toMatchObject({
      numbers: [{}, { why: 'invalid' }, {}, {}, {}],
      lengths: [1, 2, 3, 4, 5, 6, 7, 2],
      more: [2, 3, 4, 1, 1],
    })
    const { uncovered, rest } = result as { uncovered: number; rest: readonly unknown[] }
    expect(uncovered).toBeGreaterThan(0)
    expect(uncovered).toBeLessThan(rest.length)
  })

  it('ends as if nothing had been, killed at any call of the storage', async () => {
    const { result } = await uninterrupted()
    let kills = 0
    for (let failAt = 1; ; failAt += 1) {
      const storage = await openStorage()
      const faulty = faultyStorage(storage, { failAt })
      const first = await outcome(
        dream(askerOf({ storage: faulty, model: watched(storage, 0), budget: BUDGET })),
      )
      if (!(first instanceof InjectedFault)) {
        expect(first).toEqual(result)
        break
      }
      kills += 1
      const again = askerOf({ storage, model: watched(storage, 0), budget: BUDGET })
      expect(await dream(again)).toEqual(result)
    }
    expect(kills).toBeGreaterThan(30)
  })

  it('ends as if nothing had been, killed at any call of a model', async () => {
    const { result, calls } = await uninterrupted()
    for (let dieAt = 1; dieAt <= calls; dieAt += 1) {
      const storage = await openStorage()
      const dying = askerOf({ storage, model: watched(storage, dieAt), budget: BUDGET })
      expect(await outcome(dream(dying))).toBeInstanceOf(InjectedFault)
      const again = askerOf({ storage, model: watched(storage, 0), budget: BUDGET })
      expect(await dream(again)).toEqual(result)
    }
  })

  it('makes the same batches, although another dream judged some of their items since', async () => {
    const storage = await openStorage()
    const dying = askerOf({ storage, model: watched(storage, 3) })
    const items = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'hh', 'i']
    await expect(dying.askItems(LENGTHS, items, LENGTH_RULES)).rejects.toThrow('killed')
    const other = askerOf({ storage, model: watched(storage, 0), dreamId: OTHER_DREAM })
    await other.askItems(LENGTHS, ['dddd', 'ccc'], LENGTH_RULES)

    const model = scriptModel({ answer: truth })
    const again = askerOf({ storage, model })
    expect(await again.askItems(LENGTHS, items, LENGTH_RULES)).toEqual([1, 2, 3, 4, 5, 6, 7, 2, 1])
    expect(model.calls.map(dataIn)).toEqual(['ggggggg hh i'])
    expect(again.usage()).toMatchObject([{ calls: 3, replayed: 0 }])
  })
})

/** What a promise came to: its value, or its error. */
function outcome(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => error)
}
