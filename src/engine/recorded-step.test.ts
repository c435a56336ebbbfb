import { describe, expect, it } from 'vitest'
import type { StepResults } from '../storage/storage.ts'
import { recordedEach, recordedStep } from './recorded-step.ts'

/** As a storage keeps them: the first result under a key stays. */
function stepResults(): StepResults {
  const results = new Map<string, string>()
  return {
    get: async (key) => results.get(key) ?? null,
    put: async (key, result) => {
      if (!results.has(key)) results.set(key, result)
    },
    getAll: async () => results,
    putAll: async (added) => {
      for (const [key, result] of added) if (!results.has(key)) results.set(key, result)
    },
  }
}

describe('recordedStep', () => {
  it('runs a step once for equal inputs, in whatever order their keys stand', async () => {
    const steps = stepResults()
    let runs = 0
    const run = (inputs: unknown): Promise<number> =>
      recordedStep(steps, 'count', inputs, () => {
        runs += 1
        return runs
      })

    expect(await run({ a: 1, b: [2] })).toBe(1)
    expect(await run({ b: [2], a: 1 })).toBe(1)
    expect(await run({ a: 1, b: [3] })).toBe(2)
    expect(await recordedStep(steps, 'other', { a: 1, b: [2] }, () => 'fresh')).toBe('fresh')
    expect(runs).toBe(2)
  })

  it('gives the result as stored the first time too, so that both runs see the same', async () => {
    const steps = stepResults()
    const compute = (): { readonly kept: number; readonly lost?: number | undefined } => ({
      kept: -0,
      lost: undefined,
    })

    const first = await recordedStep(steps, 'step', 1, compute)
    const second = await recordedStep(steps, 'step', 1, compute)

    expect(first).toStrictEqual({ kept: 0 })
    expect(second).toStrictEqual(first)
  })

  it('stores nothing when the step fails, so that the next run tries again', async () => {
    const steps = stepResults()

    await expect(
      recordedStep(steps, 'step', 1, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no')

    expect(await recordedStep(steps, 'step', 1, () => 'yes')).toBe('yes')
  })

  it('keeps a result of null apart from none', async () => {
    const steps = stepResults()
    await recordedStep(steps, 'step', 1, () => null)

    expect(await recordedStep<string | null>(steps, 'step', 1, () => 'again')).toBeNull()
  })
})

describe('recordedEach', () => {
  it('computes what no run has a result of, each kind once, and keeps the order', async () => {
    const steps = stepResults()
    const computed: string[] = []
    const lengths = (items: readonly string[]): Promise<readonly number[]> =>
      recordedEach(
        steps,
        'length',
        items,
        (item) => item,
        (missing) => {
          computed.push(...missing)
          return missing.map(({ length }) => length)
        },
      )

    expect(await lengths(['a', 'bbb', 'a'])).toEqual([1, 3, 1])
    expect(await lengths(['cc', 'bbb', 'a'])).toEqual([2, 3, 1])
    expect(await lengths([])).toEqual([])
    expect(computed).toEqual(['a', 'bbb', 'cc'])
  })

  it('keeps the results of two steps apart', async () => {
    const steps = stepResults()
    const run = (name: string): Promise<readonly string[]> =>
      recordedEach(steps, name, ['x'], String, () => [name])

    expect(await run('one')).toEqual(['one'])
    expect(await run('two')).toEqual(['two'])
  })
})
