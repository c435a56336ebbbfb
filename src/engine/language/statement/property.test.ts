import { describe, expect, it } from 'vitest'
import { readStatement } from '../frames.ts'
import { isPlainStatement } from './plain-statement.ts'
import { settingOf } from './setting.ts'

const read = (text: string): ReturnType<typeof readStatement> =>
  readStatement(text, { at: null, context: [] })

describe('readStatement, a property of a definite thing', () => {
  it.each([
    ['The buyer at Hollin is Priya Sand.', 'buyer', 'Priya Sand'],
    ["My daughter's favourite colour is amber.", 'colour', 'amber'],
    ['The coverage target for the parser is 80 percent.', 'target', '80 percent'],
    ['monthly_income: 15700', 'incom', '15700'],
    ['The closing date of the Hollin deal is 18 July.', 'date', '18 July'],
  ])('has one value in "%s"', (text, attribute, value) => {
    const { slot, value: found } = read(text)

    expect(slot?.isFunctional).toBe(true)
    expect(found).toBe(value)
    expect(slot?.attribute.slice(0, 4)).toBe(attribute.slice(0, 4))
  })

  it.each([
    'The problem is the cache.',
    'My hobby is Chess.',
    'Our company is a member of the guild.',
    'The parser is slow.',
    'My reservation ID is QX4471.',
  ])('is none in "%s"', (text) => {
    expect(read(text).slot?.isFunctional ?? false).toBe(false)
  })
})

describe('isPlainStatement', () => {
  it.each([
    'Ada Quist teaches pottery at the adult school.',
    'The specs are kept in the wiki.',
    'My target bedtime is 23:15.',
  ])('takes "%s"', (text) => {
    expect(isPlainStatement(text, read(text))).toBe(true)
  })

  it.each([
    'Wait for the build before you merge.',
    'It runs on port 8080.',
    'Could the specs be kept in the wiki?',
    'We might keep the specs in the wiki.',
    'Please keep the specs in the wiki.',
    'My flight leaves Berlin at noon.',
  ])('passes over "%s"', (text) => {
    expect(isPlainStatement(text, read(text))).toBe(false)
  })
})

describe('settingOf', () => {
  it('names environments, in one order', () => {
    expect(settingOf('On iOS and in production')).toBe('ios production')
    expect(settingOf('It is used for testing.')).toBe('testing')
    expect(settingOf('An article on urban development and testing habits')).toBe('')
  })
})
