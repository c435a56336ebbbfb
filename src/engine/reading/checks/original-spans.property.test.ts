import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleaned, onOneLine } from '../../asking/clean-text.ts'
import { originalSpans } from './original-spans.ts'

const CASES = { numRuns: 500, seed: 20_261_123 }
const text = fc
  .array(
    fc.constantFrom('a', 'b', 'A', ' ', '\n', '\t', '\u200b', '⟨', ')', '\r\n', '😀', '\u0007'),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''))

test('what is shown of a stretch of a text leads back to it', () => {
  fc.assert(
    fc.property(text, fc.nat(30), fc.nat(30), (whole, from, length) => {
      const words = onOneLine(cleaned(whole.slice(from, from + length)))
      if (words === '') return
      const spans = originalSpans(words, whole)
      expect(spans.length).toBeGreaterThan(0)
      for (const { start, end } of spans) {
        expect(onOneLine(cleaned(whole.slice(start, end)))).toBe(words)
      }
    }),
    CASES,
  )
})

test('other words stand nowhere', () => {
  fc.assert(
    fc.property(text, text, (whole, words) => {
      const isIn = onOneLine(cleaned(whole)).includes(onOneLine(cleaned(words)))
      if (!isIn) expect(originalSpans(words, whole)).toEqual([])
    }),
    CASES,
  )
})
