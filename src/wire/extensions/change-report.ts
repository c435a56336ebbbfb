import { z } from 'zod'
import type { Change } from '../../core/change.ts'
import { CHANGE_KINDS, HELD_REASONS } from '../../core/change.ts'
import type { Evidence } from '../../core/evidence.ts'
import { TRUST_TIERS } from '../../core/trust.ts'

export interface PlacedReport {
  readonly path: string
  readonly text: string
}

interface EvidenceReportBase {
  readonly source: { readonly path: string; readonly line: number }
  /** Exact substring of the cited text. */
  readonly quote: string
  /** ISO 8601 UTC; null = undated. */
  readonly at: string | null
  readonly trust: string
}

/** Words of a session event. */
export interface EventEvidenceReport extends EvidenceReportBase {
  readonly session_id: string
  readonly event_id: string
  readonly speaker: string
  readonly agent_id: string | null
  readonly user_id: string | null
  readonly thread_id: string | null
}

/** Words of a memory: nobody is known to have said them in a session. */
export interface MemoryEvidenceReport extends EvidenceReportBase {
  readonly memory_path: string
  readonly event_id: null
  readonly speaker: null
  readonly agent_id: null
  readonly user_id: null
  readonly thread_id: null
}

/** What a session of others has in common with the rest, in place of words that stay with them. */
export interface SharedEvidenceReport extends EvidenceReportBase {
  /** Names the sighting, and neither session nor person. */
  readonly sighting_id: string
  readonly event_id: null
  readonly speaker: null
  readonly agent_id: string | null
  readonly user_id: null
  readonly thread_id: null
}

export type EvidenceReport = EventEvidenceReport | MemoryEvidenceReport | SharedEvidenceReport

export interface ChangeReport {
  readonly id: string
  readonly kind: string
  readonly change_set: string
  readonly reason: string
  readonly before: readonly PlacedReport[]
  readonly after: readonly PlacedReport[]
  readonly evidence: readonly EvidenceReport[]
  readonly trust: string
  readonly audience: string
  readonly status: string
  readonly held_reason: string | null
  /** The new text is a model's wording; its evidence is exact all the same. */
  readonly worded_by_model: boolean
}

const placed = z.strictObject({ path: z.string(), text: z.string() })
const trust = z.enum(TRUST_TIERS)
const words = {
  source: z.strictObject({ path: z.string(), line: z.int().min(0) }),
  quote: z.string(),
  at: z.string().nullable(),
  trust,
}

const eventEvidence = z.strictObject({
  session_id: z.string(),
  event_id: z.string(),
  speaker: z.enum(['user', 'agent', 'tool', 'system']),
  agent_id: z.string().nullable(),
  user_id: z.string().nullable(),
  thread_id: z.string().nullable(),
  ...words,
})

const memoryEvidence = z.strictObject({
  memory_path: z.string(),
  event_id: z.null(),
  speaker: z.null(),
  agent_id: z.null(),
  user_id: z.null(),
  thread_id: z.null(),
  ...words,
})

const sharedEvidence = z.strictObject({
  sighting_id: z.string(),
  event_id: z.null(),
  speaker: z.null(),
  agent_id: z.string().nullable(),
  user_id: z.null(),
  thread_id: z.null(),
  ...words,
})

export const changeReportSchema: z.ZodType<ChangeReport> = z.strictObject({
  id: z.string(),
  kind: z.enum(CHANGE_KINDS).exclude(['keep']),
  change_set: z.string(),
  reason: z.string(),
  before: z.array(placed),
  after: z.array(placed),
  evidence: z.array(z.union([eventEvidence, memoryEvidence, sharedEvidence])),
  trust,
  audience: z.string(),
  status: z.enum(['proposed', 'accepted', 'rejected', 'held', 'applied', 'reverted']),
  held_reason: z.enum(HELD_REASONS).nullable(),
  worded_by_model: z.boolean(),
})

/** The texts of a `redact` change arrive masked; nothing is masked here. */
export function changeReport(change: Change): ChangeReport {
  return {
    id: change.id,
    kind: change.kind,
    change_set: change.changeSet,
    reason: change.reason,
    before: change.before.map(({ path, text }) => ({ path, text })),
    after: change.after.map(({ path, text }) => ({ path, text })),
    evidence: change.evidence.map(evidenceReport),
    trust: change.trust,
    audience: change.audience,
    status: change.status,
    held_reason: change.heldReason,
    worded_by_model: change.isWordedByModel,
  }
}

function evidenceReport(evidence: Evidence): EvidenceReport {
  const { quote, at } = evidence
  const source = { path: evidence.source.path, line: evidence.source.line }
  if (evidence.kind === 'memory') {
    return {
      memory_path: evidence.memoryPath,
      event_id: null,
      source,
      speaker: null,
      agent_id: null,
      user_id: null,
      thread_id: null,
      quote,
      at,
      trust: evidence.trust,
    }
  }
  if (evidence.kind === 'shared') {
    return {
      sighting_id: evidence.sightingId,
      event_id: null,
      source,
      speaker: null,
      agent_id: evidence.agentId,
      user_id: null,
      thread_id: null,
      quote,
      at,
      trust: evidence.trust,
    }
  }
  return {
    session_id: evidence.sessionId,
    event_id: evidence.eventId,
    source,
    speaker: evidence.speaker,
    agent_id: evidence.agentId,
    user_id: evidence.userId,
    thread_id: evidence.threadId,
    quote,
    at,
    trust: evidence.trust,
  }
}
