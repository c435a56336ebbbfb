import { type Suite, suiteOf } from '../../harness/suite.ts'
import { injectedNotes } from './injected-notes.ts'
import { memoryDefrag } from './memory-defrag.ts'
import { compression, sessionHandoff } from './planning-talks.ts'
import { promptMemory } from './prompt-memory.ts'
import { toolExploration } from './tool-exploration.ts'

/** What becomes of whole memories and whole talks: what stays, what must not get in? */
export const wholeMemories: Suite = suiteOf(
  'consolidation',
  'what whole memories and talks leave behind: kept, dropped, never let in',
  [promptMemory, injectedNotes, toolExploration, sessionHandoff, compression, memoryDefrag],
)
