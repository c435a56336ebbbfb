import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { terminalJson, terminalLines, terminalText } from './terminal-text.ts'

const SEED = { seed: 46, numRuns: 300 }
const HOSTILE = [
  '\u001b[31m',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u009b2J',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u2028',
  '\u{e0041}',
  '\ufe0f',
  '\u0000',
  '\r',
  '\ud800',
]
const text = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE)), { maxLength: 8 })
  .map((parts) => parts.join(''))
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}]/u

describe('text on a terminal', () => {
  it('never holds a control, bidi, zero-width or surrogate character', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(terminalText(given)).not.toMatch(UNSAFE)
        for (const row of terminalLines(given)) expect(row).not.toMatch(UNSAFE)
      }),
      SEED,
    )
  })

  it('leaves printable text alone', () => {
    const printable = fc.string({ unit: fc.constantFrom('a', 'ß', '漢', ' ', '“', '→', '\\') })

    fc.assert(
      fc.property(printable, (given) => {
        expect(terminalText(given)).toBe(given)
      }),
      SEED,
    )
  })

  it('shows what it took the power from', () => {
    expect(terminalText('a\u001b[2Jb\u202ec\u{e0041}')).toBe('a\\x1b[2Jb\\u202ec\\u{e0041}')
    expect(terminalText('one\n   two')).toBe('one two')
  })

  it('keeps JSON exact while making it safe to look at', () => {
    fc.assert(
      fc.property(text, (given) => {
        const json = terminalJson({ given })

        expect(JSON.parse(json)).toEqual({ given })
        expect(json.replaceAll('\n', '')).not.toMatch(UNSAFE)
      }),
      SEED,
    )
  })
})
