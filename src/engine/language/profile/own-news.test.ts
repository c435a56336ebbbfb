import { describe, expect, test } from 'vitest'
import { ownNews, statedKey } from './own-news.ts'

describe('what a person tells of themselves', () => {
  test.each([
    [
      'I got promoted to Lead Archivist last spring, so I sign the loans.',
      'role',
      'Lead Archivist',
    ],
    ['My title is now Principal Surveyor.', 'role', 'Principal Surveyor'],
    ["I'm a data engineer now.", 'role', 'data engineer'],
    ['I took a new role: Head of Restoration.', 'role', 'Head of Restoration'],
    ["I left Corvid Press, I'm at Heron Books now.", 'employer', 'Heron Books'],
    ['I quit Corvid Press and started at Heron Books.', 'employer', 'Heron Books'],
    ['Heron Books is rebranding to Heron Media.', 'employer', 'Heron Media'],
    ["I'm based in Tromsø these days.", 'city', 'Tromsø'],
    ['I just relocated from Porto to Ghent.', 'city', 'Ghent'],
    ['Please use Tokyo time for our calls.', 'time zone', 'Tokyo time'],
    ["I'm on the Payments team now.", 'team', 'Payments'],
    ['My new manager is Ines Duarte.', 'manager', 'Ines Duarte'],
  ])('%s', (sentence, field, value) => {
    expect(ownNews(sentence)).toContainEqual(expect.objectContaining({ field, value }))
  })

  test('one sentence may tell of two fields', () => {
    const told = ownNews('I left Corvid Press and joined Heron Books as a Rights Manager.')
    expect(told.map(({ field, value }) => [field, value])).toEqual([
      ['role', 'Rights Manager'],
      ['employer', 'Heron Books'],
    ])
  })

  test('the quote is a part of the sentence', () => {
    const sentence = 'By the way, I’m based in Ghent now.'
    for (const { quote } of ownNews(sentence)) expect(sentence).toContain(quote)
    expect(ownNews(sentence)).toHaveLength(1)
  })

  test.each([
    'My colleague Dana got promoted to Director.',
    'My sister moved to Ghent.',
    'We moved our office to Ghent.',
    "I'm at Schiphol now.",
    "I'm now a bit tired.",
    "I'm a beer lover now.",
    'I joined Corvid Press as an intern in 2011.',
    'I live near the harbour.',
  ])('%s: tells no news of the speaker', (sentence) => {
    expect(ownNews(sentence)).toEqual([])
  })
})

test('a state is told for a key in its own words, an event is not', () => {
  expect(statedKey('My sleep quality is excellent.')).toEqual({
    key: 'sleep quality',
    value: 'excellent',
  })
  expect(statedKey('My laptop is charging.')).toBeNull()
  expect(statedKey('My laptop is here.')).toBeNull()
})
