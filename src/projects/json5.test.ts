import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson5 } from './json5.ts'

describe('a JSON5 text', () => {
  it('means what JSON means where it is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', '  '), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parseJson5(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: 200 },
    )
  })

  it('may have comments, plain keys, single quotes, trailing commas and hexadecimal numbers', () => {
    const text = `// first
      { plain: 'it\\'s', "quoted": [1, 0x10, -.5, ], /* ** */ $key_1: null, // last
        lines: 'one \\
two', tab: "\\t\\x41\\u0042", }`

    expect(parseJson5(text)).toEqual({
      plain: "it's",
      quoted: [1, 16, -0.5],
      $key_1: null,
      lines: 'one two',
      tab: '\tAB',
    })
  })

  it.each([
    '',
    '{',
    '[1',
    '{a}',
    '{a:1 b:2}',
    '[1 2]',
    '{:1}',
    '1 2',
    '"open',
    '/* open',
    '{a:}',
    '[,]',
  ])('is refused as %s', (text) => {
    expect(() => parseJson5(text)).toThrow(SyntaxError)
  })

  it('is read in linear time, whatever its comments', () => {
    for (const text of [
      `${'/**/'.repeat(50_000)}"`,
      `${'// \n'.repeat(50_000)}/`,
      '['.repeat(100_000),
    ]) {
      expect(() => parseJson5(text)).toThrow(SyntaxError)
    }
  })
})
