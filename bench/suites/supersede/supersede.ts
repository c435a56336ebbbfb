import { type Suite, suiteOf } from '../../harness/suite.ts'
import { ownChains, situatedChains } from './chains.ts'
import { halumem } from './halumem.ts'
import { lettaUpdate } from './letta-update.ts'
import { userBlock } from './user-block.ts'
import { userModel } from './user-model.ts'

/** Does a newer statement take the place of the note that it contradicts, and of no other? */
export const supersede: Suite = suiteOf(
  'supersede',
  'outdated notes replaced by what is true now, the rest left alone',
  [lettaUpdate, userModel, userBlock, situatedChains, ownChains, halumem],
)
