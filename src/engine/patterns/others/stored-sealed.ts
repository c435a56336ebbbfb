import type { Audience } from '../../../core/audience.ts'
import type { SharedEvidence } from '../../../core/evidence.ts'
import type { Sighting } from '../../../core/ledger.ts'
import type { Trust } from '../../../core/trust.ts'
import { SEALED, type SealedSighting } from './sealed-sighting.ts'

/**
 * A sealed sighting as the target's counters keep it: marks, and of its words those that enough
 * users share (`common`).
 */
export function storedSealed(
  sighting: SealedSighting,
  common: ReadonlySet<string>,
  of: {
    readonly lineageId: string
    readonly audience: Audience
    readonly evidence: readonly SharedEvidence[]
  },
): Sighting {
  const { pattern, sessionId, rootSessionId, user, trust, marks } = sighting
  const words = Object.entries(sighting.words).filter(([mark]) => common.has(mark))
  return {
    lineageId: of.lineageId,
    pattern,
    sessionId,
    rootSessionId,
    at: null,
    evidence: of.evidence,
    detail: {
      kind: SEALED,
      audience: of.audience,
      user,
      trust,
      marks: JSON.stringify(marks),
      words: JSON.stringify(Object.fromEntries(words)),
    },
  }
}

/** What a counter keeps of a sealed session; null of any other sighting. */
export function loadedSealed({
  pattern,
  sessionId,
  rootSessionId,
  detail,
}: Sighting): SealedSighting | null {
  if (detail.kind !== SEALED) return null
  return {
    pattern,
    sessionId,
    rootSessionId,
    user: detail.user ?? '',
    trust: (detail.trust ?? 'external') as Trust,
    marks: JSON.parse(detail.marks ?? '{}') as SealedSighting['marks'],
    words: JSON.parse(detail.words ?? '{}') as SealedSighting['words'],
  }
}
