import type { Sighting } from '../../core/ledger.ts'
import type { ReadSession } from '../read-session.ts'

export const FAMILY_LINK = 'family'

/**
 * That a session goes on from another one. Nothing else may be seen in it, yet the sessions after
 * it belong to the family of those before it. Counted, never told.
 */
export function familyLink(
  { session, events }: ReadSession,
  counter: Pick<Sighting, 'lineageId' | 'rootSessionId'>,
): readonly Sighting[] {
  if (session.parentSessionId === null) return []
  const audience = events[0]?.audience ?? ''
  const detail = { kind: FAMILY_LINK, audience }
  return [
    { ...counter, pattern: FAMILY_LINK, sessionId: session.id, at: null, evidence: [], detail },
  ]
}
