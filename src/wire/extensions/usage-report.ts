import { z } from 'zod'
import type { PlanUsage, Thinking } from '../../core/dream.ts'

/** What one kind of question to one model took. */
export interface StageUsageReport {
  readonly stage: string
  readonly model: string
  /** Calls that were paid for, second tries included. */
  readonly calls: number
  /** Answers that were known from earlier dreams or a cassette. */
  readonly replayed: number
  readonly input_tokens: number
  /** Part of `input_tokens`. */
  readonly cached_input_tokens: number
  readonly output_tokens: number
  /** US dollars; null = the price is not known. */
  readonly usd: number | null
}

/** What a dream asked of models, in all and by kind of question. */
export interface UsageReport {
  /** Those that were asked; empty where rules alone decided. */
  readonly models: readonly string[]
  readonly stages: readonly StageUsageReport[]
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
  readonly usd: number | null
  /** Calls that the budget did not cover. */
  readonly uncovered: number
  /** Statements that a model read and what became of them; null without a model. */
  readonly coverage: {
    readonly claims: number
    readonly covered: number
    readonly left: readonly { readonly reason: string; readonly count: number }[]
  } | null
}

/** The models that a dream may ask, and its hard caps; `usd` null = no cap on money. */
export interface ThinkingReport {
  readonly small: string
  readonly large: string
  readonly budget: { readonly tokens: number; readonly usd: number | null }
}

const count = z.int().min(0)
const usd = z.number().min(0).nullable()

export const usageReportSchema: z.ZodType<UsageReport> = z.strictObject({
  models: z.array(z.string()),
  stages: z.array(
    z.strictObject({
      stage: z.string(),
      model: z.string(),
      calls: count,
      replayed: count,
      input_tokens: count,
      cached_input_tokens: count,
      output_tokens: count,
      usd,
    }),
  ),
  input_tokens: count,
  cached_input_tokens: count,
  output_tokens: count,
  usd,
  uncovered: count,
  coverage: z
    .strictObject({
      claims: count,
      covered: count,
      left: z.array(z.strictObject({ reason: z.string(), count })),
    })
    .nullable(),
})

export const thinkingReportSchema: z.ZodType<ThinkingReport> = z.strictObject({
  small: z.string(),
  large: z.string(),
  budget: z.strictObject({ tokens: count, usd }),
})

export function usageReport(usage: PlanUsage): UsageReport {
  return {
    models: usage.models,
    stages: usage.stages.map((stage) => ({
      stage: stage.stage,
      model: stage.model,
      calls: stage.calls,
      replayed: stage.replayed,
      input_tokens: stage.inputTokens,
      cached_input_tokens: stage.cachedInputTokens,
      output_tokens: stage.outputTokens,
      usd: stage.usd,
    })),
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    output_tokens: usage.outputTokens,
    usd: usage.usd,
    uncovered: usage.uncovered,
    coverage: usage.coverage,
  }
}

export function thinkingReport(thinking: Thinking | null): ThinkingReport | null {
  if (thinking === null) return null
  const { small, large, budget } = thinking
  return { small, large, budget: { tokens: budget.tokens, usd: budget.usd } }
}
