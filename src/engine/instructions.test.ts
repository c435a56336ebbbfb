import { describe, expect, it } from 'vitest'
import { normalInstructions, parseInstructions } from './instructions.ts'

describe('parseInstructions', () => {
  it.each([null, '', ' ; \n ;'])('reads no rule in %j', (instructions) => {
    const steering = parseInstructions(instructions)

    expect(steering.keeps('/a.md', 'text')).toBe(false)
    expect(steering.ignores('/a.md', 'text')).toBe(false)
  })

  it.each([
    ['keep: a.md', '/a.md', true],
    ['keep: /a.md', '/a.md', true],
    ['KEEP :  a.md ', '/a.md', true],
    ['keep: a.md', '/b/a.md', false],
    ['keep: a.md', '/a.md.md', false],
    ['keep: team/', '/team/deep/a.md', true],
    ['keep: team/', '/steam/a.md', false],
    ['ignore: x.md; keep: a.md', '/a.md', true],
    ['ignore: x.md\nkeep: a.md', '/a.md', true],
  ])('%j keeps %s: %s', (instructions, path, isKept) => {
    expect(parseInstructions(instructions).keeps(path, 'any text')).toBe(isKept)
  })

  it.each([
    ['staging database', 'The database of Staging is old.', true],
    ['staging database', 'The staging server is old.', false],
    ['port', 'All ports are open.', false],
    ['größe', 'Die GRÖßE ist 3.', true],
    ['c++', 'We write C here.', true],
    ['!!', 'Wow!!', false],
  ])('a topic %j is in %j: %s', (topic, text, isIn) => {
    expect(parseInstructions(`ignore: ${topic}`).ignores(null, text)).toBe(isIn)
    expect(parseInstructions(`ignore: ${topic}`).keeps('/a.md', text)).toBe(false)
  })

  it('matches no path where there is none', () => {
    expect(parseInstructions('ignore: /').ignores(null, 'text')).toBe(false)
    expect(parseInstructions('ignore: /').ignores('/a.md', 'text')).toBe(true)
  })

  it.each(['Focus on deploys', 'keep', 'keep:', 'drop: a.md', 'keep: a.md; be brief'])(
    'refuses %j, naming what can be said without a model',
    (instructions) => {
      expect(() => parseInstructions(instructions)).toThrow(
        expect.objectContaining({
          type: 'invalid_request_error',
          next: expect.stringContaining('keep: <path or topic>'),
        }),
      )
    },
  )
})

it.each(['keep:', 'ignore :  ', 'ignore: a.md; KEEP:'])('%j is told what is missing', (text) => {
  expect(() => parseInstructions(text)).toThrow(/does not say what to (?:keep|ignore)/)
})

describe('normalInstructions', () => {
  it.each([null, '', ' ', ';;', ' ; \n ;'])('takes %j as none', (text) => {
    expect(normalInstructions(text)).toBeNull()
  })

  it('steers as the text does that it was made from', () => {
    expect(normalInstructions(' keep: a.md ;;\n ignore: x ')).toBe('keep: a.md; ignore: x')
  })
})
