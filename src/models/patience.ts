import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  type RetryPolicy,
  retry,
} from 'cockatiel'
import { LIMITS } from '../config.ts'
import { type Model, type ModelAnswer, ModelError, type ModelRequest } from './model.ts'

const passing = handleWhen((error) => error instanceof ModelError && error.isPassing)
const worthAnotherTry = handleWhen(
  (error) => error instanceof ModelError && error.isPassing && !asksTooMuch(error),
)

/** What all calls to one provider share: their number at once, its rate limit, its bad days. */
export class Patience {
  readonly #random: () => number
  readonly #turns: BulkheadPolicy = bulkhead(LIMITS.modelCallsAtOnce, LIMITS.modelCallsWaitingMax)
  readonly #breaker: CircuitBreakerPolicy = circuitBreaker(passing, {
    halfOpenAfter: LIMITS.modelBreakMs,
    breaker: new ConsecutiveBreaker(LIMITS.modelFailuresMax),
  })
  // The waits between tries are ours: those of the package do not end with a signal.
  readonly #tries: RetryPolicy = retry(worthAnotherTry, {
    maxAttempts: LIMITS.modelTriesMax - 1,
    backoff: new ConstantBackoff(0),
  })
  /** The provider's last rate limit, and when it ends in ms since 1970. */
  #pause: { readonly until: number; readonly error: ModelError } | null = null

  /** `random` (0 to below 1) spreads the waits of calls that failed together. */
  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /**
   * Makes a call when its turn has come, again where that may help. Throws the last `ModelError`, or
   * at once the reason of an aborted signal.
   */
  async ask(model: Model, request: ModelRequest): Promise<ModelAnswer> {
    const signal = request.signal ?? undefined
    signal?.throwIfAborted()
    const inTurn = () => this.#breaker.execute(() => this.#askInTurn(model, request), signal)
    try {
      return await untilAborted(this.#turns.execute(inTurn, signal), signal)
    } catch (error) {
      if (isTaskCancelledError(error)) signal?.throwIfAborted()
      if (isBulkheadRejectedError(error)) throw tooMany(model.id)
      throw isBrokenCircuitError(error) ? this.#broken(model.id) : error
    }
  }

  #askInTurn(model: Model, request: ModelRequest): Promise<ModelAnswer> {
    const signal = request.signal ?? undefined
    let notBefore = 0
    return this.#tries.execute(async ({ attempt }) => {
      await this.#wait(notBefore, signal)
      try {
        return await model.answer(request)
      } catch (error) {
        if (error instanceof ModelError) notBefore = this.#afterFailure(error, attempt + 1)
        throw error instanceof ModelError && asksTooMuch(error) ? tooLong(error) : error
      }
    }, signal)
  }

  /** When the next try may begin, in ms since 1970; a rate limit holds for all calls. */
  #afterFailure(error: ModelError, attempt: number): number {
    const wait = Math.max(error.retryAfterMs ?? 0, backoffMs(attempt, this.#random))
    const until = Date.now() + wait
    if (error.fault === 'rate_limited' && until > (this.#pause?.until ?? 0)) {
      this.#pause = { until, error }
    }
    return until
  }

  /** Waits for a moment and for the end of a rate limit, which may be told anew meanwhile. */
  async #wait(notBefore: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const now = Date.now()
      const pauseMs = (this.#pause?.until ?? 0) - now
      if (this.#pause !== null && pauseMs > LIMITS.modelWaitMsMax) {
        throw tooLong(this.#pause.error, pauseMs)
      }
      const ms = Math.max(notBefore - now, pauseMs)
      if (ms <= 0) return
      await sleep(ms, signal)
    }
  }

  #broken(modelId: string): ModelError {
    const last = this.#breaker.lastFailure
    const error = last !== undefined && 'error' in last ? last.error : null
    const message =
      `The model "${modelId}" was not asked: ` +
      `the last ${LIMITS.modelFailuresMax} calls to its provider failed.`
    const next = `Try again after ${LIMITS.modelBreakMs / 1000} s.`
    return new ModelError(error instanceof ModelError ? error.fault : 'unavailable', message, {
      next,
    })
  }
}

/** Ms before the try after the n-th (from 1): doubling, spread over the upper half. */
function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(LIMITS.modelBackoffMs * 2 ** (attempt - 1), LIMITS.modelBackoffMsMax)
  return Math.ceil(full / 2 + (full / 2) * random())
}

function tooMany(modelId: string): ModelError {
  const waiting = LIMITS.modelCallsWaitingMax
  return new ModelError('overloaded', `More than ${waiting} calls wait for the model "${modelId}".`)
}

function asksTooMuch({ retryAfterMs }: ModelError): boolean {
  return (retryAfterMs ?? 0) > LIMITS.modelWaitMsMax
}

function tooLong(error: ModelError, waitMs: number = error.retryAfterMs ?? 0): ModelError {
  const message = `${error.message} It asks to wait ${Math.ceil(waitMs / 1000)} s.`
  const next = `Try again after that; waits above ${LIMITS.modelWaitMsMax / 1000} s are left to you.`
  return new ModelError(error.fault, message, { retryAfterMs: waitMs, next })
}

/** Rejects with the reason of a signal when it is aborted. */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return untilAborted(slept, signal).finally(() => clearTimeout(timer))
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  signal.throwIfAborted()
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const done = (): void => signal.removeEventListener('abort', stop)
    work.then(resolve, reject).finally(done)
  })
}
