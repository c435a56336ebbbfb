import type { ModelUsage } from '../../models/model.ts'
import type { Spend } from './budget.ts'
import { type ModelPrice, nanoUsdOf, type TokenCounts } from './prices.ts'

/**
 * A count above this many times the estimate is not believed. It is also what room a running call
 * is given: input is estimated at three bytes for a token, and no token has less than one.
 */
const BELIEVED_TIMES = 4
/** Fewer than there are, so that the estimate is high; limits go by `tokensIn`. */
const ESTIMATED_BYTES_PER_TOKEN = 3
/** What providers put around a call: roles, the form of the answer. */
const FRAME_TOKENS = 200

/** A high estimate of a call: its input from bytes, its output as long as it may be. */
export function estimatedTokens(texts: readonly string[], outputTokensMax: number): TokenCounts {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const input = Math.ceil(bytes / ESTIMATED_BYTES_PER_TOKEN) + FRAME_TOKENS
  return { input, cachedInput: 0, output: outputTokensMax }
}

/** The most that a call of this estimate can be counted at. */
export function mostTokens({ input, output }: TokenCounts): TokenCounts {
  return { input: input * BELIEVED_TIMES, cachedInput: 0, output: output * BELIEVED_TIMES }
}

/** As the provider counted; the estimate where it did not, or nobody can believe it. */
export function countedTokens(usage: ModelUsage, estimate: TokenCounts): TokenCounts {
  const most = mostTokens(estimate)
  const input = believed(usage.inputTokens, most.input) ?? estimate.input
  const output = believed(usage.outputTokens, most.output) ?? estimate.output
  return { input, cachedInput: believed(usage.cachedInputTokens, input) ?? 0, output }
}

function believed(count: number | null, max: number): number | null {
  return count !== null && Number.isSafeInteger(count) && count >= 0 && count <= max ? count : null
}

/** Tokens as what they take of the budget; a model without a known price takes no money. */
export function spendOf(tokens: TokenCounts, price: ModelPrice | null): Spend {
  return {
    tokens: tokens.input + tokens.output,
    nanoUsd: price === null ? 0 : nanoUsdOf(price, tokens),
  }
}
