import { z } from 'zod'
import { ReverieError } from '../../core/errors.ts'

/** US dollars per million tokens. */
export interface TokenRates {
  readonly input: number
  /** Input that is read from a cache; null = as other input. */
  readonly cachedInput: number | null
  /** Input that is written to a cache; null = as other input. */
  readonly cacheWrite: number | null
  readonly output: number
}

/** What one model costs, with where that is said. */
export interface ModelPrice extends TokenRates {
  /** `provider/name`; names with a date behind them are the same model. */
  readonly model: string
  /** Rates of a whole call with more than `above` input tokens; null = none of their own. */
  readonly long: (TokenRates & { readonly above: number }) | null
  /** Where the figures stand. */
  readonly source: string
  /** When they stood there, `YYYY-MM-DD`. */
  readonly date: string
}

/** Looked through in order: what stands first counts. */
export type PriceTable = readonly ModelPrice[]

/** Input and output of one call. */
export interface TokenCounts {
  /** All of the input, with what was cached. */
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

const DATE_AT_END = /-(?:\d{8}|\d{4}-\d{2}-\d{2})$/
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)(?::\d{1,5})?$/i
const LOCAL_PROVIDER = 'ollama/'

/**
 * The price of a model; null = not known. Models on this machine cost nothing unless the table says
 * otherwise. `host` is `Model.host`.
 */
export function priceOf(
  table: PriceTable,
  modelId: string,
  host: string | null,
): ModelPrice | null {
  const undated = modelId.replace(DATE_AT_END, '')
  const listed =
    table.find(({ model }) => model === modelId) ?? table.find(({ model }) => model === undated)
  if (listed !== undefined) return listed
  const isLocal = host === null ? modelId.startsWith(LOCAL_PROVIDER) : LOOPBACK.test(host)
  return isLocal ? freeOfCharge(modelId) : null
}

function freeOfCharge(model: string): ModelPrice {
  const nothing = { input: 0, cachedInput: null, cacheWrite: null, output: 0 }
  return { model, ...nothing, long: null, source: 'runs on this machine', date: '' }
}

/**
 * Billionths of a US dollar, whole and rounded up, so that sums do not depend on their order. Input
 * that was not read from a cache counts as written to one where that costs more: providers' counts
 * do not always tell the two apart, and a cap must hold.
 */
export function nanoUsdOf(price: ModelPrice, tokens: TokenCounts): number {
  const rates = price.long !== null && tokens.input > price.long.above ? price.long : price
  const fresh = tokens.input - tokens.cachedInput
  const perMillion =
    fresh * Math.max(rates.input, rates.cacheWrite ?? 0) +
    tokens.cachedInput * (rates.cachedInput ?? rates.input) +
    tokens.output * rates.output
  return Math.ceil(perMillion * NANO_PER_MILLIONTH)
}

/** A dollar for a million tokens is a thousand billionths for each. */
const NANO_PER_MILLIONTH = 1_000

export const NANO_USD = 1_000_000_000

const rate = z.number().nonnegative().max(1_000_000)
const rates = {
  input: rate,
  cachedInput: rate.nullable(),
  cacheWrite: rate.nullable(),
  output: rate,
}
const PRICES = z
  .array(
    z.strictObject({
      model: z.string().regex(/^[^/\s]+\/\S+$/),
      ...rates,
      long: z.strictObject({ above: z.int().nonnegative(), ...rates }).nullable(),
      source: z.string(),
      date: z.iso.date(),
    }),
  )
  .max(10_000)

/** Reads a price table that somebody wrote; throws `invalid_request_error` and names the places. */
export function parsePrices(json: unknown): PriceTable {
  const read = PRICES.safeParse(json)
  if (read.success) return read.data
  const places = read.error.issues.slice(0, 3).map(({ path }) => path.join('.') || 'the whole')
  throw new ReverieError(
    'invalid_request_error',
    `The price table is not valid at: ${places.join(', ')}.`,
    {
      next: 'Give a list of {model, input, cachedInput, cacheWrite, output, long, source, date}, in US dollars per million tokens.',
    },
  )
}
