import { describe, expect, it, test } from 'vitest'
import { isAccepted, signTest } from './accept-rule.ts'

describe('the rule for probes that a model answers', () => {
  it.each([
    [1, 0, 0, true],
    [60, 0, 0, true],
    [49, 1, 0, false],
    [50, 1, 0, true],
    [60, 2, 0, false],
    [300, 6, 6, true],
    [300, 7, 7, false],
    [300, 6, 0, false],
    [300, 6, 1, true],
    [300, 5, 0, false],
    [300, 4, 0, true],
    [0, 0, 0, true],
  ])('of %i probes, %i broken and %i repaired: let through is %s', (n, broken, repaired, is) => {
    expect(isAccepted({ n, broken, repaired })).toBe(is)
  })
})

test('the sign test is the chance of so many breaks or more', () => {
  expect(signTest(0, 5)).toBe(1)
  expect(signTest(5, 0)).toBeCloseTo(1 / 32, 12)
  expect(signTest(6, 1)).toBeCloseTo(8 / 128, 12)
  expect(signTest(0, 0)).toBe(1)
})
