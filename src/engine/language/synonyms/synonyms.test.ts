import { describe, expect, it } from 'vitest'
import { groupsOf, phraseAt } from './synonyms.ts'
import { wordStem } from './word-stem.ts'

function areSynonyms(a: string, b: string): boolean {
  const groups = groupsOf(wordStem(b), false)
  return groupsOf(wordStem(a), false).some((group) => groups.includes(group))
}

describe('synonyms', () => {
  it.each([
    ['bike', 'bicycle'],
    ['purchased', 'buying'],
    ['children', 'kids'],
    ['approval', 'signoff'],
    ['deliver', 'delivery'],
  ])('knows "%s" and "%s"', (a, b) => {
    expect(areSynonyms(a, b)).toBe(true)
  })

  it.each([
    ['buy', 'sell'],
    ['enable', 'disable'],
    ['must', 'can'],
    ['customer', 'supplier'],
    ['start', 'stop'],
  ])('keeps "%s" and "%s" apart', (a, b) => {
    expect(areSynonyms(a, b)).toBe(false)
  })

  it('gives a name no sense of a verb', () => {
    expect(groupsOf(wordStem('grant'), false)).not.toEqual([])
    expect(groupsOf(wordStem('grant'), true)).toEqual([])
  })

  it('finds the longest phrase', () => {
    const words = 'in charge of it'.split(' ').map((word) => [wordStem(word)])

    expect(phraseAt(words[0] ?? [], (n) => words[n] ?? null)?.length).toBe(3)
  })
})

describe('wordStem', () => {
  it.each([
    ['deploys', 'deployment'],
    ['quick', 'quickly'],
    ['policy', 'policies'],
    ['automatic', 'automatically'],
  ])('brings "%s" and "%s" together', (a, b) => {
    expect(wordStem(a)).toBe(wordStem(b))
  })

  it.each([
    ['general', 'generate'],
    ['customer', 'custom'],
    ['product', 'production'],
    ['care', 'careless'],
    ['hard', 'hardly'],
  ])('keeps "%s" and "%s" apart', (a, b) => {
    expect(wordStem(a)).not.toBe(wordStem(b))
  })
})
