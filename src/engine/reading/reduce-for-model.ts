import type { SessionEvent } from '../../core/session-event.ts'
import { type ReducedEvent, reduceEvents } from '../stages/reduce.ts'

/** What a model is shown of the events of one session: as rules read them, for now no less. */
export function reduceForModel(events: readonly SessionEvent[]): readonly ReducedEvent[] {
  return reduceEvents(events)
}
