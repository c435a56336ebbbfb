import type { DreamId, ScheduleId, SessionEventId, SessionId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'

/**
 * A schedule notes what its own dreams have read as a lineage of its own. Where a plan waits, or the
 * result went to a new store, the store's lineage has not read it, and still it is not new.
 */
export async function markRead(
  tx: Storage,
  id: ScheduleId,
  eventIds: readonly SessionEventId[],
): Promise<void> {
  // Under the schedule's name and not the dream's: a reverted dream is not dreamt again by itself.
  await tx.sessions.consumption.consume(id, id as string as DreamId, eventIds)
}

/** Forgets what a schedule that is removed has read. */
export async function forgetRead(tx: Storage, id: ScheduleId): Promise<void> {
  await tx.sessions.consumption.giveBack(id as string as DreamId)
}

/** Events of a session that neither the lineage nor the schedule has read, by ordinal. */
export async function unreadOf(
  storage: Storage,
  lineageId: string,
  id: ScheduleId,
  sessionId: SessionId,
): Promise<readonly SessionEventId[]> {
  const { consumption } = storage.sessions
  const open = await consumption.unread(lineageId, sessionId)
  if (open.length === 0) return open
  const unmarked = new Set(await consumption.unread(id, sessionId))
  return open.filter((eventId) => unmarked.has(eventId))
}
