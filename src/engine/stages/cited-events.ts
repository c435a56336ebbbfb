import type { Change } from '../../core/change.ts'
import type { Evidence, EvidenceSources } from '../../core/evidence.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Storage } from '../../storage/storage.ts'

/** The stored events that evidence quotes; what is gone is left out. */
export async function citedEvents(
  cited: readonly Evidence[],
  storage: Storage,
): Promise<ReadonlyMap<SessionEventId, SessionEvent>> {
  const ids = cited.flatMap((item) => (item.kind === 'event' ? [item.eventId] : []))
  const events = new Map<SessionEventId, SessionEvent>()
  for (const id of new Set(ids)) {
    const event = await storage.sessions.event(id)
    if (event !== null) events.set(id, event)
  }
  return events
}

/**
 * The sources with the texts that these changes quote: transcripts are large, citations few. An
 * event that is gone has the text that the sources know of it.
 */
export async function withCitedTexts(
  sources: EvidenceSources,
  changes: readonly Change[],
  storage: Storage,
): Promise<EvidenceSources> {
  const quoted = changes.flatMap(({ evidence, ledger }) => [
    ...evidence,
    ...ledger.flatMap((entry) => entry.evidence),
  ])
  const cited = await citedEvents(quoted, storage)
  return { ...sources, eventText: (id) => cited.get(id)?.text ?? sources.eventText(id) }
}
