import type { Model } from '../../models/model.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Departure, DreamRequest } from '../api.ts'
import { NANO_USD, nanoUsdOf, priceOf } from '../asking/prices.ts'
import type { AskedAmount, Estimate } from '../dream-ports.ts'
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
    const { budget } = chosen.thinking
    const { expected, ...most } = estimate
    const within = tokensWithin(budget.tokens, most)
    request.onDeparture?.({
      ...most,
      ...within,
      providers: providers.map(({ model, host, isFirstUse }) => ({ model, host, isFirstUse })),
      usd: moneyAtMost(chosen, within),
      expected: expectedOf(chosen, expected),
      budget,
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

type Tokens = Pick<AskedAmount, 'inputTokens' | 'outputTokens'>

/** Both in the same proportion, together no more than the budget. */
function tokensWithin(tokensMax: number, { inputTokens, outputTokens }: Tokens): Tokens {
  const share = Math.min(1, tokensMax / Math.max(1, inputTokens + outputTokens))
  return {
    inputTokens: Math.floor(inputTokens * share),
    outputTokens: Math.floor(outputTokens * share),
  }
}

/** Each model at its own price; never above the caps. */
function expectedOf(
  { small, large, prices, thinking: { budget } }: ChosenModels,
  expected: Estimate['expected'],
): Departure['expected'] {
  const [read, worded] = [expected.small, expected.large]
  const parts = [moneyOf(small, prices, read), moneyOf(large, prices, worded)]
  const usd = parts.some((part) => part === null)
    ? null
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const tokens = tokensWithin(budget.tokens, {
    inputTokens: read.inputTokens + worded.inputTokens,
    outputTokens: read.outputTokens + worded.outputTokens,
  })
  return {
    calls: read.calls + worded.calls,
    ...tokens,
    usd: usd === null ? null : Math.min(usd, budget.usd ?? Number.POSITIVE_INFINITY),
  }
}

/** As if the dearer model got all questions; never above the cap. Null = a price is not known. */
function moneyAtMost(
  { small, large, prices, thinking }: ChosenModels,
  tokens: Tokens,
): number | null {
  const costs = [large, small].map((model) => moneyOf(model, prices, tokens))
  const known = costs.flatMap((cost) => (cost === null ? [] : [cost]))
  if (known.length < costs.length) return null
  return Math.min(Math.max(...known), thinking.budget.usd ?? Number.POSITIVE_INFINITY)
}

/** US dollars, nothing of it cached; null = the price is not known. A script costs nothing. */
function moneyOf(
  { id, host }: Model,
  prices: ChosenModels['prices'],
  { inputTokens, outputTokens }: Tokens,
): number | null {
  if (host === null) return 0
  const price = priceOf(prices, id, host)
  if (price === null) return null
  const tokens = { input: inputTokens, cachedInput: 0, output: outputTokens }
  // No call is long enough for the rates of long ones.
  return nanoUsdOf({ ...price, long: null }, tokens) / NANO_USD
}
