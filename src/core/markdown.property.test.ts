import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aMemoryText, SEED } from '../testing/arbitraries.ts'
import { parseMemory } from './markdown.ts'

const aSoup = fc.string({
  unit: fc.constantFrom(
    '-',
    '* ',
    '1. ',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '#',
    '`',
    '|',
    '>',
    '<',
    'a',
    'é',
    '😀',
    ':',
    '[',
    ']',
    '(',
    ')',
    '=',
    '\uFEFF',
    '\\',
  ),
  maxLength: 60,
})

const RUNS = { seed: SEED, numRuns: 1_000 }

test('ranges are ordered, disjoint, inside the buffer, and hold exactly the text', () => {
  fc.assert(
    fc.property(fc.oneof(aMemoryText, aSoup), fc.boolean(), (content, isIndex) => {
      const bytes = Buffer.from(content, 'utf8')
      let taken = 0
      for (const unit of parseMemory(content, { isIndex }).units) {
        expect(unit.outerBytes.start).toBeGreaterThanOrEqual(taken)
        expect(unit.bytes.start).toBeGreaterThanOrEqual(unit.outerBytes.start)
        expect(unit.bytes.end).toBeGreaterThan(unit.bytes.start)
        expect(unit.outerBytes.end).toBeGreaterThanOrEqual(unit.bytes.end)
        expect(bytes.subarray(unit.bytes.start, unit.bytes.end).toString('utf8')).toBe(unit.text)
        taken = unit.outerBytes.end
      }
      expect(bytes.length).toBeGreaterThanOrEqual(taken)
    }),
    RUNS,
  )
})

test('what stands inside and outside the ranges is together the whole memory', () => {
  fc.assert(
    fc.property(fc.oneof(aMemoryText, aSoup), (content) => {
      const bytes = Buffer.from(content, 'utf8')
      const pieces: Buffer[] = []
      let at = 0
      for (const { bytes: range } of parseMemory(content, { isIndex: false }).units) {
        pieces.push(bytes.subarray(at, range.start), bytes.subarray(range.start, range.end))
        at = range.end
      }
      pieces.push(bytes.subarray(at))
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    }),
    RUNS,
  )
})

test('the line of a unit is the line its text begins on', () => {
  fc.assert(
    fc.property(fc.oneof(aMemoryText, aSoup), (content) => {
      for (const { line, text } of parseMemory(content, { isIndex: false }).units) {
        const lines = content.split(/\r\n|\n|\r/u)
        expect(lines[line - 1]).toContain(text.split(/\r\n|\n|\r/u)[0])
      }
    }),
    RUNS,
  )
})
