import type { StageUsage } from '../../core/dream.ts'
import type { Prompt } from './prompt.ts'

/**
 * Puts prompts to the models of a dream. Every answer is kept under the hash of prompt version,
 * model and input before it is used, and counts against the dream's budget once.
 */
export interface Asker {
  /**
   * One result for each input, in their order. Calls run side by side, but which ones the budget
   * still covers is decided in order, as if they ran one after the other. Throws `ModelError` where
   * a model cannot be reached: the dream ends and goes on from its kept answers when run again.
   */
  ask<Input, Output>(
    prompt: Prompt<Input, Output>,
    inputs: readonly Input[],
  ): Promise<readonly Asked<Output>[]>
  /**
   * For prompts that judge a list of items: items judged before are not asked again, the others go
   * in batches of at most `batchSize`. Undefined = no verdict: no budget, or no valid answer.
   */
  askItems<Item, Verdict, Output>(
    prompt: Prompt<readonly Item[], Output>,
    items: readonly Item[],
    rules: ItemRules<Item, Verdict, Output>,
  ): Promise<readonly (Verdict | undefined)[]>
  /** What was used so far, by prompt and model, in the order of `PROMPT_NAMES`. */
  usage(): readonly StageUsage[]
  /** Calls that the budget did not cover. */
  uncovered(): number
}

/** `budget`: not asked; `invalid`: asked twice without a valid answer. */
export type Asked<Output> =
  | { readonly kind: 'answered'; readonly output: Output }
  | { readonly kind: 'unanswered'; readonly why: 'budget' | 'invalid' }

export interface ItemRules<Item, Verdict, Output> {
  readonly batchSize: number
  /** What makes two items the same question. */
  keyOf(item: Item): string
  /** The verdicts of one answer by position in the batch; undefined = none for that item. */
  verdictsOf(output: Output, items: readonly Item[]): readonly (Verdict | undefined)[]
}
