import { parseProposedChanges } from './parse-changes.ts'
import type { Rail } from './rail-facts.ts'

/**
 * Rail 1, closed schema: a change has the fields of one and nothing besides, each of its form and
 * size. That it is held already says nothing against it.
 */
export const wellFormed: Rail = (change) => {
  const { refused } = parseProposedChanges([{ ...change, status: 'proposed', heldReason: null }], 1)
  return refused === 0 ? null : { act: 'drop', why: 'it is not a change as dreams make them' }
}
