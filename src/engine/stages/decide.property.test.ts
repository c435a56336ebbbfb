import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RULES } from '../rules.ts'
import { atSimilarity, decide, relationOf } from './decide.ts'
import { aNote as note } from './entry.test-support.ts'

const CASES = { numRuns: 300, seed: 20_261_123 }
const PARTS = [
  ['The', 'Our', 'Each'],
  ['staging', 'production', 'billing'],
  ['database', 'service'],
  ['listens on port', 'runs on port', 'does not use port'],
  ['5432', '5433'],
  ['.', ' now.', ' since March.', ' if it rains.', ', because it is fast.'],
] as const
const text = fc
  .tuple(...PARTS.map((choices) => fc.constantFrom(...choices)))
  .map((words) => words.join(' ').replaceAll(/ (?=[.,])/g, ''))

test('a pair is told the same with and without the reasons against it', () => {
  fc.assert(
    fc.property(text, text, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, similarity) => {
      const sides = { a: note(a), b: note(b) }
      const full = decide(sides.a, sides.b, similarity)
      const found = relationOf(sides.a, sides.b, RULES)
      const quick = atSimilarity({
        ...(found ?? { relation: 'none', reasons: [] }),
        ...sides,
        similarity,
      })
      if (found === null) expect(quick.relation).toBe(full.relation)
      if (found !== null) expect(quick.reasons).toEqual(full.reasons)
    }),
    CASES,
  )
})

test('what the guard objects to is never the same, though it is asked last', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const found = relationOf(note(a), note(b), RULES)?.relation ?? 'none'
      const objections = RULES.guard(note(a), note(b))
      if (objections.length > 0)
        expect(['same', 'a_contains_b', 'b_contains_a']).not.toContain(found)
    }),
    CASES,
  )
})
