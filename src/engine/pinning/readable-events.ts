import { isSharedAudience } from '../../core/audience.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import type { Storage } from '../../storage/storage.ts'
import { cutSession } from './cut-session.ts'
import { storeReaders } from './store-readers.ts'

/**
 * Those of the events that a dream of the store could read: what it would withhold is never new to
 * it. A private store refuses the sessions of others, so there all are.
 */
export async function readableEvents(
  { audience }: Pick<MemoryStore, 'audience'>,
  session: Session,
  eventIds: readonly SessionEventId[],
  storage: Storage,
): Promise<readonly SessionEventId[]> {
  if (!isSharedAudience(audience) || eventIds.length === 0) return eventIds
  const labels = await storage.sessions.labels(session.id)
  const part = { session, eventIds, labels, contributorId: undefined }
  const cut = cutSession(part, storeReaders(audience, []))
  const read = new Set([
    ...cut.eventIds,
    ...cut.contributions.flatMap((contribution) => contribution.eventIds),
  ])
  return eventIds.filter((id) => read.has(id))
}
