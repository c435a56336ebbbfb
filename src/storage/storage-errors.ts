import { ReverieError } from '../core/errors.ts'

/** An id or a key that has to be new is stored already. */
export function alreadyExists(what: string, id: string): ReverieError {
  return new ReverieError('conflict_error', `There is a ${what} "${id}" already.`, {
    next: 'Use the stored one, or another id.',
  })
}

/** A status may not move there; `what` names the thing with its article left out. */
export function illegalMove(what: string, id: string, from: string, to: string): ReverieError {
  return new ReverieError(
    'conflict_error',
    `The ${what} "${id}" is ${from} and cannot become ${to}.`,
    { next: 'Read it again: somebody else may have decided it.' },
  )
}

/** Parts of an argument disagree: a mistake of the caller. */
export function inconsistent(sentence: string): ReverieError {
  return new ReverieError('invalid_request_error', sentence)
}
