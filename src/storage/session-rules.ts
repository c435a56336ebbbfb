import type { SessionId } from '../core/ids.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { inconsistent } from './storage-errors.ts'

/** Refuses events that name another session. Throws `invalid_request_error`. */
export function requireEventsOf(sessionId: SessionId, events: readonly SessionEvent[]): void {
  const stray = events.find((event) => event.sessionId !== sessionId)
  if (stray === undefined) return
  throw inconsistent(`The event "${stray.id}" is not of the session "${sessionId}".`)
}
