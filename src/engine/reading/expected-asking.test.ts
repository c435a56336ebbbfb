import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import { inputsOf } from '../stages/dream-inputs.test-support.ts'
import { estimateOf } from './estimate.ts'
import { aChunk, aRead } from './reading.test-support.ts'
import type { ReadingPlan } from './reading-plan.ts'

const NOTES = (count: number): string =>
  Array.from({ length: count }, (_, n) => `- The service s${n} is owned by team t${n}.`).join('\n')

const planOf = (messages: number): ReadingPlan => ({
  audience: LOCAL_AUDIENCE,
  profile: [],
  chunks: Array.from({ length: messages }, () => aChunk(aRead('We deploy on Fly. '.repeat(200)))),
  batches: [],
})

const tokensOf = (messages: number, notes: number): { expected: number; most: number } => {
  const inputs = inputsOf({ '/services.md': NOTES(notes) })
  const { expected, inputTokens, outputTokens } = estimateOf([planOf(messages)], inputs)
  const parts = [expected.small, expected.large]
  return {
    expected: parts.reduce((sum, part) => sum + part.inputTokens + part.outputTokens, 0),
    most: inputTokens + outputTokens,
  }
}

describe('what a dream is expected to ask', () => {
  it.each([
    [1, 0],
    [1, 50],
    [20, 10],
    [40, 500],
  ])('is no more than the most: %i chunks over %i notes', (messages, notes) => {
    const { expected, most } = tokensOf(messages, notes)

    expect(expected).toBeGreaterThan(0)
    expect(expected).toBeLessThan(most)
  })

  it('grows with what is read and with the notes', () => {
    expect(tokensOf(20, 10).expected).toBeGreaterThan(tokensOf(2, 10).expected)
    expect(tokensOf(2, 100).expected).toBeGreaterThan(tokensOf(2, 10).expected)
  })

  it('does not grow with a store that has more pairs than one dream asks about', () => {
    const enough = 2 * LIMITS.pairsAskedMax

    expect(tokensOf(2, 2 * enough).expected).toBe(tokensOf(2, enough).expected)
  })
})
