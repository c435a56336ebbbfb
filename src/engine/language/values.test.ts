import { describe, expect, it } from 'vitest'
import { readStatement } from './frames.ts'
import { valueKey } from './values.ts'

const VALUES: readonly (readonly [string, string | null, string | null])[] = [
  ['The health check is at /livez now.', '/livez', null],
  ['The health check is at /livez now, not at /healthz.', '/livez', '/healthz'],
  ['The office is in Hamburg now, not in Berlin.', 'Hamburg', 'Berlin'],
  ['The return window is 21, not 14.', '21', '14'],
  ['The upload limit is 10 now, not 5 GB.', null, '5 GB'],
  ['We raised the upload limit from 5 GB to 10.', null, '5 GB'],
  ['We raised the upload limit from 5 to 10 GB.', '10 GB', '5'],
  ['The upload limit was raised from 5 GB to 10 GB.', '10 GB', '5 GB'],
  ['The shipping price is in EUR.', 'EUR', null],
  ['The shipping price is 12 EUR now, not 10 EUR.', '12 EUR', '10 EUR'],
  ['The budget is 50,000 now, not 45,000.', '50,000', '45,000'],
  ['The budget was raised from 45,000 to 50,000.', '50,000', '45,000'],
  ['We moved from Heroku to Fly.io last week.', 'Fly.io', 'Heroku'],
  ['The limit is 21, and the other is 3.', '21', null],
]

describe('values of a statement', () => {
  it.each(VALUES)('reads "%s" as %j in place of %j', (sentence, value, formerValue) => {
    expect(readStatement(sentence, { at: null, context: [] })).toMatchObject({ value, formerValue })
  })

  it.each([
    ['50k', '50,000'],
    ['$1.5k', '$1,500'],
    ['two weeks', '14 days'],
  ])('takes "%s" and "%s" for one value', (a, b) => {
    expect(valueKey(a)).toBe(valueKey(b))
  })
})
