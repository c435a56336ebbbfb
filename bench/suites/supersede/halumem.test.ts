import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { halumem } from './halumem.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

async function measureHalumem(
  items: readonly unknown[],
): Promise<Readonly<Record<string, string>>> {
  world = await openBenchWorld({ 'supersede/halumem-superseded.mine.jsonl': items })
  return hitsOf(await halumem.run(world.context))
}

describe('changed preferences and states', () => {
  const like = (type: string, specific_item: string): object => ({
    type,
    type_description: `Drink I ${type}`,
    specific_item,
    reason: '',
  })
  const preference = {
    kind: 'preference',
    operation: 'Modify',
    old: [like('like', 'coffee')],
    new: [like('dislike', 'coffee')],
    kept: [like('like', 'water')],
  }
  const state = {
    kind: 'state',
    operation: 'Move',
    date: '2029-01-15',
    changed: { city: ['Ghent', 'Bruges'], car: ['none', 'none'] },
    evidence: 'I moved from Ghent to Bruges.',
  }

  it('give a figure for each part of a preference', async () => {
    const rows = await measureHalumem([{ ...preference, evidence: 'Nothing of the kind.' }])

    expect(rows).toMatchObject({
      recall: '0/1',
      'recall, preference Modify': '0/1',
      stale: '1/1',
      kept: '1/1',
      flips_coexist: '0/1',
    })
  })

  it('leave out what stands before and after in the same words', async () => {
    const same = { ...preference, new: preference.old, evidence: 'I had some coffee.' }

    expect(await measureHalumem([same])).toEqual({
      kept: '1/1',
      'kept, preference': '1/1',
      'kept, preference Modify': '1/1',
    })
  })

  it('score a state by each field that changed', async () => {
    expect(await measureHalumem([state])).toMatchObject({
      recall: '1/1',
      'recall, state': '1/1',
      stale: '0/1',
      history: '1/1',
    })
  })
})
