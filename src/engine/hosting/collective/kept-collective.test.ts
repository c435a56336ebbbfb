import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DreamStatus } from '../../../core/dream.ts'
import { isTerminal } from '../../../core/dream.ts'
import { statusOfAll } from './kept-collective.ts'

const STATUSES: readonly DreamStatus[] = ['pending', 'running', 'completed', 'failed', 'canceled']
const some = fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 6 })

describe('the status of several dreams', () => {
  it('has ended exactly when each of them has', () => {
    fc.assert(
      fc.property(some, (statuses) => {
        expect(isTerminal(statusOfAll(statuses))).toBe(statuses.every(isTerminal))
      }),
    )
  })

  it('is that of them all where they have one, in any order', () => {
    fc.assert(
      fc.property(some, (statuses) => {
        const [first] = statuses
        if (new Set(statuses).size === 1) expect(statusOfAll(statuses)).toBe(first)
        expect(statusOfAll(statuses.toReversed())).toBe(statusOfAll(statuses))
      }),
    )
  })

  it('tells of a failure rather than of a cancel, and of either rather than of success', () => {
    expect(statusOfAll(['completed', 'canceled', 'failed'])).toBe('failed')
    expect(statusOfAll(['completed', 'canceled'])).toBe('canceled')
    expect(statusOfAll(['completed', 'pending'])).toBe('running')
  })
})
