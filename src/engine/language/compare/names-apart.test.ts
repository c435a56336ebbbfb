import { expect, test } from 'vitest'
import { paraphraseOf } from './paraphrase.ts'

test.each([
  ['The billing worker runs in Milan.', 'The invoice worker runs in Milan.'],
  ['The delivery scheduler listens on port 3100.', 'The shipping scheduler listens on port 3100.'],
  ['Ines owns the purchase portal.', 'The order portal is owned by Ines.'],
])('takes the synonym before a head that gets names for another thing: %s / %s', (a, b) => {
  expect(paraphraseOf(a, b)).toBeNull()
})

test.each([
  ['The auth service runs in Milan.', 'The authentication service runs in Milan.'],
  ['The k8s cluster runs in Milan.', 'The Kubernetes cluster is running in Milan.'],
  ['The big portal runs in Milan.', 'The large portal is running in Milan.'],
])('knows a name by its short spelling, and qualities by their synonyms: %s / %s', (a, b) => {
  expect(paraphraseOf(a, b)).toBe('equal')
})
