import { type Suite, suiteOf } from '../../harness/suite.ts'
import { longMemEvalNights } from './longmemeval-nights.ts'
import { ownNights } from './own-nights.ts'

/** Does a memory stay as good over many dreams as after one? */
export const repeat: Suite = suiteOf(
  'repeat',
  'ten dreams in a row with new sessions each: what is kept, how much it grows, what drifts',
  [longMemEvalNights, ownNights],
)
