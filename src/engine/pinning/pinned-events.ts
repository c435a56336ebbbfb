import { audienceOfEvent } from '../../core/audience.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'

export interface PinnedEvents {
  /** What the dream reads. */
  readonly events: readonly SessionEvent[]
  /**
   * What an earlier dream has read, for the same readers: it tells whose words are repeated now, and
   * nothing else is taken from it.
   */
  readonly before: readonly SessionEvent[]
}

/** The pinned events of a session; those for other readers are in neither part. */
export function pinnedEvents(
  session: Session,
  stored: readonly SessionEvent[],
  eventIds: readonly SessionEventId[],
): PinnedEvents {
  const pinned = new Set(eventIds)
  const events = stored.filter(({ id }) => pinned.has(id))
  const audiences = new Set(events.map((event) => audienceOfEvent(event, session)))
  const last = events.at(-1)?.ordinal ?? -1
  const before = stored.filter(
    (event) =>
      !pinned.has(event.id) &&
      event.ordinal < last &&
      audiences.has(audienceOfEvent(event, session)),
  )
  return { events, before }
}
