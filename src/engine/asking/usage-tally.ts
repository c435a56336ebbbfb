import type { Coverage, PlanUsage, StageUsage, Thinking } from '../../core/dream.ts'
import { type ModelPrice, NANO_USD, nanoUsdOf, type TokenCounts } from './prices.ts'
import { PROMPT_NAMES, type PromptName } from './prompt.ts'

interface Row {
  readonly stage: PromptName
  readonly model: string
  readonly price: ModelPrice | null
  calls: number
  replayed: number
  input: number
  cachedInput: number
  output: number
  nanoUsd: number
}

/** Adds up what was used, by prompt and model. */
export class UsageTally {
  readonly #rows = new Map<string, Row>()

  /** A call that was paid for. */
  paid(stage: PromptName, model: string, price: ModelPrice | null, tokens: TokenCounts): void {
    const row = this.#rowOf(stage, model, price)
    row.calls += 1
    row.input += tokens.input
    row.cachedInput += tokens.cachedInput
    row.output += tokens.output
    row.nanoUsd += price === null ? 0 : nanoUsdOf(price, tokens)
  }

  /** An answer that was known. */
  replayed(stage: PromptName, model: string, price: ModelPrice | null): void {
    this.#rowOf(stage, model, price).replayed += 1
  }

  /** In the order of `PROMPT_NAMES`, then by model. */
  rows(): readonly StageUsage[] {
    const order = (row: Row): number => PROMPT_NAMES.indexOf(row.stage)
    return [...this.#rows.values()]
      .sort((a, b) => order(a) - order(b) || (a.model < b.model ? -1 : 1))
      .map(({ stage, model, price, calls, replayed, input, cachedInput, output, nanoUsd }) => ({
        stage,
        model,
        calls,
        replayed,
        inputTokens: input,
        cachedInputTokens: cachedInput,
        outputTokens: output,
        usd: price === null && calls > 0 ? null : nanoUsd / NANO_USD,
      }))
  }

  #rowOf(stage: PromptName, model: string, price: ModelPrice | null): Row {
    const key = `${stage} ${model}`
    const counts = { calls: 0, replayed: 0, input: 0, cachedInput: 0, output: 0, nanoUsd: 0 }
    const row = this.#rows.get(key) ?? { stage, model, price, ...counts }
    this.#rows.set(key, row)
    return row
  }
}

/** What a dream used altogether; money is null as soon as that of one stage is not known. */
export function totalsOf(
  stages: readonly StageUsage[],
  thinking: Pick<Thinking, 'small' | 'large'>,
  uncovered: number,
  coverage: Coverage | null,
): PlanUsage {
  const total = (count: (stage: StageUsage) => number): number =>
    stages.reduce((all, stage) => all + count(stage), 0)
  const isPriced = stages.every(({ usd }) => usd !== null)
  return {
    models: [...new Set([thinking.small, thinking.large])],
    stages,
    inputTokens: total(({ inputTokens }) => inputTokens),
    cachedInputTokens: total(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    usd: isPriced ? Math.round(total(({ usd }) => usd ?? 0) * NANO_USD) / NANO_USD : null,
    uncovered,
    coverage,
  }
}
