import { expect, test } from 'vitest'
import { zoneLike } from './own-time-zone.ts'

test('a zone is named as the note names its own', () => {
  expect(zoneLike('Europe/Lisbon', 'Oslo time')).toBe('Europe/Oslo')
  expect(zoneLike('Europe/Lisbon', 'Mountain time')).toBe('America/Denver')
  expect(zoneLike('CET', 'Oslo time')).toBe('Oslo time')
})

test('a place without a zone of its name stays as said', () => {
  expect(zoneLike('Europe/Lisbon', 'Atlantis time')).toBe('Atlantis time')
})
