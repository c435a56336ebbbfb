import { describe, expect, test } from 'vitest'
import { othersWords } from './ledger.ts'

describe('othersWords', () => {
  test('tells only what there was', () => {
    const counts = { sessions: 7, unheard: 0, told: 1, belowUsersMin: 0 }

    expect(othersWords(counts)).toBe(
      'Sessions of others: 7 read for what recurs in them, 1 pattern told.',
    )
    expect(othersWords({ ...counts, told: 2, belowUsersMin: 3, unheard: 1 })).toBe(
      'Sessions of others: 7 read for what recurs in them, 2 patterns told, 3 that too few users share, 1 not read: they count for nobody.',
    )
  })
})
