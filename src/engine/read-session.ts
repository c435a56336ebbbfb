import type { Audience } from '../core/audience.ts'
import type { Session } from '../core/session.ts'
import type { SessionEvent } from '../core/session-event.ts'
import type { Trust } from '../core/trust.ts'

/** An event as the later stages see it: reduced and labelled. */
export interface ReadEvent {
  /** As stored: quotes are checked against `event.text`. */
  readonly event: SessionEvent
  /** Reduced text: long tool results clipped, repeats emptied; errors verbatim. */
  readonly text: string
  readonly trust: Trust
  readonly audience: Audience
  /** Says back what the store or an earlier dream said: gives no evidence. */
  readonly isEcho: boolean
  /** Where sentences begin that a stranger said before in this session; absent = none. */
  readonly repeated?: ReadonlySet<number>
}

export interface ReadSession {
  readonly session: Session
  readonly events: readonly ReadEvent[]
}
