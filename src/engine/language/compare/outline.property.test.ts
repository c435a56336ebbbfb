import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readingOf } from '../reading/reading.ts'
import { isImplied } from './implied.ts'
import { matchingKeys, mayBeSaidIn, outlineOf } from './outline.ts'

const CASES = { numRuns: 500, seed: 20_261_123 }
const WORDS =
  'the a we must always never not run deploy tests report every Friday before release, because port 5432 is used by staging if and'.split(
    ' ',
  )
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 9 })
  .map((words) => words.join(' '))

/** Word by word and by the keys themselves. */
function isSaidIn(one: string, other: string): boolean {
  const [own, there] = [readingOf(one), readingOf(other)]
  return own.senses.every((sense, at) => {
    if (sense.isEmpty || sense.isDetail || sense.role === 'mark') return true
    const isKnown = matchingKeys(own.senses, at).some((key) => there.keys.has(key))
    return isKnown || isImplied(sense, own, there)
  })
}

test('an outline never rules out a text that says all of the other', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      if (isSaidIn(one, other)) expect(mayBeSaidIn(outlineOf(one), outlineOf(other))).toBe(true)
      expect(mayBeSaidIn(outlineOf(one), outlineOf(one))).toBe(true)
    }),
    CASES,
  )
})

test('an outline rules out a text that lacks a word', () => {
  const [port, branch] = ['The staging port is 5432.', 'The release branch is called harvest.']

  expect(mayBeSaidIn(outlineOf(port), outlineOf(branch))).toBe(false)
})
