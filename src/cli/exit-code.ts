import { type ErrorType, isReverieError } from '../core/errors.ts'

/** What the shell learns. Listed in `reverie --help`. */
export const EXIT: {
  readonly ok: 0
  readonly failed: 1
  readonly changesWait: 2
  readonly authentication: 4
  readonly conflict: 5
  readonly budget: 6
  readonly usage: 64
  readonly interrupted: 130
} = {
  ok: 0,
  failed: 1,
  changesWait: 2,
  authentication: 4,
  conflict: 5,
  budget: 6,
  usage: 64,
  interrupted: 130,
}

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const EXIT_OF_TYPE: Readonly<Record<ErrorType, ExitCode>> = {
  invalid_request_error: EXIT.usage,
  authentication_error: EXIT.authentication,
  permission_error: EXIT.authentication,
  not_found_error: EXIT.failed,
  request_too_large: EXIT.failed,
  conflict_error: EXIT.conflict,
  memory_path_conflict_error: EXIT.conflict,
  memory_precondition_failed_error: EXIT.conflict,
  rate_limit_error: EXIT.budget,
  timeout_error: EXIT.failed,
  overloaded_error: EXIT.failed,
  api_error: EXIT.failed,
}

export function exitCodeOf(error: unknown): ExitCode {
  return isReverieError(error) ? EXIT_OF_TYPE[error.type] : EXIT.failed
}

/** The table as people read it in `--help`. */
export const EXIT_HELP = `Exit codes:
  0    done, or nothing to change
  1    failed
  2    changes wait for you (dream and status, with --detailed-exitcode only)
  4    a key or a permission is missing
  5    conflict: the memory moved on, or another program tidies it too
  6    stopped at the budget
  64   wrong usage
  130  interrupted`
