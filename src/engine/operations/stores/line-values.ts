import type { Change } from '../../../core/change.ts'
import type { Dream } from '../../../core/dream.ts'
import type { Evidence } from '../../../core/evidence.ts'
import type { MemoryVersionId, SessionEventId, SessionId, SightingId } from '../../../core/ids.ts'
import type { LedgerEntry } from '../../../core/ledger.ts'
import type { Actor, Memory, MemoryVersion } from '../../../core/memory.ts'
import type { Unit } from '../../../core/unit.ts'
import type {
  ActorLine,
  DreamLine,
  EvidenceLine,
  LedgerLine,
  MemoryLine,
  UnitLine,
  VersionLine,
} from './line-forms.ts'

export function versionLine(of: MemoryVersion, removedAt: string | null): VersionLine {
  return {
    type: 'version',
    id: of.id,
    memory_id: of.memoryId,
    operation: of.operation,
    path: of.path,
    removed_at: removedAt,
    content: of.content,
    content_sha256: of.contentSha256,
    actor: actorLine(of.actor),
    created_at: of.createdAt,
    redacted_at: of.redactedAt,
    redacted_by: of.redactedBy === null ? null : actorLine(of.redactedBy),
  }
}

export function memoryLine(of: Memory, file: string, units: readonly Unit[]): MemoryLine {
  return {
    type: 'memory',
    id: of.id,
    path: of.path,
    file,
    content_sha256: of.contentSha256,
    version_id: of.versionId,
    units: units.map(unitLine),
  }
}

function unitLine({ id, sha256, origin, trust, statedAt, isPinned }: Unit): UnitLine {
  return { id, sha256, origin, trust, stated_at: statedAt, is_pinned: isPinned }
}

export function ledgerLine(of: LedgerEntry): LedgerLine {
  return {
    type: 'ledger_entry',
    id: of.id,
    dream_id: of.dreamId,
    change_id: of.changeId,
    kind: of.kind,
    unit_id: of.unitId,
    path: of.path,
    text: of.text,
    since: of.interval.start,
    until: of.interval.end,
    reason: of.reason,
    evidence: of.evidence.map(evidenceLine),
    recorded_at: of.recordedAt,
    is_reverted: of.isReverted,
  }
}

export function dreamLine(of: Dream, changes: readonly Change[]): DreamLine {
  return {
    type: 'dream',
    id: of.id,
    status: of.status,
    plan_status: of.planStatus,
    created_at: of.createdAt,
    ended_at: of.endedAt,
    sessions: of.snapshot.sessions.map(({ id }) => id),
    changes: changes.map((change) => ({
      id: change.id,
      kind: change.kind,
      status: change.status,
      held_reason: change.heldReason,
      reason: change.reason,
      before: change.before.map(({ path, text }) => ({ path, text })),
      after: change.after.map(({ path, text }) => ({ path, text })),
      quotes: change.evidence.map(({ quote }) => quote),
    })),
  }
}

function actorLine(of: Actor): ActorLine {
  switch (of.type) {
    case 'user_actor':
      return { type: of.type, user_id: of.userId }
    case 'api_actor':
      return { type: of.type, api_key_id: of.apiKeyId }
    case 'session_actor':
      return { type: of.type, session_id: of.sessionId }
    case 'dream_actor':
      return { type: of.type, dream_id: of.dreamId }
    case 'folder_actor':
      return { type: of.type, first_sight: of.firstSight }
  }
}

/** `dreamOf` gives the id that a dream has from now on. */
export function actorOf(line: ActorLine, dreamOf: (id: string) => string): Actor {
  switch (line.type) {
    case 'user_actor':
      return { type: line.type, userId: line.user_id }
    case 'api_actor':
      return { type: line.type, apiKeyId: line.api_key_id }
    case 'session_actor':
      return { type: line.type, sessionId: line.session_id as SessionId }
    case 'dream_actor':
      return { type: line.type, dreamId: dreamOf(line.dream_id) }
    case 'folder_actor':
      return { type: line.type, firstSight: line.first_sight }
  }
}

function evidenceLine(of: Evidence): EvidenceLine {
  const { quote, at, trust } = of
  const base = { quote, at, trust, source: { path: of.source.path, line: of.source.line } }
  switch (of.kind) {
    case 'event':
      return {
        kind: of.kind,
        ...base,
        session_id: of.sessionId,
        event_id: of.eventId,
        speaker: of.speaker,
        agent_id: of.agentId,
        user_id: of.userId,
        thread_id: of.threadId,
      }
    case 'memory':
      return {
        kind: of.kind,
        ...base,
        memory_version_id: of.memoryVersionId,
        memory_path: of.memoryPath,
      }
    case 'shared':
      return { kind: of.kind, ...base, sighting_id: of.sightingId, agent_id: of.agentId }
  }
}

/** `versionOf` gives the id that a version has from now on. */
export function evidenceOf(
  line: EvidenceLine,
  versionOf: (id: string) => MemoryVersionId,
): Evidence {
  const { quote, at, trust, source } = line
  const base = { quote, at, trust, source }
  switch (line.kind) {
    case 'event':
      return {
        kind: line.kind,
        ...base,
        sessionId: line.session_id as SessionId,
        eventId: line.event_id as SessionEventId,
        speaker: line.speaker,
        agentId: line.agent_id,
        userId: line.user_id,
        threadId: line.thread_id,
      }
    case 'memory':
      return {
        kind: line.kind,
        ...base,
        memoryVersionId: versionOf(line.memory_version_id),
        memoryPath: line.memory_path,
      }
    case 'shared':
      return {
        kind: line.kind,
        ...base,
        sightingId: line.sighting_id as SightingId,
        agentId: line.agent_id,
      }
  }
}
