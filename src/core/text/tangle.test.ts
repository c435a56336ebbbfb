import { describe, expect, it } from 'vitest'
import { parseMemory } from '../markdown.ts'
import { tangledLine } from './tangle.ts'

const parsed = (content: string) => parseMemory(content, { isIndex: false })

describe('a memory that nests deeper than anybody writes', () => {
  it.each([
    ['bullets', `# Notes\n\n${'- '.repeat(20_000)}x\n`],
    ['numbers', `# Notes\n\n${'1. '.repeat(20_000)}x\n`],
    ['quotes', `# Notes\n\n${'>'.repeat(20_000)} x\n`],
    [
      'a staircase',
      `#\n\n${Array.from({ length: 700 }, (_, n) => `${' '.repeat(n)}- x`).join('\n')}`,
    ],
  ])('of %s is other content from end to end', (_, content) => {
    expect(tangledLine(content)).not.toBeNull()
    expect(parsed(content)).toEqual({
      frontMatter: null,
      units: [],
      hasOtherContent: true,
      headings: [],
    })
  })

  it.each([
    '- - - - x',
    '> > - 1. x',
    `${'- '.repeat(200)}-`,
    `${' '.repeat(300)}x`,
    `|${'-|'.repeat(99)}`,
  ])('is not %j', (line) => {
    expect(tangledLine(`# Notes\n\n${line}\n`)).toBeNull()
  })

  it('is told by its line', () => {
    expect(tangledLine(`a\r\nb\rc\n${'>'.repeat(51)}\n`)).toBe(4)
    expect(tangledLine('>'.repeat(50))).toBeNull()
  })
})

describe('a memory with marks without number', () => {
  it('is cut into the same units as without them', () => {
    const few = parsed('# One\n\n- a *b* [c](d.md)\n\nWords `x`.\n')
    const many = parsed(`# One\n\n- a *b* [c](d.md)\n\nWords \`x\`.\n\n${'*a_ '.repeat(2_500)}\n`)

    expect(many.units.slice(0, 2)).toEqual(few.units)
    expect(many.units).toHaveLength(3)
  })
})
