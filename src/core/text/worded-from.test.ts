import { describe, expect, it } from 'vitest'
import { standsIn, wordsBeyond } from './worded-from.ts'

describe('wordsBeyond', () => {
  const members = ['The backup runs at 02:30.', 'Backups are kept for 30 days.']

  it.each([
    'The backup runs at 02:30 and is kept for 30 days.',
    'Backups run at 02:30; they are kept for 30 days.'.replace('they', 'it'),
  ])('finds none where members have every word in some form', (text) => {
    expect(wordsBeyond(text, members)).toEqual([])
  })

  it.each([
    ['The backup never runs at 02:30.', ['never']],
    ['The backup runs at 02:31.', ['31']],
    ['The daily backup runs at 02:30.', ['daily']],
    ['The backup runs before 02:30.', ['before']],
  ])('finds what %s adds', (text, words) => {
    expect(wordsBeyond(text, members)).toEqual(words)
  })
})

describe('standsIn', () => {
  it.each([
    ['80', 'Port 80.'],
    ['Biome', 'biome formats it'],
    ['1.5', 'at 1.5, not less'],
    ['eu-west-1', '(eu-west-1)'],
  ])('finds %s in %s', (slot, text) => {
    expect(standsIn(slot, text)).toBe(true)
  })

  it.each([
    ['80', 'Port 8080'],
    ['80', 'Port 80.5'],
    ['80', '180'],
    ['west', 'eu-west-1'],
    ['Ann', 'Anna'],
    ['src', 'src/engine'],
  ])('does not find %s in %s', (slot, text) => {
    expect(standsIn(slot, text)).toBe(false)
  })
})
