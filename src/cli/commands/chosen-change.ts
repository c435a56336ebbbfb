import type { Change } from '../../core/change.ts'
import type { DreamWithChanges } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'

/** True when an id that a person typed names a change rather than a dream. */
export function namesChange(id: string): boolean {
  return id.startsWith('chg')
}

/** The one change that `show` found for an id; throws `invalid_request_error` for a dream's id. */
export function oneChange({ dream, changes }: DreamWithChanges, id: string): Change {
  const [change, ...others] = changes
  if (change !== undefined && others.length === 0 && namesChange(id)) return change
  throw new ReverieError('invalid_request_error', `"${id}" does not name one change.`, {
    next: `See the changes and their ids with \`reverie show ${dream.id} --json\`.`,
  })
}
