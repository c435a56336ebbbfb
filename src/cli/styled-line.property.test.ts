import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blanks, columnsOf, type Line, span, wrap } from './styled-line.ts'

const SEED = { seed: 80, numRuns: 300 }
const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢', 'é', '👍'), maxLength: 200 })
const plain = (lines: readonly Line[]): string =>
  lines.map((line) => line.map((part) => part.text).join('')).join('')
const bare = (of: string): string => of.replaceAll(' ', '')

describe('wrapping', () => {
  it('never makes a line wider than it may be', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 100 }), (given, width) => {
        const lines = wrap([span(given)], { width, before: [blanks(6)] })

        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width)
      }),
      SEED,
    )
  })

  it('loses no character but blanks at the breaks', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(bare(plain(wrap([span(given)], { width: 24 })))).toBe(bare(given))
      }),
      SEED,
    )
  })

  it('breaks between words and indents what follows as far as what stands before', () => {
    const lines = wrap([span('one two three four')], { width: 13, before: [span('  - ')] })

    expect(lines.map((line) => plain([line]))).toEqual(['  - one two', '    three', '    four'])
  })

  it('says with an ellipsis that text was left out', () => {
    const lines = wrap([span('one two three four five')], { width: 12, linesMax: 1 })

    expect(plain(lines)).toBe('one two …')
  })
})
