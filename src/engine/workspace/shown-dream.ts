import type { Change, ChangeKind } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import { type DreamId, digestOf } from '../../core/ids.ts'
import { shownDigest } from '../../core/rails/same-bytes.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ShownChangeSet, ShownDream } from '../workspace-api.ts'

export interface ChangeFilter {
  readonly kind?: ChangeKind
  readonly status?: Change['status']
}

/** A dream of the server; those of the command line are `not_found_error`. */
export async function hostedDream(storage: Storage, id: DreamId): Promise<Dream> {
  const dream = await storage.dreams.get(id)
  if (dream === null || dream.hosted === null) throw notFound('dream', id)
  return dream
}

/** A dream with its changes as they are now; a filter leaves out changes and sets, not digests. */
export async function shownDream(
  storage: Storage,
  id: DreamId,
  { kind, status }: ChangeFilter = {},
): Promise<ShownDream> {
  const dream = await hostedDream(storage, id)
  const all = await storage.dreams.changes.list(id)
  const isAsked = (change: Change): boolean =>
    (kind === undefined || change.kind === kind) &&
    (status === undefined || change.status === status)
  const sets = setsOf(all)
  return {
    dream,
    changes: all.filter(isAsked),
    digest: digestOf([dream.planStatus, sets.map(({ digest }) => digest)]),
    sets: sets.filter(({ changes }) => changes.some(isAsked)),
  }
}

/** In the order of their first changes. The digest covers all that a person sees of a set. */
export function setsOf(changes: readonly Change[]): readonly ShownChangeSet[] {
  return [...Map.groupBy(changes, ({ changeSet }) => changeSet)].map(([id, members]) => ({
    id,
    digest: shownDigest(members),
    changes: members,
  }))
}

/** Throws `conflict_error` where what was shown is no longer what there is. */
export function assertShown(what: string, present: string, shown: string): void {
  if (present !== shown) throw isAnother(what)
}

/** What was shown is no longer what there is. */
export function isAnother(what: string): ReverieError {
  return new ReverieError('conflict_error', `${what} is not as it was shown.`, {
    next: 'List its changes again and decide anew.',
  })
}
