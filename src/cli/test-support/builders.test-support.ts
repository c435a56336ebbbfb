import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import { CHANGE_KINDS, type Change, type ChangeKind } from '../../core/change.ts'
import {
  type Dream,
  NOTHING_WITHHELD,
  type Plan,
  type PlanReport,
  type PlanStatus,
  type PlanUsage,
} from '../../core/dream.ts'
import type { EventEvidence } from '../../core/evidence.ts'
import { derivedId } from '../../core/ids.ts'
import type { Memory } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Unit } from '../../core/unit.ts'
import type { ImportSummary } from '../../reverie.ts'

/** What a dream is built from. */
export interface PlanFacts {
  readonly changes: readonly Change[]
  readonly planStatus: PlanStatus
  readonly imported: ImportSummary
  readonly warnings: readonly string[]
  readonly thinking: Dream['snapshot']['thinking']
  readonly usage: PlanUsage
  /** Events that a model has not read. */
  readonly pending: number
  readonly modelProbes: PlanReport['effect']['modelProbes']
}

export const AT = '2026-11-20T09:30:00Z'

export const STORE: MemoryStore = {
  id: derivedId('memstore', 'shop'),
  name: 'memory',
  description: '',
  metadata: {},
  folder: '/home/me/memory',
  lineageId: 'lineage',
  audience: LOCAL_AUDIENCE,
  createdAt: AT,
  updatedAt: AT,
  archivedAt: null,
}

const SESSION_ID = derivedId('sesn', 'one')

export function anEvidence(over: Partial<EventEvidence> = {}): EventEvidence {
  return {
    kind: 'event',
    sessionId: SESSION_ID,
    eventId: derivedId('sevt', 'one'),
    speaker: 'user',
    agentId: null,
    userId: null,
    threadId: null,
    quote: 'we moved deploys to Thursday',
    at: '2026-11-02T14:03:11Z',
    trust: 'user',
    source: { path: 'sessions/2026-11-02.jsonl', line: 118 },
    ...over,
  }
}

export function aChange(over: Partial<Change> = {}): Change {
  const text = over.after?.[0]?.text ?? over.reason ?? ''
  return {
    id: derivedId('chg', over.kind ?? 'supersede', text),
    kind: 'supersede',
    changeSet: derivedId('cset', text),
    reason: 'A later statement names another day.',
    before: [{ path: '/project/deploy.md', text: 'Deploys go out on Fridays.' }],
    after: [{ path: '/project/deploy.md', text: 'Deploys go out on Thursdays.' }],
    edits: [],
    units: [],
    evidence: [anEvidence()],
    trust: 'user',
    audience: LOCAL_AUDIENCE,
    status: 'proposed',
    heldReason: null,
    ledger: [],
    pattern: null,
    isWordedByModel: false,
    ...over,
  }
}

export function anImport(over: Partial<ImportSummary> = {}): ImportSummary {
  return {
    files: 17,
    sessions: 17,
    newEvents: 1204,
    lines: 48_210,
    read: 47_898,
    skipped: { 'unknown type: progress': 300, empty: 12 },
    badLines: [],
    redacted: [{ kind: 'aws-key', path: 'sessions/2026-11-02.jsonl', line: 40 }],
    ...over,
  }
}

export function aDream(world: PlanFacts): Dream {
  return {
    id: derivedId('drm', 'one'),
    storeId: STORE.id,
    status: 'completed',
    planStatus: world.planStatus,
    inputDigest: 'input',
    snapshot: {
      storeId: STORE.id,
      memories: [],
      sessions: [],
      pinnedUnits: [],
      contributions: [],
      withheld: NOTHING_WITHHELD,
      settledChanges: [],
      settledPatterns: [],
      instructions: null,
      engineVersion: '1',
      thinking: world.thinking,
      asOf: AT,
      imported: { lines: world.imported.lines, skipped: world.imported.skipped },
    },
    createdAt: AT,
    hosted: null,
    endedAt: AT,
    error: null,
    plan: aPlan(world),
  }
}

function aPlan(facts: PlanFacts): Plan {
  const { changes, imported, warnings, usage, pending, modelProbes } = facts
  const count = (kind: ChangeKind): number => changes.filter((it) => it.kind === kind).length
  return {
    digest: 'digest-of-the-plan',
    dispositions: [],
    counts: Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, count(kind)])) as Plan['counts'],
    report: {
      memories: 41,
      units: 412,
      sessions: imported.sessions,
      read: { lines: imported.lines, events: 1204, skipped: imported.skipped, pending },
      effect: {
        units: { before: 412, after: 397 },
        bytes: { before: 23_100, after: 22_400 },
        tokensLoadedAtStart: { before: 1210, after: 1150 },
        probes: { n: 150, broken: 0 },
        modelProbes,
      },
      usage,
      rejected: [],
      warnings,
    },
  }
}

export function aMemory(content: string): Memory {
  return {
    id: derivedId('mem', 'index'),
    storeId: STORE.id,
    path: '/MEMORY.md',
    content,
    contentSha256: 'sha256-of-it',
    versionId: derivedId('memver', 'index'),
    createdAt: AT,
    updatedAt: AT,
  }
}

export function aUnit(memory: Memory): Unit {
  return {
    id: derivedId('unit', 'one'),
    memoryId: memory.id,
    versionId: memory.versionId,
    path: memory.path,
    ordinal: 0,
    sha256: 'sha256-of-it',
    kind: 'bullet',
    text: memory.content,
    bytes: { start: 0, end: 1 },
    outerBytes: { start: 0, end: 1 },
    line: 3,
    context: [],
    linkTarget: null,
    origin: 'imported',
    trust: 'note',
    audience: LOCAL_AUDIENCE,
    isPinned: true,
    statedAt: null,
  }
}

export function aSession(title: string): Session {
  return {
    id: SESSION_ID,
    format: 'claude-code',
    title,
    sourcePath: 'sessions/2026-11-02.jsonl',
    startedAt: AT,
    endedAt: null,
    userIds: [],
    agentIds: ['main'],
    parentSessionId: null,
    audience: LOCAL_AUDIENCE,
    archivedAt: null,
  }
}

export function anEvent(text: string): SessionEvent {
  return {
    id: derivedId('sevt', 'one'),
    sessionId: SESSION_ID,
    ordinal: 0,
    type: 'user.message',
    speaker: 'user',
    text,
    at: AT,
    tool: null,
    userId: null,
    agentId: null,
    threadId: null,
    source: { path: 'sessions/2026-11-02.jsonl', line: 118 },
    voice: 'own',
  }
}
