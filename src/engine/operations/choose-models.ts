import type { Budget, Thinking } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { Model } from '../../models/model.ts'
import type { DreamRequest } from '../api.ts'
import { type ModelPrice, type PriceTable, priceOf } from '../asking/prices.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { Deps, ModelAccess } from './deps.ts'
import { placesOf } from './recording-places.ts'

/** The models of one dream, open, with what the snapshot keeps of them. */
export interface ChosenModels {
  readonly small: Model
  readonly large: Model
  readonly prices: PriceTable
  readonly thinking: Thinking
  /** Those of its models that are cassettes. */
  readonly cassettes: readonly string[]
}

/** What of a request says who is asked. */
export type ModelRequest = Pick<DreamRequest, 'model' | 'smallModel' | 'budget' | 'cassette'>

export interface Choice {
  /** Null = rules alone. */
  readonly chosen: ChosenModels | null
  readonly warnings: readonly string[]
}

/** Named instead of a model: rules alone, whatever the settings say. */
const NO_MODEL = 'none'
/** Answers from a folder: nothing leaves. */
const CASSETTE = 'cassette:'

/**
 * Decides who is asked. A model that the request names is the person's word for this dream; one of
 * the settings is used only where they let questions leave. Throws `permission_error` where the
 * settings forbid a named model, `invalid_request_error` for a cap that cannot be held.
 */
export async function chooseModels(
  request: ModelRequest,
  { models }: Pick<Deps, 'models'>,
): Promise<Choice> {
  checkBudget(request.budget)
  if (request.model === NO_MODEL) return rulesAlone(request)
  if (request.model !== undefined) {
    const names = { large: request.model, small: request.smallModel ?? request.model }
    assertMayLeave(Object.values(names), models)
    return { chosen: await opened(names, request, models), warnings: [] }
  }
  if (models.own !== null) {
    if (request.smallModel !== undefined) assertMayLeave([request.smallModel], models)
    const small =
      request.smallModel === undefined ? models.own.small : await models.open(request.smallModel)
    return { chosen: chosenOf(small, models.own.large, request, models), warnings: [] }
  }
  return ofTheSettings(request, models)
}

async function ofTheSettings(request: ModelRequest, models: ModelAccess): Promise<Choice> {
  const { model: large, smallModel } = models.configured
  if (large === null) return rulesAlone(request)
  const names = { large, small: request.smallModel ?? smallModel ?? large }
  if (models.egress === 'models' || !Object.values(names).some(leaves)) {
    return { chosen: await opened(names, request, models), warnings: [] }
  }
  const why = models.egress === null ? 'is not set to `models`' : 'is `none`'
  return {
    ...rulesAlone(request),
    warnings: [`The configured model was not used: REVERIE_EGRESS ${why}. Rules alone decided.`],
  }
}

function rulesAlone({ smallModel, cassette }: ModelRequest): Choice {
  if (smallModel !== undefined) {
    throw new ReverieError(
      'invalid_request_error',
      'A small model was named without a model for the other questions.',
      { next: 'Name both: `--model <name> --small-model <name>`.' },
    )
  }
  if (cassette !== undefined) throw nothingToRecord()
  return { chosen: null, warnings: [] }
}

function nothingToRecord(): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    'There is nothing to record: no model is asked in this dream.',
    { next: 'Name one with `--model <name>`, or leave out `--record`.' },
  )
}

/** Whether asking the model of this name sends anything; a cassette is a folder. */
export function leaves(name: string): boolean {
  return !name.startsWith(CASSETTE)
}

/** `egress: none` said aloud binds every command. */
function assertMayLeave(names: readonly string[], { egress }: ModelAccess): void {
  if (egress !== 'none' || !names.some(leaves)) return
  throw new ReverieError(
    'permission_error',
    'REVERIE_EGRESS is `none`, so no model may be asked; nothing left this machine.',
    { next: 'Unset REVERIE_EGRESS, or dream with rules alone: `--model none`.' },
  )
}

async function opened(
  names: { readonly large: string; readonly small: string },
  request: ModelRequest,
  models: ModelAccess,
): Promise<ChosenModels> {
  const isReplay = Object.values(names).some((name) => !leaves(name))
  if (request.cassette !== undefined && isReplay) throw nothingToRecord()
  const large = await models.open(names.large)
  const small = names.small === names.large ? large : await models.open(names.small)
  const cassettes = Object.values(names)
    .filter((name) => !leaves(name))
    .map((name) => name.slice(CASSETTE.length))
  return { ...chosenOf(small, large, request, models), cassettes }
}

function chosenOf(
  small: Model,
  large: Model,
  request: ModelRequest,
  models: ModelAccess,
): ChosenModels {
  const { budget } = models
  const tokens = request.budget?.tokens ?? budget.tokens
  const cap = request.budget?.usd === undefined ? budget.usd : request.budget.usd
  const table = models.prices()
  const prices = [...freeOf([large, small]), ...table]
  const usd = moneyCapOf([large, small], cap, table)
  if (request.cassette !== undefined) {
    for (const { folder, model } of placesOf(request.cassette, { small, large })) {
      models.cassettes.assertFree(folder, model)
    }
  }
  return {
    small,
    large,
    prices,
    thinking: { small: small.id, large: large.id, budget: { tokens, usd } },
    cassettes: [],
  }
}

/** No cap where nothing costs anything, so that it is no part of what makes two dreams equal. */
function moneyCapOf(asked: readonly Model[], usd: number | null, table: PriceTable): number | null {
  const paid = asked.filter(({ host }) => host !== null)
  const prices = paid.map(({ id, host }) => priceOf(table, id, host))
  const unknown = paid[prices.indexOf(null)]
  if (unknown !== undefined && usd !== null) {
    throw new ReverieError(
      'invalid_request_error',
      `The price of ${unknown.id} is not known, so a cap of ${usd} US dollars cannot be held.`,
      { next: 'Lift the cap with `--budget-usd off`, or name a price file in REVERIE_PRICES.' },
    )
  }
  return prices.every((price) => price?.input === 0 && price.output === 0) ? null : usd
}

/** What asks nobody costs nothing, unless the same name is asked for money beside it. */
function freeOf(asked: readonly Model[]): PriceTable {
  const paid = asked.filter(({ host }) => host !== null).map(({ id }) => id)
  return asked
    .filter(({ id, host }) => host === null && !paid.includes(id))
    .map(({ id: model }) => ({ ...NOTHING, model }))
}

const NOTHING: Omit<ModelPrice, 'model'> = {
  input: 0,
  cachedInput: null,
  cacheWrite: null,
  output: 0,
  long: null,
  source: 'nobody is asked',
  date: '',
}

function checkBudget(budget: Partial<Budget> | undefined): void {
  const { tokens, usd } = budget ?? {}
  const { budgetTokensMax, budgetUsdMax } = DREAM_LIMITS
  if (tokens !== undefined && !(Number.isInteger(tokens) && isWithin(tokens, budgetTokensMax))) {
    throw new ReverieError(
      'invalid_request_error',
      `A budget of ${tokens} tokens is not a whole number from 1 to ${budgetTokensMax}.`,
    )
  }
  if (usd !== undefined && usd !== null && !isWithin(usd, budgetUsdMax)) {
    throw new ReverieError(
      'invalid_request_error',
      `A budget of ${usd} US dollars is not above 0 and up to ${budgetUsdMax}.`,
    )
  }
}

function isWithin(value: number, max: number): boolean {
  return value > 0 && value <= max
}
