import { describe, expect, it } from 'vitest'
import { holdsToken, holdsWords } from './holds-words.ts'
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

describe('words in a text', () => {
  it('are found in any case and over line breaks', () => {
    expect(holdsWords('Runs on\n  Go 1.24', 'on go')).toBe(true)
    expect(holdsWords('Runs on Go', 'on rust')).toBe(false)
  })

  it.each([
    ['135 and 35', '35', true],
    ['135', '35', false],
    ['350', '35', false],
    ['$15,500.', '15,500', true],
    ['', '35', false],
  ])('of %j stand by themselves as %j: %s', (text, token, isThere) => {
    expect(holdsToken(text, token)).toBe(isThere)
  })
})
