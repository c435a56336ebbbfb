import type { Evidence } from './evidence.ts'
import type { SessionId } from './ids.ts'

/**
 * One sighting of a pattern in one session. A counter is the set of these for a lineage, so that
 * reading a session twice never counts twice and evidence grows across dreams.
 */
export interface Sighting {
  readonly lineageId: string
  readonly pattern: string
  readonly sessionId: SessionId
  /** Root of the session's family; independence is counted over this. */
  readonly rootSessionId: SessionId
  readonly at: string | null
  readonly evidence: readonly Evidence[]
  /** What the pattern needs to be told again without the session: its parsed parts. */
  readonly detail: Readonly<Record<string, string>>
}
