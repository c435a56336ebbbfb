import { ReverieError } from '../../../core/errors.ts'

const NEXT =
  'See what is damaged: `reverie verify --read-data`. Go back: `reverie restore <backup> --replace`.'

/** The database, or a part of it, is not what was written. */
export function damaged(message: string, cause: unknown): ReverieError {
  return new ReverieError('api_error', message, { cause, next: NEXT })
}

/**
 * Runs what reads rows. A value that is no JSON any more is damage; the words of the parser would
 * tell what stands there.
 */
export function readingRows<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw damaged(`A row of ${path} is damaged.`, new Error('A value holds no JSON any more.'))
  }
}
