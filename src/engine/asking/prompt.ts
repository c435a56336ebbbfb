import type { ZodType } from 'zod'
import type { Fence } from './fence.ts'

/** The calls that a dream makes to models; each has a model, a line in the report, a prompt. */
export const PROMPT_NAMES = [
  'extract',
  'changes',
  'relate',
  'merge',
  'lesson',
  'entail',
  'probes',
  'answer',
] as const

export type PromptName = (typeof PROMPT_NAMES)[number]

/**
 * A question to a model: what it says, what an answer must look like, what code checks of it.
 * Equal inputs give equal texts.
 */
export interface Prompt<Input, Output> {
  readonly name: PromptName
  /** Raised whenever any of its text changes: answers to another version are other answers. */
  readonly version: number
  /** Which of the two models is asked: reading and judging are for the small one, prose for the large. */
  readonly size: 'small' | 'large'
  /** Equal for every call; never holds a date, an id or a word of anybody's data. */
  readonly instructions: string
  /** An object; what it lets through has the right shape, not yet the right content. */
  readonly schema: ZodType<Output>
  readonly outputTokensMax: number
  /** What is equal for all calls of one scope; may be empty. */
  profileOf(input: Input, fence: Fence): string
  dataOf(input: Input, fence: Fence): string
  /**
   * Faults of an answer as a whole that a second try could mend (an item left out, an id that does
   * not exist), in words for the model and without words of the data; empty = none.
   */
  faultsOf(output: Output, input: Input): readonly string[]
}
