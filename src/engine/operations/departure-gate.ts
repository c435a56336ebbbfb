import type { Model } from '../../models/model.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Departure, DreamRequest } from '../api.ts'
import { NANO_USD, nanoUsdOf, priceOf } from '../asking/prices.ts'
import type { Estimate } from '../dream-ports.ts'
import type { ChosenModels } from './choose-models.ts'
import type { Deps } from './deps.ts'
import { whileAlive } from './while-alive.ts'

/** The models of one dream behind the notice of what leaves. */
export interface DepartureGate {
  readonly small: Model
  readonly large: Model
  /** Tells the caller; what throws from there stops the dream, nothing sent. */
  announce(estimate: Estimate): Promise<void>
}

/**
 * Nothing is asked before the caller was told what is about to leave: a question that comes first
 * is a mistake of the engine and is thrown, not sent. Who was told of is remembered, so that the
 * first use of a provider is told once. Notes may hold secrets, which are taken out here, at the one
 * way out. `keepAlive` is called while an answer is waited for.
 */
export function departureGate(
  chosen: ChosenModels,
  request: Pick<DreamRequest, 'onDeparture'>,
  { storage, secrets, wait }: Pick<Deps, 'storage' | 'secrets' | 'wait'>,
  keepAlive: () => Promise<void>,
): DepartureGate {
  let isTold = false
  const gated = (model: Model): Model => ({
    id: model.id,
    host: model.host,
    answer: async (question) => {
      if (!isTold) throw new Error(`${model.id} was asked before the person was told of it.`)
      const [profile, data] = await Promise.all([
        secrets.mask(question.profile),
        secrets.mask(question.data),
      ])
      return whileAlive(model.answer({ ...question, profile, data }), keepAlive, wait)
    },
  })
  const announce = async (estimate: Estimate): Promise<void> => {
    const providers = await providersOf(chosen, storage)
    request.onDeparture?.({
      ...estimate,
      providers: providers.map(({ model, host, isFirstUse }) => ({ model, host, isFirstUse })),
      usd: moneyAtMost(chosen, estimate),
      budget: chosen.thinking.budget,
    })
    isTold = true
    const news = providers.filter(({ isFirstUse }) => isFirstUse)
    await storage.steps.putAll(news.map(({ key }) => [key, 'told']))
  }
  return { small: gated(chosen.small), large: gated(chosen.large), announce }
}

async function providersOf(
  { small, large }: ChosenModels,
  { steps }: Storage,
): Promise<readonly (Departure['providers'][number] & { readonly key: string })[]> {
  const asked = small.id === large.id && small.host === large.host ? [large] : [large, small]
  const keyed = asked.map((model) => ({ model, key: firstUseKey(model) }))
  const known = await steps.getAll([...new Set(keyed.map(({ key }) => key))])
  return keyed.map(({ model: { id, host }, key }) => ({
    key,
    model: id,
    host,
    isFirstUse: host !== null && !known.has(key),
  }))
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
