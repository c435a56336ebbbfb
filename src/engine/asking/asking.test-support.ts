import { z } from 'zod'
import type { Budget } from '../../core/dream.ts'
import type { DreamId, WorkspaceId } from '../../core/ids.ts'
import type { Model, ModelAnswer, ModelRequest, ModelUsage } from '../../models/model.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ItemRules } from './asker.ts'
import { type AskerParts, type CreatedAsker, createAsker } from './create-asker.ts'
import type { ModelPrice, PriceTable } from './prices.ts'
import type { Prompt } from './prompt.ts'

export const DREAM = 'drm_1' as DreamId
export const OTHER_DREAM = 'drm_2' as DreamId

/** A prompt that asks for the number in its data; 13 is never accepted. */
export const DOUBLE: Prompt<string, { readonly n: number }> = {
  name: 'extract',
  version: 1,
  size: 'small',
  instructions: 'Double it.',
  schema: z.strictObject({ n: z.number() }),
  outputTokensMax: 100,
  profileOf: () => '',
  dataOf: (input, fence) => fence.block('number', input),
  faultsOf: ({ n }) => (n === 13 ? ['n is out of luck.'] : []),
}

/** A prompt about lists of words; its answer has a word's length for each, by position. */
export const LENGTHS: Prompt<readonly string[], { readonly lengths: readonly number[] }> = {
  name: 'relate',
  version: 1,
  size: 'small',
  instructions: 'Count.',
  schema: z.strictObject({ lengths: z.array(z.number()) }),
  outputTokensMax: 100,
  profileOf: () => '',
  dataOf: (words, fence) => fence.block('words', words.join(' ')),
  faultsOf: () => [],
}

export const LENGTH_RULES: ItemRules<string, number, { readonly lengths: readonly number[] }> = {
  batchSize: 3,
  keyOf: (word) => word,
  verdictsOf: ({ lengths }) => lengths,
}

export const USAGE: ModelUsage = { inputTokens: 50, cachedInputTokens: 0, outputTokens: 10 }

/** What stands in the first block of a request. */
export function dataIn({ data }: ModelRequest): string {
  return /⟧\n([\s\S]*?)\n⟦end/.exec(data)?.[1] ?? ''
}

export const isSecondTry = ({ data }: ModelRequest): boolean => data.includes('was asked before')

export interface Script {
  /** What is answered; a string is a whole answer with `USAGE`. */
  readonly answer: (request: ModelRequest) => string | ModelAnswer
  /** How many turns of the event loop a call takes. */
  readonly slowness?: (request: ModelRequest, call: number) => number
}

export interface ScriptModel extends Model {
  /** Every call, in the order in which they came. */
  readonly calls: readonly ModelRequest[]
  /** The most that ran at once. */
  readonly mostAtOnce: () => number
}

/** A model that answers as its script says. */
export function scriptModel({ answer, slowness = () => 0 }: Script): ScriptModel {
  const calls: ModelRequest[] = []
  let running = 0
  let most = 0
  return {
    id: 'script/small',
    host: null,
    calls,
    mostAtOnce: () => most,
    answer: async (request) => {
      calls.push(request)
      running += 1
      most = Math.max(most, running)
      for (let left = slowness(request, calls.length); left > 0; left -= 1) {
        await new Promise((resolve) => setImmediate(resolve))
      }
      running -= 1
      const given = answer(request)
      return typeof given === 'string' ? { text: given, finish: 'stop', usage: USAGE } : given
    },
  }
}

/** Answers `DOUBLE` and `LENGTHS` as they ask. */
export function truth(request: ModelRequest): string {
  const data = dataIn(request)
  return request.name.startsWith('relate')
    ? JSON.stringify({ lengths: data.split(' ').map((word) => word.length) })
    : JSON.stringify({ n: Number(data) * 2 })
}

/** A dollar for a million tokens of either kind. */
export const DOLLAR: ModelPrice = {
  model: 'script/small',
  input: 1,
  cachedInput: null,
  cacheWrite: null,
  output: 1,
  long: null,
  source: 'test',
  date: '2026-01-01',
}

export interface WorldOptions {
  readonly model: Model
  readonly storage: Storage
  readonly budget?: Budget
  readonly dreamId?: DreamId
  readonly prices?: PriceTable
  readonly parts?: Partial<AskerParts>
}

export const PLENTY: Budget = { tokens: 1_000_000_000, usd: null }

export function openStorage(): Promise<Storage> {
  return openEphemeralStorage({ workspaceId: 'ws_1' as WorkspaceId })
}

/** An asker over one model that plays both parts. */
export function askerOf({
  model,
  storage,
  budget = PLENTY,
  dreamId = DREAM,
  prices = [DOLLAR],
  parts = {},
}: WorldOptions): CreatedAsker {
  return createAsker({
    small: model,
    large: model,
    thinking: { small: model.id, large: model.id, budget },
    prices,
    mask: async (text) => text,
    steps: storage.steps,
    dreamId,
    signal: null,
    keepAlive: async () => undefined,
    ...parts,
  })
}
