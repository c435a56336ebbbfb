import { bounds } from './bounds.ts'
import { conservation } from './conservation.ts'
import { derivationDepth } from './derivation-depth.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { inputsUnchanged } from './inputs-unchanged.ts'
import { labels } from './labels.ts'
import { nothingLeaks } from './nothing-leaks.ts'
import { pinsAndPersons } from './pins-and-persons.ts'
import { settledStaysSettled } from './plan-relations.ts'
import { provenance } from './provenance.ts'
import { slotsPreserved } from './slots-preserved.ts'

/** Those that one dream's facts decide; 8 and 12 compare two runs, see `plan-relations.ts`. */
const INVARIANTS: readonly ((facts: DreamFacts) => readonly Violation[])[] = [
  inputsUnchanged,
  conservation,
  provenance,
  slotsPreserved,
  labels,
  pinsAndPersons,
  settledStaysSettled,
  derivationDepth,
  bounds,
  nothingLeaks,
]

/**
 * Every violation of the invariants (design, section 1) in one dream, by number. A dream with any
 * fails and commits nothing.
 */
export function checkInvariants(facts: DreamFacts): readonly Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(facts))
}
