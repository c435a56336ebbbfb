import { describe, expect, it } from 'vitest'
import { slotsOf } from './slots-of.ts'

describe('slotsOf', () => {
  it('lists what a merge must not lose, as written and once', () => {
    const text =
      'If `pnpm` fails on 2026-01-05, ask Lena at lena@shop.example, never retry 3 times; see src/a.ts and https://x.example/b, not Jira.'

    expect(slotsOf(text)).toEqual([
      'pnpm',
      '2026-01-05',
      'Lena',
      'lena@shop.example',
      'never',
      '3',
      'src/a.ts',
      'https://x.example/b',
      'not',
      'Jira',
      'If',
    ])
  })

  it('is empty for plain words', () => {
    expect(slotsOf('Totals are computed on the server.')).toEqual([])
  })
})
