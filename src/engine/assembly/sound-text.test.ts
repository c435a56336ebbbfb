import { expect, test } from 'vitest'
import { isSound } from './sound-text.ts'

test('a phrase that is said twice in a row is the mark of a wrong cut', () => {
  expect(isSound('Ida is a guest reader at guest reader at the fair.', '')).toBe(false)
  expect(isSound('Ida is the the reader.', '')).toBe(false)
  expect(isSound('Ida is a guest reader at the fair.', '')).toBe(true)
})

test('what was doubled before may stay', () => {
  expect(isSound('New York New York opens at nine.', 'New York New York opens at ten.')).toBe(true)
})
