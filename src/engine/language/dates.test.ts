import { describe, expect, it } from 'vitest'
import { eventInterval, withResolvedDates } from './dates.ts'

/** A Friday, late enough that most time zones are in another day. */
const AT = '2026-11-20T23:30:00Z'

describe('withResolvedDates', () => {
  it.each([
    ['due next Friday', 'due next Friday [2026-11-27]'],
    ['until Friday', 'until Friday [2026-11-27]'],
    ['ready in two weeks', 'ready in two weeks [2026-12-04]'],
    ['since yesterday', 'since yesterday [2026-11-19]'],
    ['we switched on Monday', 'we switched on Monday [2026-11-16]'],
    ['moved to next Friday', 'moved to next Friday [2026-11-27]'],
    ['the freeze starts Dec 1', 'the freeze starts Dec 1 [2026-12-01]'],
    ['the fair is on March 3', 'the fair is on March 3 [2027-03-03]'],
    ['we moved last month', 'we moved last month [2026-10]'],
    ['I bought a kayak on March 3rd', 'I bought a kayak on March 3rd [2026-03-03]'],
    ['I graduated in December', 'I graduated in December [2025-12]'],
    ['the fair is planned on March 3', 'the fair is planned on March 3 [2027-03-03]'],
  ])('resolves "%s"', (text, resolved) => {
    expect(withResolvedDates(text, AT)).toBe(resolved)
  })

  it.each([
    'the deadline moved to 2026-12-01',
    'the window is 14 days',
    'it keeps logs for 30 days',
    'it may march on',
    'version 1.2 from 5 to 7',
    'the port is 5433 now',
    'I swim every Saturday morning',
    'I work 30 hours a week',
    'I bought it in the Black Friday sale',
  ])('adds nothing to "%s"', (text) => {
    expect(withResolvedDates(text, AT)).toBe(text)
  })

  it('leaves relative dates alone when nobody knows when they were said', () => {
    expect(withResolvedDates('due next Friday', null)).toBe('due next Friday')
  })
})

describe('eventInterval', () => {
  it.each([
    ['Until Friday the port is 5440.', { start: null, end: '2026-11-27' }],
    ['Free until 2026-12-01.', { start: null, end: '2026-12-01' }],
    ['Mara owns it since March 2025.', { start: '2025-03', end: null }],
    ['As of 2027-01-01 the fee is 5 EUR.', { start: '2027-01-01', end: null }],
    ['Closed from 2026-12-24 to 2026-12-31.', { start: '2026-12-24', end: '2026-12-31' }],
    ['This week the standup is at 10:00.', { start: null, end: '2026-11-22' }],
  ])('reads "%s"', (text, interval) => {
    expect(eventInterval(text, AT)).toEqual(interval)
  })

  it('is null without words of duration', () => {
    expect(eventInterval('The deadline is 2026-12-01.', AT)).toBeNull()
  })
})
