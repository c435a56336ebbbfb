import type { Change } from '../../core/change.ts'
import type { DreamId, SessionEventId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'

/**
 * Keeps which events were cited by changes that a plan had no room for, and which no model has read
 * though one was to: applying the plan does not count them as read, so that the next dream finds
 * them again.
 */
export async function storeWaitingEvents(
  storage: Storage,
  dreamId: DreamId,
  waiting: readonly Change[],
  unread: readonly SessionEventId[] = [],
): Promise<void> {
  if (waiting.length === 0 && unread.length === 0) return
  const ids = [...citedEvents(waiting), ...unread]
  await storage.steps.put(keyOf(dreamId), JSON.stringify([...new Set(ids)].sort()))
}

/** The events whose words some changes rest on. */
export function citedEvents(changes: readonly Change[]): readonly SessionEventId[] {
  return changes.flatMap(({ evidence }) =>
    evidence.flatMap((item) => (item.kind === 'event' ? [item.eventId] : [])),
  )
}

export async function loadWaitingEvents(
  storage: Storage,
  dreamId: DreamId,
): Promise<ReadonlySet<SessionEventId>> {
  const stored = await storage.steps.get(keyOf(dreamId))
  return new Set(stored === null ? [] : (JSON.parse(stored) as readonly SessionEventId[]))
}

function keyOf(dreamId: DreamId): string {
  return `waiting-events:${dreamId}`
}
