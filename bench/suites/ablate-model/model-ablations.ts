import type { ReverieOptions } from '../../../src/engine/api.ts'
import { showWhole } from '../../../src/engine/reading/reduce-for-model.ts'
import { connectedComponents } from '../ablate/connected-components.ts'
import { lastArrived } from '../ablate/last-arrived.ts'

/** One part of a dream with a model taken out, or exchanged for the simplest thing in its place. */
export interface ModelAblation {
  /** As a table names it. */
  readonly name: string
  readonly rules: NonNullable<ReverieOptions['rules']>
  /** False = rules alone. */
  readonly hasModel: boolean
}

/** With all parts: what the others are compared to. */
export const WITH_ALL: ModelAblation = { name: 'with all', rules: {}, hasModel: true }

/** The ablations of algorithms, section 11, that a model has a part in. */
export const MODEL_ABLATIONS: readonly ModelAblation[] = [
  { name: 'no model', rules: {}, hasModel: false },
  { name: 'no reducer', rules: { reduce: showWhole }, hasModel: true },
  { name: 'no second pass', rules: { hasSecondPass: false }, hasModel: true },
  { name: 'no slot guard', rules: { guard: () => [] }, hasModel: true },
  { name: 'connected components', rules: { link: connectedComponents }, hasModel: true },
  { name: 'what arrived last is current', rules: { laterOf: lastArrived }, hasModel: true },
  { name: 'no verifier', rules: { hasVerifier: false }, hasModel: true },
  { name: 'no gate', rules: { hasGate: false }, hasModel: true },
  {
    name: 'no guard, verifier, gate',
    rules: { guard: () => [], hasVerifier: false, hasGate: false },
    hasModel: true,
  },
]
