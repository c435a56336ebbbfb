import { describe, expect, it } from 'vitest'
import { figureRow, meetsTarget, shareRow } from './row.ts'
import { shareRows } from './share-rows.ts'
import { wilsonInterval } from './wilson.ts'

const FIGURE = { suite: 's', set: 'one', metric: 'recall' }

describe('the interval of a share', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is the published one for %i of %i', (hits, n, low, high) => {
    const interval = wilsonInterval(hits, n)

    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('refuses what is no share', () => {
    expect(() => wilsonInterval(2, 1)).toThrow(RangeError)
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError)
  })
})

describe('a target', () => {
  it.each([
    ['>= 0.5', true],
    ['>= 0.51', false],
    ['<= 0.5', true],
    ['<= 0.49', false],
  ])('of a half is met by %s: %s', (target, isMet) => {
    expect(shareRow({ ...FIGURE, target }, 1, 2).map(meetsTarget)).toEqual([isMet])
  })

  it('is told apart from none and from a slip of the pen', () => {
    expect(shareRow(FIGURE, 1, 2).map(meetsTarget)).toEqual([null])
    expect(() => meetsTarget(figureRow({ ...FIGURE, target: '0.97' }, 1, 1, 'ms'))).toThrow()
  })
})

describe('shares of measured items', () => {
  interface Item {
    readonly kind: string
    readonly isHit: boolean | null
  }
  const items: readonly Item[] = [
    { kind: 'a', isHit: true },
    { kind: 'b', isHit: false },
    { kind: 'a', isHit: false },
    { kind: 'a', isHit: null },
  ]

  it('count each class apart, the most frequent first, and leave out what says nothing', () => {
    const rows = shareRows(
      FIGURE,
      items,
      {
        metric: 'recall',
        hit: ({ isHit }) => isHit,
        baselines: { always: () => true },
        target: '>= 1',
      },
      ({ kind }) => [kind],
    )

    expect(
      rows.map(({ class: kind, value, n, baselines, target }) => [
        kind,
        value,
        n,
        baselines,
        target,
      ]),
    ).toEqual([
      [null, 1 / 3, 3, { always: 1 }, '>= 1'],
      ['a', 1 / 2, 2, { always: 1 }, null],
      ['b', 0, 1, { always: 1 }, null],
    ])
  })

  it('give no row where nothing was measured', () => {
    expect(shareRows(FIGURE, items, { metric: 'recall', hit: () => null })).toEqual([])
  })
})
