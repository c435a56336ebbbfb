import { APICallError, LoadAPIKeyError } from '@ai-sdk/provider'
import { isReverieError } from '../core/errors.ts'
import { ModelError, type ModelFault } from './model.ts'

/** What the message of a failed call may say. */
export interface FailedCall {
  readonly modelId: string
  /** Where the key of this model is set. */
  readonly keyVariable: string
  /** Ms since 1970, for a `retry-after` that is a date. */
  readonly now: number
}

/**
 * Whatever a provider threw, as `ModelError`. Neither texts of the provider nor what was asked come
 * along: those errors carry the whole request, so they are no `cause` either.
 */
export function modelErrorOf(error: unknown, call: FailedCall): Error {
  const own = ownErrorIn(error)
  if (own !== null) return own
  if (LoadAPIKeyError.isInstance(error)) return describe('unauthorized', 'has no key', call, null)
  if (!APICallError.isInstance(error)) {
    return describe('garbled', 'answered in a form that cannot be read', call, null)
  }
  const status = error.statusCode ?? 0
  if (status >= 200 && status < 300) {
    return describe('garbled', 'answered in a form that cannot be read', call, null)
  }
  const fault = faultOf(status, saidBy(error))
  const retryAfterMs = retryAfterOf(error.responseHeaders ?? {}, call.now)
  return describe(fault, `answered with status ${status}`, call, retryAfterMs, saidBy(error))
}

/** The error of ours (a time limit, another host) that the provider's code wrapped into its own. */
function ownErrorIn(error: unknown): Error | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if (isReverieError(at)) return at
  }
  return null
}

const NO_MONEY =
  /insufficient[_ ](?:quota|funds|credit)|billing|credit balance|spend(?:ing)?[_ ](?:cap|limit)|payment required/i
const TOO_LONG = /context[_ ](?:length|window)|maximum context|prompt is too long|too many tokens/i
const SCHEMA = /response_format|json_schema|output_config|structured output/i

function faultOf(status: number, said: string): ModelFault {
  if (status === 402) return 'spend_cap'
  if ((status === 429 || status === 400 || status === 403) && NO_MONEY.test(said)) {
    return 'spend_cap'
  }
  if (status === 400 && TOO_LONG.test(said)) return 'too_large'
  if (status === 400 && /"(?:code|type)":\s*"server_error"/.test(said)) return 'unavailable'
  if (status === 400 && /"(?:code|type)":\s*"rate_limit_exceeded"/.test(said)) return 'rate_limited'
  if (status === 503) return /overload/i.test(said) ? 'overloaded' : 'unavailable'
  return BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'refused_request')
}

const BY_STATUS: Readonly<Record<number, ModelFault>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  408: 'timeout',
  409: 'unavailable',
  413: 'too_large',
  425: 'unavailable',
  429: 'rate_limited',
  504: 'timeout',
  529: 'overloaded',
}

/** What the provider said, for recognising it only. */
function saidBy({ message, responseBody }: APICallError): string {
  // Of an error inside an answer of status 200 the package keeps the parsed body here.
  const body: unknown = responseBody
  return `${message} ${typeof body === 'string' ? body : JSON.stringify(errorIn(body))}`
}

function errorIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : null
}

function describe(
  fault: ModelFault,
  what: string,
  call: FailedCall,
  retryAfterMs: number | null,
  said = '',
): ModelError {
  const next = nextOf(fault, call, said)
  const message = `The model "${call.modelId}" ${what}${MEANING[fault] ?? ''}.`
  return new ModelError(fault, message, { retryAfterMs, next })
}

const MEANING: Partial<Record<ModelFault, string>> = {
  rate_limited: ' (too many requests)',
  spend_cap: ' (no money or quota left)',
  overloaded: ' (overloaded)',
  not_found: ' (not found)',
  too_large: ' (the request is too long for it)',
  refused_request: ' (the request is refused)',
}

function nextOf(fault: ModelFault, call: FailedCall, said: string): string {
  switch (fault) {
    case 'unauthorized':
      return `Check the key in ${call.keyVariable}.`
    case 'spend_cap':
      return 'Check the plan and the limits of the account at the provider.'
    case 'not_found':
      return 'Check the name of the model and the address.'
    case 'too_large':
      return 'Use a model that reads more at once.'
    case 'refused_request':
      return SCHEMA.test(said)
        ? 'The server does not take a JSON schema (response_format); use one that does.'
        : 'Check that the model takes structured output and a temperature of 0.'
    default:
      return 'Run the same command again later: answers that were given are kept.'
  }
}

/** How long to wait, in ms, by `retry-after-ms` or `retry-after` (seconds or a date); null = unsaid. */
function retryAfterOf(
  headers: Readonly<Record<string, string | undefined>>,
  now: number,
): number | null {
  const exact = headers['retry-after-ms']
  if (exact !== undefined && isNumber(exact)) return Number(exact)
  const given = headers['retry-after']
  if (given === undefined) return null
  if (isNumber(given)) return Math.ceil(Number(given) * 1000)
  const at = /[a-z]/i.test(given) ? Date.parse(given) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

function isNumber(text: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text)
}
