import type { MemoryVersionId, SessionEventId, SessionId, SightingId } from './ids.ts'
import type { Speaker } from './session-event.ts'
import type { Trust } from './trust.ts'

interface EvidenceBase {
  /** Exact substring of the cited text. */
  readonly quote: string
  /** When it was said, ISO 8601 UTC; null = undated. */
  readonly at: string | null
  readonly trust: Trust
  readonly source: { readonly path: string; readonly line: number }
}

/** Words of a session event. */
export interface EventEvidence extends EvidenceBase {
  readonly kind: 'event'
  readonly sessionId: SessionId
  readonly eventId: SessionEventId
  readonly speaker: Speaker
  readonly agentId: string | null
  readonly userId: string | null
  readonly threadId: string | null
}

/** Words of a memory as it stood in one version. */
export interface MemoryEvidence extends EvidenceBase {
  readonly kind: 'memory'
  readonly memoryVersionId: MemoryVersionId
  readonly memoryPath: string
}

/**
 * What a session of others has in common with the rest: told in place of words that the reader may
 * not see. It names no session, no person and no event.
 */
export interface SharedEvidence extends EvidenceBase {
  readonly kind: 'shared'
  readonly sightingId: SightingId
  /** The agent that met it; null = no agent is named. */
  readonly agentId: string | null
}

export type Evidence = EventEvidence | MemoryEvidence | SharedEvidence

/** Resolves what evidence cites; undefined = no such event or version. */
export interface EvidenceSources {
  eventText(id: SessionEventId): string | undefined
  versionContent(id: MemoryVersionId): string | undefined
  /** What a sighting of others may tell. */
  sharedText(id: SightingId): string | undefined
}

export type QuoteProblem = 'empty quote' | 'cited source does not exist' | 'quote is not in it'

/** Null when the quote stands byte for byte in what it cites. */
export function quoteProblem(evidence: Evidence, sources: EvidenceSources): QuoteProblem | null {
  if (evidence.quote.trim() === '') return 'empty quote'
  const text = citedText(evidence, sources)
  if (text === undefined) return 'cited source does not exist'
  return text.includes(evidence.quote) ? null : 'quote is not in it'
}

function citedText(evidence: Evidence, sources: EvidenceSources): string | undefined {
  switch (evidence.kind) {
    case 'event':
      return sources.eventText(evidence.eventId)
    case 'memory':
      return sources.versionContent(evidence.memoryVersionId)
    case 'shared':
      return sources.sharedText(evidence.sightingId)
  }
}

/** The id of what evidence cites. */
export function citedId(evidence: Evidence): SessionEventId | MemoryVersionId | SightingId {
  switch (evidence.kind) {
    case 'event':
      return evidence.eventId
    case 'memory':
      return evidence.memoryVersionId
    case 'shared':
      return evidence.sightingId
  }
}

export function citedSessions(evidence: readonly Evidence[]): ReadonlySet<SessionId> {
  return new Set(evidence.flatMap((item) => (item.kind === 'event' ? [item.sessionId] : [])))
}
