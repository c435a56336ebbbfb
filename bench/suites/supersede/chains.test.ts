import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { chainRows, situatedChains } from './chains.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

async function measureChains(items: readonly unknown[]): Promise<Readonly<Record<string, string>>> {
  world = await openBenchWorld({ 'supersede/situatedqa-chains.mine.jsonl': items })
  return hitsOf(await situatedChains.run(world.context))
}

describe('chains of values', () => {
  const item = {
    id: 'c-1',
    question: 'who holds the club record',
    chain: [
      { valid_from: '2011', answers: ['Ada Quist'] },
      { valid_from: 'March 4, 2016', answers: ['Bo Lind', 'B. Lind'] },
    ],
    order_certain: true,
  }

  it('ask for the current value, for each date and for the history, in both modes', async () => {
    const rows = await measureChains([
      item,
      { ...item, order_certain: false },
      { ...item, chain: [{ valid_from: 'some day', answers: ['x'] }] },
    ])

    expect(rows).toMatchObject({
      current: expect.stringMatching(/\/6$/),
      'current, one dream': expect.stringMatching(/\/3$/),
      as_of: expect.stringMatching(/\/12$/),
      history: expect.stringMatching(/\/6$/),
    })
  })

  it('are right throughout where one value is all there is', async () => {
    world = await openBenchWorld({})
    const single = { ...item, chain: item.chain.slice(1) }

    const rows = await chainRows('x', [single], { shuffles: 1, context: world.context })

    expect(hitsOf(rows)).toMatchObject({ current: '2/2', as_of: '2/2' })
  })

  it('are wrong where nothing was told in the store', async () => {
    world = await openBenchWorld({})
    const untold = { ...item, question: '', chain: [{ valid_from: '2011', answers: [''] }] }

    const rows = await chainRows('x', [untold], { shuffles: 1, context: world.context })

    expect(hitsOf(rows)).toMatchObject({ current: '0/2', as_of: '0/2' })
  })
})
