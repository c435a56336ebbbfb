import { expect, it } from 'vitest'
import { isoOfWritten } from './written-day.ts'

it.each([
  ['2011', '2011'],
  ['2011-03', '2011-03'],
  ['2011-03-04', '2011-03-04'],
  ['March 2011', '2011-03'],
  ['Sept. 4, 2016', '2016-09-04'],
  ['March-15-2024', '2024-03-15'],
  ['4th May 2020', '2020-05-04'],
  ['4 and 5', null],
  ['Friday 4, 2016', null],
])('reads %j as %j', (text, date) => {
  expect(isoOfWritten(text)).toBe(date)
})
