import { expect, test } from 'vitest'
import { areSentElsewhere } from './addressed.ts'
import { rivalry } from './rivalry.ts'

test('a narrower subject is another subject, in both directions', () => {
  const wide = 'The label printer keeps its queue for 12 hours.'
  const narrow = 'The label printer of the Malmö depot keeps its queue for 9 hours.'
  expect(rivalry(narrow, wide)).toBeNull()
  expect(rivalry(wide, narrow)).toBeNull()
  expect(rivalry('The label printer keeps its queue for 9 hours.', wide)).not.toBeNull()
})

test('sentences about two things that begin with "the" share no name', () => {
  const newer = 'The green tax reader was rewritten and is written in Zig now.'
  expect(rivalry(newer, 'The green tax sorter is written in Zig.')).toBeNull()
})

test('what goes to one address no longer goes to another', () => {
  const older = 'Alerts of the label printer go to #depot.'
  expect(areSentElsewhere('Alerts of the label printer go to #night.', older)).toBe(true)
  expect(rivalry('Alerts of the label printer go to #night.', older)).not.toBeNull()
  expect(rivalry('Alerts of the tax sorter go to #night.', older)).toBeNull()
})
