import type { Change } from '../change.ts'
import { highestTrust, lowestTrust, type Trust } from '../trust.ts'
import { neededTrust } from './carried-words.ts'
import { type Rail, type RailFacts, trustOf } from './rail-facts.ts'

/**
 * Rail 3, who may read it: a change, what it edits and the store have one audience. Whose words it
 * takes is `labelled`, whose orders `own-orders.ts`.
 */
export const oneAudience: Rail = (change, { audience, units }) => {
  const edited = change.edits.flatMap((edit) =>
    edit.op === 'append' ? [] : [units.get(edit.unitId)?.audience ?? audience],
  )
  const named = change.units.map((id) => units.get(id)?.audience ?? audience)
  return [change.audience, ...edited, ...named].every((one) => one === audience)
    ? null
    : { act: 'drop', why: 'it crosses audiences' }
}

/**
 * The change with the trust that its evidence gives it, never more than it claims. Operators write
 * their own files: what a dream says is a user's at most.
 */
export function labelled(change: Change, facts: RailFacts): Change {
  const bounds: readonly Trust[] = [
    change.trust,
    'user',
    neededTrust(change, facts) ?? change.trust,
    change.evidence.length === 0
      ? change.trust
      : highestTrust(change.evidence.map((item) => trustOf(item, facts))),
  ]
  const trust = lowestTrust(bounds)
  return trust === change.trust ? change : { ...change, trust }
}
