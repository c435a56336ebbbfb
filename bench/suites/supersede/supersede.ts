import { type Suite, suiteOf } from '../../harness/suite.ts'
import { lettaUpdate } from './letta-update.ts'

/** Does a newer statement take the place of the note that it contradicts, and of no other? */
export const supersede: Suite = suiteOf(
  'supersede',
  'outdated notes replaced by what is true now, the rest left alone',
  [lettaUpdate],
)
