import { describe, expect, it } from 'vitest'
import { trigramCosine, wordJaccard } from './word-overlap.ts'

describe('likeness of words', () => {
  it.each([
    ['The port is 80.', 'the PORT, is 80', 1],
    ['the port is 80', 'the port is 81', 3 / 5],
    ['one', 'two', 0],
    ['', '', 0],
  ])('of %j and %j is %d', (a, b, overlap) => {
    expect(wordJaccard(a, b)).toBe(overlap)
  })
})

describe('likeness of characters', () => {
  it('is 1 for the same words, 0 for other ones, and between for like ones', () => {
    expect(trigramCosine('Deploy on Friday', 'deploy on friday!')).toBeCloseTo(1)
    expect(trigramCosine('abc', 'xyz')).toBe(0)
    expect(trigramCosine('', 'abc')).toBe(0)
    expect(trigramCosine('deploys', 'deployed')).toBeGreaterThan(0.5)
    expect(trigramCosine('deploys', 'deployed')).toBeLessThan(1)
  })
})
