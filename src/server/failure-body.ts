import { HTTPException } from 'hono/http-exception'
import { type ErrorType, ReverieError } from '../core/errors.ts'
import type { WireError } from '../wire/error.ts'
import type { FailureStatus } from './routing.ts'

/** The HTTP status of each type; the one table (docs/adr/0013). */
export const STATUS_OF_TYPE: Readonly<Record<ErrorType, FailureStatus>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  memory_path_conflict_error: 409,
  memory_precondition_failed_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
  timeout_error: 504,
}

/**
 * The error as the wire tells it: what happened, then what to do. Its further fields stand in
 * `error`, but for `error_code`, which clients look for in `error.details`.
 */
export function failureBody(error: ReverieError, requestId: string): WireError {
  const { type, message, next } = error
  const { error_code: code, ...fields } = error.details
  const told = {
    type,
    message: next === null ? message : `${message} ${next}`,
    ...fields,
    ...(code === undefined ? {} : { details: { error_code: code } }),
  }
  return { type: 'error', error: told, request_id: requestId }
}

/** Any thrown value as one of our errors; null = a fault of the server that nobody is told about. */
export function toldError(error: unknown): ReverieError | null {
  if (error instanceof ReverieError) return error.type === 'api_error' ? null : error
  if (!(error instanceof HTTPException)) return null
  if (error.status === 415) {
    return new ReverieError(
      'invalid_request_error',
      'The body has a content type that is not read.',
      {
        next: 'Send it as `content-type: application/json`.',
      },
    )
  }
  if (error.status >= 500) return null
  const what = error.message === '' ? 'The request cannot be read.' : `${error.message}.`
  return new ReverieError('invalid_request_error', what, { next: 'Send well-formed JSON.' })
}
