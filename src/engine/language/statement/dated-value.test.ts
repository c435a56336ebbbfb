import { describe, expect, it } from 'vitest'
import { laterOf } from '../../judging/later-of.ts'
import { aStatement } from '../../stages/entry.test-support.ts'
import { datedValue } from './dated-value.ts'

describe('datedValue', () => {
  it.each([
    ['As of 2011: mayor of Kiel: Ada Quist', '2011', 'mayor of Kiel', 'Ada Quist'],
    ['As of March 2016: who is mayor: Bo Lind.', '2016-03', 'who is mayor', 'Bo Lind'],
    ['As of March 4, 2016: mayor: Bo Lind', '2016-03-04', 'mayor', 'Bo Lind'],
    ['As of 4 March 2016, the mayor is Bo Lind.', '2016-03-04', 'the mayor', 'Bo Lind'],
    ['As of May 2016: mayor: Bo Lind', '2016-05', 'mayor', 'Bo Lind'],
    ['As of June 4, 2016: mayor: Bo Lind', '2016-06-04', 'mayor', 'Bo Lind'],
    ['As of 2016-03-04: mayor: Bo Lind', '2016-03-04', 'mayor', 'Bo Lind'],
  ])('reads "%s"', (sentence, from, key, value) => {
    expect(datedValue(sentence)).toEqual({ from, key, value })
  })

  it.each([
    'As of today the mayor is Bo Lind.',
    'The mayor is Bo Lind.',
    'As of 2011 nobody knew.',
  ])('is none in "%s"', (sentence) => {
    expect(datedValue(sentence)).toBeNull()
  })
})

describe('laterOf', () => {
  const told = (from: string, at: string): ReturnType<typeof aStatement> =>
    aStatement(`As of ${from}: mayor: Ada Quist`, { at })

  it('orders dated values by what they speak of, not by when they were told', () => {
    const [newer, older] = [told('2016', '2026-01-01'), told('2011', '2026-02-01')]

    expect(laterOf(newer, older)).toBe('a')
    expect(laterOf(older, newer)).toBe('b')
  })

  it('takes the more precise date of one year for the later one', () => {
    expect(laterOf(told('2016', '2026-01-01'), told('March 4, 2016', '2026-01-01'))).toBe('b')
  })
})
