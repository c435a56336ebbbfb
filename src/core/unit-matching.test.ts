import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aMemoryText, aTidyMemoryText, SEED, storedMemory } from '../testing/arbitraries.ts'
import type { Unit } from './unit.ts'
import {
  type AuthorOf,
  dreamAuthor,
  importedAuthor,
  matchUnits,
  personAuthor,
} from './unit-matching.ts'

function first(content: string): readonly Unit[] {
  return storedMemory('/a.md', content).units
}

function next(previous: readonly Unit[], content: string, authorOf: AuthorOf): readonly Unit[] {
  return storedMemory('/a.md', content, previous, authorOf).units
}

function sameIds(previous: readonly Unit[], units: readonly Unit[]): readonly (number | null)[] {
  const at = new Map(previous.map(({ id }, index) => [id, index]))
  return units.map(({ id }) => at.get(id) ?? null)
}

describe('a unit keeps its identity', () => {
  const before = first(
    '# A\n\n- The API port is 8080\n- Tea\n\n# B\n\n- Tomas writes the release notes\n',
  )

  test.each([
    ['when it moves', '# B\n\n- Tea\n- The API port is 8080\n', [1, 0]],
    ['when it is edited where it stands', '# A\n\n- The API port is 9090\n- Tea\n', [0, 1]],
    ['when it moves and is edited a little', '# C\n\n- Tomas writes all the release notes\n', [2]],
    ['when something is written before it', '# A\n\n- New\n- The API port is 8080\n', [null, 0]],
  ])('%s', (_when, content, expected) => {
    expect(sameIds(before, next(before, content, personAuthor))).toEqual(expected)
  })

  test.each([
    ['an unrelated text in its place', '# A\n\n- Coffee\n- Tea\n', [null, 1]],
    ['a loosely similar text elsewhere', '# C\n\n- The API docs are good\n', [null]],
  ])('but %s is a new one', (_what, content, expected) => {
    expect(sameIds(before, next(before, content, personAuthor))).toEqual(expected)
  })
})

describe('authors', () => {
  const [a, b] = first('- a one\n- b two\n')
  const pinned = [a, b].flatMap((unit) => (unit === undefined ? [] : [{ ...unit, isPinned: true }]))

  test('an unchanged unit keeps origin, trust and pin, an edited one its pin', () => {
    expect(next(pinned, '- a one\n- b two three\n- c\n', personAuthor)).toMatchObject([
      { origin: 'imported', trust: 'note', isPinned: true },
      { origin: 'person', trust: 'user', isPinned: true },
      { origin: 'person', trust: 'user', isPinned: false },
    ])
  })

  test('a dream is the author of what it wrote, not of what it annotated', () => {
    const author = dreamAuthor(new Map([['c', 'user']]))
    expect(next(pinned, '- a one (note)\n- b two\n- c\n', author)).toMatchObject([
      { origin: 'imported', trust: 'note' },
      { origin: 'imported', trust: 'note' },
      { origin: 'dream', trust: 'user' },
    ])
  })
})

test('the same memory read again is the same units', () => {
  fc.assert(
    fc.property(aMemoryText, (content) => {
      const units = first(content)
      expect(first(content)).toEqual(units)
      expect(next(units, content, personAuthor)).toEqual(units)
      expect(new Set(units.map(({ id }) => id)).size).toBe(units.length)
    }),
    { seed: SEED, numRuns: 200 },
  )
})

test('no unit of the last version is used twice, and no two units share an id', () => {
  fc.assert(
    fc.property(aTidyMemoryText, aTidyMemoryText, (before, after) => {
      const previous = first(before)
      const matched = matchUnits(previous, first(after)).filter((id) => id !== null)
      expect(new Set(matched).size).toBe(matched.length)
      const ids = next(previous, after, importedAuthor).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { seed: SEED, numRuns: 200 },
  )
})

test('a text that comes back beside the unit that once had it is another unit', () => {
  const [old] = first('- The API port is 8080\n')
  const edited = next(old === undefined ? [] : [old], '- The API port is 9090\n', personAuthor)
  const both = next(edited, '- The API port is 9090\n- The API port is 8080\n', personAuthor)
  expect(both[0]?.id).toBe(old?.id)
  expect(both[1]?.id).not.toBe(old?.id)
})
