import { describe, expect, it } from 'vitest'
import { readOrder } from './bench-order.ts'
import type { Suite } from './suite.ts'

const SUITES: readonly Suite[] = ['one', 'two'].map((name) => ({
  name,
  about: `measures ${name}`,
  run: async () => [],
}))

describe('the command line', () => {
  it('runs all suites on all items without a word', () => {
    expect(readOrder([], SUITES)).toEqual({
      kind: 'run',
      order: {
        suites: SUITES,
        data: null,
        seed: 1,
        limit: null,
        only: null,
        isJson: false,
        isFull: false,
        jobs: 1,
      },
    })
  })

  it('takes suites, sets, a sample, a seed and a folder', () => {
    const args = ['two', '--only', 'a,b', '--limit=5', '--seed', '7', '--data', 'd', '--json']

    expect(readOrder([...args, '--jobs', '2'], SUITES)).toMatchObject({
      kind: 'run',
      order: {
        data: 'd',
        seed: 7,
        limit: 5,
        only: ['a', 'b'],
        isJson: true,
        isFull: false,
        jobs: 2,
      },
    })
  })

  it('names every suite in its help', () => {
    const read = readOrder(['--help'], SUITES)

    expect(read.kind === 'help' && read.text).toContain('measures two')
  })

  it.each([
    [['three'], 'Suites: one, two'],
    [['--seed', 'x'], '--seed takes a whole number'],
    [['--limit', '0'], '--limit takes a whole number from 1'],
    [['--model', 'm'], 'without a model'],
    [['--fast'], '--fast'],
  ])('says what is wrong with %j', (args, message) => {
    const read = readOrder(args, SUITES)

    expect(read.kind === 'wrong' && read.message).toContain(message)
  })
})
