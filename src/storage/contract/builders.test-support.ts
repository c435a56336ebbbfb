import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Change } from '../../core/change.ts'
import {
  type Dream,
  type HostedDream,
  NO_TOKENS,
  NO_USAGE,
  NOTHING_WITHHELD,
  type Plan,
} from '../../core/dream.ts'
import type { Evidence } from '../../core/evidence.ts'
import type {
  ChangeId,
  ChangeSetId,
  DreamId,
  LedgerEntryId,
  MemoryId,
  MemoryStoreId,
  MemoryVersionId,
  SessionEventId,
  SessionId,
  UnitId,
  WorkspaceId,
} from '../../core/ids.ts'
import type { LedgerEntry, Sighting } from '../../core/ledger.ts'
import type { Memory } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Unit } from '../../core/unit.ts'
import type { MemoryMove, MemoryWrite, Page, PageQuery, Position, Storage } from '../storage.ts'

export const WORKSPACE: WorkspaceId = 'wrkspc_contract' as WorkspaceId
export const OTHER_WORKSPACE: WorkspaceId = 'wrkspc_other' as WorkspaceId
export const STORE_ID: MemoryStoreId = 'memstore_1' as MemoryStoreId
export const DREAM_ID: DreamId = 'drm_1' as DreamId
export const SESSION_ID: SessionId = 'sesn_1' as SessionId
export const LINEAGE = 'lineage_1'

/** A time on one day, by minute: later numbers are later. */
export function atMinute(minute: number): string {
  return new Date(Date.UTC(2026, 2, 14, 0, minute)).toISOString()
}

export function aMemoryStore(fields: Partial<MemoryStore> = {}): MemoryStore {
  return {
    id: STORE_ID,
    name: 'Shop',
    description: 'What the shop agents know',
    metadata: {},
    folder: null,
    lineageId: LINEAGE,
    audience: LOCAL_AUDIENCE,
    createdAt: atMinute(0),
    updatedAt: atMinute(0),
    archivedAt: null,
    ...fields,
  }
}

/** A write whose ids are made from `n`: another number, other ids. */
export function aWrite(n: number, fields: Partial<MemoryWrite> = {}): MemoryWrite {
  return {
    storeId: STORE_ID,
    path: '/orders.md',
    content: `- text ${n}\n`,
    actor: { type: 'user_actor', userId: 'tomas' },
    at: atMinute(n),
    newIds: { memory: `mem_${n}` as MemoryId, version: `memver_${n}` as MemoryVersionId },
    ...fields,
  }
}

export function aRemoval(
  n: number,
  fields: Partial<Omit<MemoryWrite, 'content'>> = {},
): Omit<MemoryWrite, 'content'> {
  const { content: _, ...removal } = aWrite(n)
  return { ...removal, ...fields }
}

/** A move to another path whose version id is made from `n`. */
export function aMove(n: number, memory: Memory, fields: Partial<MemoryMove> = {}): MemoryMove {
  return {
    storeId: memory.storeId,
    id: memory.id,
    path: `/moved/${n}.md`,
    actor: { type: 'user_actor', userId: 'tomas' },
    at: atMinute(n),
    newVersionId: `memver_${n}` as MemoryVersionId,
    ...fields,
  }
}

export function aUnit(memory: Memory, ordinal: number, fields: Partial<Unit> = {}): Unit {
  return {
    id: `unit_${ordinal}` as UnitId,
    memoryId: memory.id,
    versionId: memory.versionId,
    path: memory.path,
    ordinal,
    kind: 'bullet',
    text: `text ${ordinal}`,
    bytes: { start: 2, end: 8 },
    outerBytes: { start: 0, end: 9 },
    line: ordinal + 1,
    context: ['Orders', 'API'],
    linkTarget: null,
    sha256: 'a'.repeat(64),
    origin: 'imported',
    trust: 'note',
    audience: LOCAL_AUDIENCE,
    isPinned: false,
    statedAt: null,
    ...fields,
  }
}

export function aSession(fields: Partial<Session> = {}): Session {
  return {
    id: SESSION_ID,
    format: 'chat',
    title: 'Deploy on Friday',
    sourcePath: 'sessions/1.jsonl',
    startedAt: atMinute(1),
    endedAt: atMinute(9),
    userIds: ['tomas'],
    agentIds: ['builder', 'reviewer'],
    parentSessionId: null,
    audience: LOCAL_AUDIENCE,
    archivedAt: null,
    ...fields,
  }
}

export function anEvent(n: number, fields: Partial<SessionEvent> = {}): SessionEvent {
  return {
    id: `sevt_${n}` as SessionEventId,
    sessionId: SESSION_ID,
    ordinal: n,
    type: 'user.message',
    speaker: 'user',
    text: `words ${n}`,
    at: atMinute(n),
    tool: null,
    userId: 'tomas',
    agentId: null,
    threadId: null,
    source: { path: 'sessions/1.jsonl', line: n },
    voice: 'own',
    ...fields,
  }
}

export function eventEvidence(quote: string): Evidence {
  return {
    kind: 'event',
    quote,
    at: null,
    trust: 'user',
    source: { path: 'sessions/1.jsonl', line: 3 },
    sessionId: SESSION_ID,
    eventId: 'sevt_3' as SessionEventId,
    speaker: 'user',
    agentId: null,
    userId: 'tomas',
    threadId: null,
  }
}

export function memoryEvidence(quote: string): Evidence {
  return {
    kind: 'memory',
    quote,
    at: atMinute(2),
    trust: 'note',
    source: { path: '/orders.md', line: 1 },
    memoryVersionId: 'memver_1' as MemoryVersionId,
    memoryPath: '/orders.md',
  }
}

export function aDream(fields: Partial<Dream> = {}): Dream {
  return {
    id: DREAM_ID,
    storeId: STORE_ID,
    status: 'pending',
    planStatus: 'none',
    inputDigest: 'digest',
    snapshot: {
      storeId: STORE_ID,
      memories: [],
      sessions: [{ id: SESSION_ID, eventIds: ['sevt_1' as SessionEventId] }],
      pinnedUnits: [],
      contributions: [],
      withheld: NOTHING_WITHHELD,
      settledChanges: [],
      settledPatterns: [],
      instructions: null,
      engineVersion: '0.1.0',
      thinking: null,
      asOf: atMinute(0),
      imported: { lines: 3, skipped: { 'torn line': 1 } },
    },
    createdAt: atMinute(0),
    endedAt: null,
    error: null,
    plan: null,
    hosted: null,
    ...fields,
  }
}

/** What makes a dream one of the server. */
export function aHosting(fields: Partial<HostedDream> = {}): HostedDream {
  return {
    outputBehavior: 'create_new',
    autoApply: 'all',
    model: 'claude-opus-5',
    sessionIds: [SESSION_ID],
    trigger: 'api',
    sessionId: null,
    output: null,
    usage: NO_TOKENS,
    archivedAt: null,
    ...fields,
  }
}

export function aPlan(): Plan {
  const none = { before: 0, after: 0 }
  return {
    digest: 'plan digest',
    dispositions: [{ unitId: 'unit_0' as UnitId, kind: 'keep', changeId: null }],
    counts: {
      keep: 1,
      add: 0,
      merge: 0,
      supersede: 0,
      conflict: 0,
      insight: 0,
      annotate: 0,
      redact: 0,
      remove: 0,
    },
    report: {
      memories: 1,
      units: 1,
      sessions: 1,
      read: { lines: 3, events: 2, skipped: { 'torn line': 1 }, pending: 0 },
      effect: {
        units: none,
        bytes: none,
        tokensLoadedAtStart: none,
        probes: { n: 0, broken: 0 },
        modelProbes: null,
      },
      usage: NO_USAGE,
      rejected: [{ reason: 'no evidence', count: 2 }],
      warnings: [],
    },
  }
}

export function aChange(id: string, fields: Partial<Change> = {}): Change {
  return {
    id: id as ChangeId,
    kind: 'supersede',
    changeSet: `cset_${id}` as ChangeSetId,
    reason: 'The port moved.',
    before: [{ path: '/orders.md', text: 'port 8080' }],
    after: [{ path: '/orders.md', text: 'port 9090' }],
    edits: [{ op: 'replace', unitId: 'unit_0' as UnitId, text: 'port 9090' }],
    units: ['unit_0' as UnitId],
    evidence: [eventEvidence('it is 9090 now'), memoryEvidence('port 8080')],
    trust: 'user',
    audience: LOCAL_AUDIENCE,
    status: 'proposed',
    heldReason: null,
    ledger: [],
    pattern: null,
    isWordedByModel: false,
    ...fields,
  }
}

export function aLedgerEntry(n: number, fields: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: `led_${n}` as LedgerEntryId,
    storeId: STORE_ID,
    dreamId: DREAM_ID,
    changeId: `chg_${n}` as ChangeId,
    kind: 'superseded',
    unitId: 'unit_0' as UnitId,
    path: '/orders.md',
    text: `text ${n}`,
    interval: { start: null, end: atMinute(n) },
    reason: 'The port moved.',
    evidence: [memoryEvidence('port 8080'), eventEvidence('it is 9090 now')],
    recordedAt: atMinute(n),
    isReverted: false,
    ...fields,
  }
}

export function aSighting(pattern: string, session: string): Sighting {
  return {
    lineageId: LINEAGE,
    pattern,
    sessionId: session as SessionId,
    rootSessionId: SESSION_ID,
    at: atMinute(1),
    evidence: [eventEvidence(`seen in ${session}`)],
    detail: { command: 'make ci' },
  }
}

/** A store with one running dream; returns what its runner holds. */
export async function aRunningDream(
  storage: Storage,
): Promise<{ readonly dreamId: DreamId; readonly token: number }> {
  await storage.stores.create(aMemoryStore())
  await storage.dreams.create(aDream())
  const lease = await storage.dreams.runs.claim(DREAM_ID, atMinute(1), atMinute(10))
  if (lease === null) throw new Error('A pending dream was not claimed.')
  return lease
}

/** All items of a list, read page by page. */
export async function allPages<Item>(
  page: (query: PageQuery) => Promise<Page<Item>>,
  limit: number,
): Promise<readonly Item[]> {
  const all: Item[] = []
  for (let after: Position | null | undefined; after !== null; ) {
    const { items, next } = await page({ limit, ...(after === undefined ? {} : { after }) })
    all.push(...items)
    after = next
  }
  return all
}
