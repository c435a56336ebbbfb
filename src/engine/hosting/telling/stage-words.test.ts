import { expect, test } from 'vitest'
import { STAGES } from '../../dream-ports.ts'
import { stageLine } from './stage-words.ts'

test('a dream over a hundred sessions and thousands of pairs tells less than a hundred lines', () => {
  const told = new Set<string>()
  const counted = [
    ['extract', 100],
    ['extract', 250],
    ['pair', 5_000],
    ['decide', 5_000],
  ] as const
  for (const stage of STAGES) {
    const line = stageLine({ stage, done: 0, of: 1 })
    if (line !== null) told.add(line.about)
  }
  for (const [stage, of] of counted) {
    for (let done = 0; done < of; done += 1) {
      const line = stageLine({ stage, done, of })
      if (line !== null) told.add(line.about)
    }
  }

  expect(told.size).toBeGreaterThan(20)
  expect(told.size).toBeLessThan(100)
})

test('a line counts what is under way from one, and says nothing of a count of one', () => {
  expect(stageLine({ stage: 'extract', done: 4, of: 17 })?.text).toBe('Reading sessions: 5 of 17.')
  expect(stageLine({ stage: 'snapshot', done: 0, of: 1 })?.text).toBe('Looking at the memories.')
  expect(stageLine({ stage: 'label', done: 0, of: 17 })).toBeNull()
})
