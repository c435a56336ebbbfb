import type { Model } from '../../models/model.ts'
import type { Departure, DreamRequest } from '../api.ts'
import { NANO_USD, nanoUsdOf, priceOf } from '../asking/prices.ts'
import type { Estimate } from '../dream-ports.ts'
import type { ChosenModels } from './choose-models.ts'
import type { Deps } from './deps.ts'

/**
 * Tells the caller what is about to leave, before the first question of a dream, and remembers
 * whom it has told of. What throws from there stops the dream with nothing sent.
 */
export function departureAnnouncer(
  chosen: ChosenModels,
  request: Pick<DreamRequest, 'onDeparture'>,
  { storage }: Pick<Deps, 'storage'>,
): (estimate: Estimate) => Promise<void> {
  const { small, large, thinking } = chosen
  const asked = small.id === large.id ? [large] : [large, small]
  return async (estimate) => {
    if (estimate.calls === 0) return
    const keys = asked.map(firstUseKey)
    const known = await storage.steps.getAll([...new Set(keys)])
    const providers = asked.map((model, n) => ({
      model: model.id,
      host: model.host,
      isFirstUse: model.host !== null && !known.has(keys[n] ?? ''),
    }))
    request.onDeparture?.({
      ...estimate,
      providers,
      usd: moneyAtMost(chosen, estimate),
      budget: thinking.budget,
    } satisfies Departure)
    const now = providers.flatMap(({ isFirstUse }, n) =>
      isFirstUse ? [[keys[n] ?? '', 'told'] as const] : [],
    )
    await storage.steps.putAll(now)
  }
}

/** A provider is the first part of a model's id; the same one at another host is another. */
function firstUseKey({ id, host }: Model): string {
  return `first-use:${id.slice(0, Math.max(id.indexOf('/'), 0))}@${host ?? ''}`
}

/** As if the dearer model got all questions; never above the cap. Null = a price is not known. */
function moneyAtMost(
  { small, large, prices, thinking }: ChosenModels,
  { inputTokens, outputTokens }: Estimate,
): number | null {
  const tokens = { input: inputTokens, cachedInput: 0, output: outputTokens }
  let most = 0
  for (const { id, host } of [large, small]) {
    const price = host === null ? undefined : priceOf(prices, id, host)
    if (price === null) return null
    // No call is long enough for the rates of long ones.
    if (price !== undefined) most = Math.max(most, nanoUsdOf({ ...price, long: null }, tokens))
  }
  const cap = thinking.budget.usd ?? Number.POSITIVE_INFINITY
  return Math.min(most / NANO_USD, cap)
}
