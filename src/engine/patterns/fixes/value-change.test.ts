import { describe, expect, it } from 'vitest'
import { lengthClause, valueAdvice } from './value-change.ts'

const advice = (old: unknown, fresh: unknown, message = 'zip is not valid'): string =>
  valueAdvice('zip', old, fresh, message)

describe('valueAdvice', () => {
  it.each([
    ['1099', '01099', 'give `zip` as text with `0` put in front'],
    [1099, '01099', 'give `zip` as text with `0` put in front'],
    ['W12', '#W12', 'give `zip` with `#` put in front'],
    ['#W12', 'W12', 'give `zip` without `#` in front'],
    ['12', '12%', 'give `zip` with `%` put at the end'],
    [12, '12', 'give `zip` as text'],
    ['12', 12, 'give `zip` as a number'],
    [' ab ', 'ab', 'give `zip` without spaces around it'],
    ['ab', 'AB', 'give `zip` in upper case'],
    ['AB', 'ab', 'give `zip` in lower case'],
    [['a'], ['a', 'b'], 'give `zip` with an item added'],
    [undefined, 'a', 'give `zip` too'],
  ])('tells how %j became %j', (old, fresh, expected) => {
    expect(advice(old, fresh)).toBe(expected)
  })

  it.each([
    ['Lee', 'Ann Lee'],
    ['card_', 'card_7334'],
    ['1099', '10997'],
    ['a', 'b'],
    [['a', 'b'], ['a']],
    [{ a: 1 }, { a: 2 }],
  ])('tells nothing of %j and %j', (old, fresh) => {
    expect(advice(old, fresh)).toBe('')
  })

  it('names the kind that the error refuses, and no other part of the value', () => {
    const told = 'give no `voucher_…` as `zip`'

    expect(advice('voucher_8812', 'card_1', 'a voucher is not accepted')).toBe(told)
    expect(advice('voucher_8812', 'card_1', 'not accepted')).toBe('')
    expect(advice('voucher_8812', 'voucher_1', 'a voucher is not accepted')).toBe('')
  })
})

describe('lengthClause', () => {
  it('says how long the completed value was', () => {
    expect(lengthClause('1099', '01099')).toBe(' when it has 4 digits')
    expect(lengthClause('10A9', '010A9')).toBe('')
    expect(lengthClause('1099', '77777')).toBe('')
  })
})
