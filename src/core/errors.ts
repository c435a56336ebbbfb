/** The wire's own error strings; log, CLI, UI and JSON use the same word. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'request_too_large'
  | 'conflict_error'
  | 'memory_path_conflict_error'
  | 'memory_precondition_failed_error'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'overloaded_error'
  | 'api_error'

export interface ErrorOptionsWithNext {
  readonly cause?: unknown
  /** What the person can do about it, as one sentence. */
  readonly next?: string
  /** What a program needs to react: fields of the wire's error object, such as `conflicting_path`. */
  readonly details?: Readonly<Record<string, string>>
}

/**
 * An operating error. The message says what happened and to which id; it never carries a secret
 * or the text of a memory.
 */
export class ReverieError extends Error {
  override readonly name = 'ReverieError'
  readonly type: ErrorType
  readonly next: string | null
  readonly details: Readonly<Record<string, string>>

  constructor(type: ErrorType, message: string, options: ErrorOptionsWithNext = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.type = type
    this.next = options.next ?? null
    this.details = options.details ?? {}
  }
}

/** What to do next differs between the command line and the wire, so it is not told here. */
export function notFound(what: string, id: string): ReverieError {
  return new ReverieError('not_found_error', `There is no ${what} "${id}".`)
}

export function isReverieError(error: unknown, type?: ErrorType): error is ReverieError {
  return error instanceof ReverieError && (type === undefined || error.type === type)
}

/** Makes the compiler prove that a switch over a closed union has a case for every member. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
