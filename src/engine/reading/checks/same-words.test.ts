import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../core/claim.ts'
import { modelClaim } from '../../stages/told-dream.test-support.ts'
import { areOfSameWords } from './same-words.ts'

function said(quote: string, session = 'one', line = 1): Claim {
  return modelClaim('The owner is Mira.', quote, {}, { session, line })
}

describe('areOfSameWords', () => {
  it.each([
    ['The owner is Mira now, Jonas is busy.', 'The owner is Mira now, Jonas is busy.'],
    ['The owner is Mira now, Jonas is busy.', 'not anymore. The owner is Mira now, Jonas is busy.'],
    ['Well then, the owner is Mira', 'the owner is Mira now, Jonas is busy'],
  ])('is true of quotes that overlap: "%s" and "%s"', (one, two) => {
    expect(areOfSameWords(said(one), said(two))).toBe(true)
    expect(areOfSameWords(said(two), said(one))).toBe(true)
  })

  it('is false of other words, and of equal words said at another time', () => {
    const quote = 'The owner is Mira now.'

    expect(areOfSameWords(said(quote), said('Refunds go to Ben.'))).toBe(false)
    expect(areOfSameWords(said('it is Mira'), said('Mira is on call'))).toBe(false)
    expect(areOfSameWords(said(quote), said(quote, 'two', 7))).toBe(false)
  })
})
