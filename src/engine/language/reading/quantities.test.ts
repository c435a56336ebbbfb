import { describe, expect, it } from 'vitest'
import { cellsOf } from './cells.ts'
import { quantityAt } from './quantities.ts'

/** The keys of all quantities of a text. */
function keysIn(text: string): readonly string[] {
  const cells = cellsOf(text)
  const keys: string[] = []
  for (let at = 0; at < cells.length; ) {
    const found = quantityAt(cells, at)
    if (found !== null) keys.push(found.keys[0] ?? '')
    at += found?.length ?? 1
  }
  return keys
}

describe('quantityAt', () => {
  it.each([
    ['two weeks', '14 days'],
    ['24 hours', 'one day'],
    ['a year', '12 months'],
    ['half an hour', '30 minutes'],
    ['90s', '90 seconds'],
    ['5 pm', '17:00'],
    ['5pm', '5:00 p.m.'],
    ['noon', '12:00'],
    ['half past nine', '9:30'],
    ['nine in the evening', '9 pm'],
    ['10k', '10,000'],
    ['$20', '20 dollars'],
    ['EUR 20', '20 euros'],
    ['9 %', '9 percent'],
    ['1 GB', '1000 megabytes'],
    ['twenty-five', '25'],
    ['two hundred', '200'],
    ['a dozen', '12'],
    ['twice', 'two times'],
    ['daily', 'every day'],
    ['weekly', 'once a week'],
    ['biweekly', 'every two weeks'],
    ['quarterly', 'every three months'],
    ['100 requests per minute', '100 requests/min'],
    ['March 3rd', '3 March'],
    ['3 March 2026', 'March 3, 2026'],
    ['Wed', 'on Wednesday'],
    ['every Tuesday', 'Tuesdays'],
    ['v5', 'version 5'],
    ['third', '3rd'],
  ])('counts "%s" and "%s" as equal', (a, b) => {
    expect(keysIn(a)).not.toEqual([])
    expect(keysIn(a)).toEqual(keysIn(b))
  })

  it.each([
    ['two weeks', '15 days'],
    ['5 pm', '5 am'],
    ['$20', '20 euros'],
    ['every Tuesday', 'every other Tuesday'],
    ['10 MB', '10 GB'],
    ['a month', '30 days'],
    ['v5', 'v5.1'],
  ])('keeps "%s" and "%s" apart', (a, b) => {
    expect(keysIn(a)).not.toEqual(keysIn(b))
  })

  it('takes "may", "march" and "second" for words where they are', () => {
    expect(keysIn('you may march on')).toEqual([])
    expect(keysIn('the sun and a cat')).toEqual([])
  })
})
