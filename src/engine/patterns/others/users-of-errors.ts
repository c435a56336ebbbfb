import type { SessionId } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import type { Storage } from '../../../storage/storage.ts'

/** The users that the sessions of seen errors name; none where a session is gone. */
export async function usersOfErrors(
  sightings: readonly Sighting[],
  storage: Storage,
): Promise<ReadonlyMap<SessionId, readonly string[]>> {
  const errors = sightings.filter(({ detail }) => detail.kind === 'error')
  const users = new Map<SessionId, readonly string[]>()
  for (const id of new Set(errors.map(({ sessionId }) => sessionId))) {
    users.set(id, (await storage.sessions.get(id))?.userIds ?? [])
  }
  return users
}
