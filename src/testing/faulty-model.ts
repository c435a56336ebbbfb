import type { ErrorType } from '../core/errors.ts'
import {
  type Model,
  type ModelAnswer,
  ModelError,
  type ModelFault,
  type ModelRequest,
} from '../models/model.ts'
import { HARMLESS, type Spoil, UNREADABLE, UNTRUE } from './answer-faults.ts'

/**
 * What a dream makes of a fault. `error`: it ends with an error of this type, and nothing is applied
 * or consumed. `default`: the question counts as unanswered, or what was spoiled of the answer falls
 * away. `harmless`: the plan is the same as without the fault.
 */
export type FaultOutcome =
  | { readonly kind: 'error'; readonly type: ErrorType }
  | { readonly kind: 'default' }
  | { readonly kind: 'harmless' }

export interface Fault {
  readonly name: string
  readonly outcome: FaultOutcome
  /** The error that the call ends in, or null if there is an answer. */
  readonly error: ((model: Model) => ModelError) | null
  /** What becomes of the answer; equal to it where it has nothing to spoil. */
  readonly spoil: Spoil
}

export interface FaultyModelOptions {
  readonly fault: Fault
  /** Which calls it hits, by request and number from 1; all of them if left out. */
  readonly when?: (request: ModelRequest, call: number) => boolean
}

export interface FaultyModel extends Model {
  /** Calls that ended otherwise than they would have. */
  readonly hitCount: () => number
}

/** Any model, with a fault in some of its calls; the others go through. */
export function faultyModel(inner: Model, { fault, when }: FaultyModelOptions): FaultyModel {
  let calls = 0
  let hits = 0
  return {
    id: inner.id,
    host: inner.host,
    hitCount: () => hits,
    answer: async (request) => {
      request.signal?.throwIfAborted()
      calls += 1
      if (when !== undefined && !when(request, calls)) return inner.answer(request)
      if (fault.error !== null) {
        hits += 1
        throw fault.error(inner)
      }
      const answer = await inner.answer(request)
      const spoiled = fault.spoil(answer, request)
      if (!isSame(answer, spoiled)) hits += 1
      return spoiled
    },
  }
}

interface Failure {
  readonly fault: ModelFault
  readonly retryAfterMs?: number
}

const HOUR_MS = 3_600_000

const FAILURES: Readonly<Record<string, Failure>> = {
  'timeout at connect': { fault: 'timeout' },
  'timeout before the first byte': { fault: 'timeout' },
  'timeout in the middle of the answer': { fault: 'timeout' },
  'connection refused': { fault: 'unreachable' },
  'connection cut in the middle': { fault: 'unreachable' },
  'status 400': { fault: 'refused_request' },
  'status 400, too long for the model': { fault: 'too_large' },
  'status 401': { fault: 'unauthorized' },
  'status 402': { fault: 'spend_cap' },
  'status 403': { fault: 'unauthorized' },
  'status 404': { fault: 'not_found' },
  'status 408': { fault: 'timeout' },
  'status 409': { fault: 'unavailable' },
  'status 413': { fault: 'too_large' },
  'status 422': { fault: 'refused_request' },
  'status 429': { fault: 'rate_limited' },
  'status 429 with a wait': { fault: 'rate_limited', retryAfterMs: 2_000 },
  'status 429 with a wait of an hour': { fault: 'rate_limited', retryAfterMs: HOUR_MS },
  'status 429, no money left': { fault: 'spend_cap' },
  'status 500': { fault: 'unavailable' },
  'status 502': { fault: 'unavailable' },
  'status 503': { fault: 'unavailable' },
  'status 503 with a wait': { fault: 'unavailable', retryAfterMs: 2_000 },
  'status 504': { fault: 'timeout' },
  'status 529': { fault: 'overloaded' },
  'an error in the stream after status 200': { fault: 'garbled' },
  'a body that is no JSON': { fault: 'garbled' },
  'a body of 50 MB': { fault: 'garbled' },
}

/** Everything that can go wrong with a call, by name, with what a dream must make of it. */
export const FAULTS: readonly Fault[] = [
  ...Object.entries(FAILURES).map(([name, failure]) => failing(name, failure)),
  ...spoiling(UNREADABLE, 'default'),
  ...spoiling(UNTRUE, 'default'),
  ...spoiling(HARMLESS, 'harmless'),
]

function failing(name: string, { fault, retryAfterMs = 0 }: Failure): Fault {
  const error = ({ id }: Pick<Model, 'id'>): ModelError =>
    new ModelError(fault, `The model "${id}" failed: ${name}.`, {
      retryAfterMs: retryAfterMs === 0 ? null : retryAfterMs,
    })
  const { type } = error({ id: '' })
  return { name, outcome: { kind: 'error', type }, error, spoil: (answer) => answer }
}

function spoiling(
  spoils: Readonly<Record<string, Spoil>>,
  kind: 'default' | 'harmless',
): readonly Fault[] {
  return Object.entries(spoils).map(([name, spoil]) => {
    return { name, outcome: { kind }, error: null, spoil }
  })
}

function isSame(a: ModelAnswer, b: ModelAnswer): boolean {
  return (
    a.text === b.text &&
    a.finish === b.finish &&
    Object.is(a.usage.inputTokens, b.usage.inputTokens) &&
    Object.is(a.usage.cachedInputTokens, b.usage.cachedInputTokens) &&
    Object.is(a.usage.outputTokens, b.usage.outputTokens)
  )
}
