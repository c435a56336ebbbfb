import type { EventEvidence } from '../core/evidence.ts'
import type { ReadEvent } from './read-session.ts'

/** Words of an event as evidence; the quote is an exact substring of the event's text. */
export function eventEvidence({ event, trust }: ReadEvent, quote: string): EventEvidence {
  return {
    kind: 'event',
    quote,
    at: event.at,
    trust,
    source: event.source,
    sessionId: event.sessionId,
    eventId: event.id,
    speaker: event.speaker,
    agentId: event.agentId,
    userId: event.userId,
    threadId: event.threadId,
  }
}
