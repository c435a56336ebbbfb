import { type ErrorType, ReverieError } from '../core/errors.ts'
import { digestOf } from '../core/ids.ts'

/**
 * A language model that answers one structured question at a time. It proposes; what becomes of an
 * answer is decided by code (design, section 1).
 */
export interface Model {
  /** `provider/name`; answers are kept under it. */
  readonly id: string
  /** Where requests go, `host` or `host:port`; null = nowhere: a script or a cassette. */
  readonly host: string | null
  /**
   * Makes one call, or says why there is no answer: throws `ModelError`. An aborted call throws the
   * reason of its signal.
   */
  answer(request: ModelRequest): Promise<ModelAnswer>
}

/**
 * One call. The parts stand in this order, so that providers can reuse what they read before:
 * instructions are equal for every call of a prompt, the profile for every call of a scope.
 */
export interface ModelRequest {
  /** Short name of the prompt with its version, `extract-1`: for providers that want one. */
  readonly name: string
  readonly instructions: string
  /** May be empty. */
  readonly profile: string
  /** What this call alone is about. */
  readonly data: string
  /** JSON Schema (draft 2020-12) of the answer: an object, every property required, no other allowed. */
  readonly schema: JsonSchema
  readonly outputTokensMax: number
  readonly signal: AbortSignal | null
}

/**
 * What makes two calls the same question; kept answers and cassettes go by it. The name stands for
 * the instructions, whose version it holds.
 */
export function requestDigest({
  name,
  profile,
  data,
  schema,
}: Pick<ModelRequest, 'name' | 'profile' | 'data' | 'schema'>): string {
  return digestOf([name, profile, data, schema])
}

export type JsonSchema = Readonly<Record<string, unknown>>

export interface ModelAnswer {
  /** As the model wrote it: JSON, if it kept to the schema. */
  readonly text: string
  /** `length`: cut off at a limit; `refused`: the provider or the model would not answer. */
  readonly finish: 'stop' | 'length' | 'refused' | 'other'
  readonly usage: ModelUsage
}

/** As the provider counted; null where it did not say. */
export interface ModelUsage {
  /** All of the input, with what was cached. */
  readonly inputTokens: number | null
  /** The part of the input that was read from a cache. */
  readonly cachedInputTokens: number | null
  readonly outputTokens: number | null
}

/** An answer outside of a dream, under the digest of its request. */
export interface RecordedAnswer {
  readonly digest: string
  /** `ModelRequest.name`. */
  readonly request: string
  readonly answer: ModelAnswer
}

/** What an answer of an earlier dream said of one item, so that a dream did not ask about it. */
export interface RecordedVerdict {
  /** Of model, prompt and item. */
  readonly digest: string
  readonly request: string
  /** Undefined = the answer said nothing usable of it. */
  readonly verdict: unknown
}

/** What answered a dream, as it goes into and comes out of a folder. */
export interface Cassette {
  readonly model: string
  /** Who answered; a mixture is the weakest: `script` before `file relay` before `provider`. */
  readonly made: 'file relay' | 'provider' | 'script'
  readonly answers: readonly RecordedAnswer[]
  readonly verdicts: readonly RecordedVerdict[]
}

export const MODEL_FAULTS = [
  'timeout',
  'unreachable',
  'rate_limited',
  'spend_cap',
  'overloaded',
  'unavailable',
  'unauthorized',
  'not_found',
  'refused_request',
  'too_large',
  'garbled',
] as const

/** Why a call brought no answer. */
export type ModelFault = (typeof MODEL_FAULTS)[number]

const ERROR_TYPE: Readonly<Record<ModelFault, ErrorType>> = {
  timeout: 'timeout_error',
  unreachable: 'api_error',
  rate_limited: 'rate_limit_error',
  spend_cap: 'rate_limit_error',
  overloaded: 'overloaded_error',
  unavailable: 'api_error',
  unauthorized: 'authentication_error',
  not_found: 'not_found_error',
  refused_request: 'invalid_request_error',
  too_large: 'request_too_large',
  garbled: 'api_error',
}

/** Faults that may pass by themselves. */
const PASSING: ReadonlySet<ModelFault> = new Set([
  'timeout',
  'unreachable',
  'rate_limited',
  'overloaded',
  'unavailable',
  'garbled',
])

export interface ModelErrorDetails {
  /** How long the provider asks to wait, in ms; null = it did not say. */
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
  /** What the person can do, as one sentence. */
  readonly next?: string
}

/** A call without an answer. The message names the model, never what was asked or a key. */
export class ModelError extends ReverieError {
  readonly fault: ModelFault
  readonly retryAfterMs: number | null

  constructor(fault: ModelFault, message: string, details: ModelErrorDetails = {}) {
    const { retryAfterMs = null, ...options } = details
    super(ERROR_TYPE[fault], message, options)
    this.fault = fault
    this.retryAfterMs = retryAfterMs
  }

  /** Whether asking again may help. */
  get isPassing(): boolean {
    return PASSING.has(this.fault)
  }
}
