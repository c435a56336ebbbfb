import type { DreamFailure, DreamFailureType } from '../../core/dream.ts'
import { isReverieError } from '../../core/errors.ts'
import { ModelError } from '../../models/model.ts'

/** A failure that the wire has a type for: an input that is gone or too large, the time that is up. */
export class DreamFault extends Error {
  override readonly name = 'DreamFault'
  readonly type: DreamFailureType

  constructor(type: DreamFailureType, message: string) {
    super(message)
    this.type = type
  }
}

/** What a dream says of the error that ended it. */
export function failureOf(error: unknown): DreamFailure {
  return {
    type: failureTypeOf(error),
    message: error instanceof Error ? error.message : 'Unknown failure.',
  }
}

function failureTypeOf(error: unknown): DreamFailureType {
  if (error instanceof DreamFault) return error.type
  if (error instanceof ModelError) {
    return error.type === 'timeout_error' ? 'timeout' : 'internal_error'
  }
  const isGone = isReverieError(error, 'not_found_error')
  return isGone ? 'input_memory_store_unavailable' : 'internal_error'
}
