import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../testing/arbitraries.ts'
import { isIndexPath, parseMemoryPath, pathProblems, pathsOverlap } from './memory-path.ts'

test.each(['/a', '/a.md', '/area/topic.md', '/数据/naïve 😀.md', `/${'a/'.repeat(19)}b`])(
  'accepts %s',
  (path) => {
    expect(parseMemoryPath(path)).toBe(path)
  },
)

test.each([
  ['', 'must start with "/"'],
  ['a.md', 'must start with "/"'],
  ['/', 'empty segment'],
  ['/a//b', 'empty segment'],
  ['/a/', 'empty segment'],
  ['/./a', '"." or ".."'],
  ['/a/..', '"." or ".."'],
  ['/a\u0000b', 'control or format'],
  ['/a\u200Bb', 'control or format'],
  ['/a\u2028b', 'control or format'],
  ['/a\u2029b', 'control or format'],
  ['/nai\u0308ve', 'NFC'],
  ['/\uD800', 'well-formed'],
  [`/${'a/'.repeat(20)}b`, '20 segments'],
  [`/${'é'.repeat(512)}`, '1024 bytes'],
])('refuses %j: %s', (path, problem) => {
  expect(pathProblems(path).join('; ')).toContain(problem)
  expect(() => parseMemoryPath(path)).toThrow(
    expect.objectContaining({ type: 'invalid_request_error' }),
  )
})

test('accepts exactly 1024 bytes and 20 segments', () => {
  expect(pathProblems(`/${'a'.repeat(1_023)}`)).toEqual([])
  expect(pathProblems(`/${Array(20).fill('a').join('/')}`)).toEqual([])
})

test('names every problem of a path at once', () => {
  expect(pathProblems('a//../\u0007')).toHaveLength(4)
})

test('only a folder and what is in it overlap, either way round', () => {
  const aSegment = fc.constantFrom('a', 'b', 'ab')
  const aPath = fc.array(aSegment, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(aPath, aPath, (a, b) => {
      const isAbove = (x: readonly string[], y: readonly string[]): boolean =>
        x.length < y.length && x.every((segment, at) => segment === y[at])
      expect(pathsOverlap(`/${a.join('/')}`, `/${b.join('/')}`)).toBe(
        isAbove(a, b) || isAbove(b, a),
      )
    }),
    { seed: SEED },
  )
})

test('an index is a MEMORY.md at any depth', () => {
  expect(['/MEMORY.md', '/team/MEMORY.md', '/memory.md', '/MY-MEMORY.md'].map(isIndexPath)).toEqual(
    [true, true, false, false],
  )
})
