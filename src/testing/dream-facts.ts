import { applyChanges } from '../core/apply-changes.ts'
import { LOCAL_AUDIENCE } from '../core/audience.ts'
import { type Change, type Disposition, isEffective } from '../core/change.ts'
import { NOTHING_WITHHELD, type Snapshot } from '../core/dream.ts'
import type { Evidence } from '../core/evidence.ts'
import {
  type ChangeId,
  type MemoryStoreId,
  type MemoryVersionId,
  type SessionEventId,
  type SessionId,
  sha256,
} from '../core/ids.ts'
import { type DreamFacts, unitsAfter } from '../core/invariants/dream-facts.ts'
import type { LedgerDraft } from '../core/ledger.ts'
import { isIndexPath } from '../core/memory-path.ts'
import type { StoreContent } from '../core/store-content.ts'
import type { Trust } from '../core/trust.ts'
import type { Unit } from '../core/unit.ts'
import { unitsOf } from './arbitraries.ts'

/** The facts of a dream that applied exactly its effective changes. */
export function dreamFacts(content: StoreContent, changes: readonly Change[]): DreamFacts {
  const delta = applyChanges(content, changes.filter(isEffective))
  const inputs = new Map(
    [...content.memories].map(([path, memory]) => [path, sha256(memory.content)]),
  )
  return {
    snapshot: snapshotOf(content),
    before: content,
    changes,
    dispositions: dispositionsOf(content, changes),
    delta,
    after: unitsAfter(delta, isIndexPath),
    sources: {
      sharedText: () => undefined,
      eventText: (id) => `So: ${decodeURIComponent(id.slice('sevt_'.length))} Thanks!`,
      versionContent: (id) => content.memories.get(id.slice('memver_'.length))?.content,
    },
    audienceOf: () => LOCAL_AUDIENCE,
    inputsBefore: inputs,
    inputsAfter: new Map(inputs),
    limits: {
      changesMax: 100,
      memoryBytesMax: 102_400,
      indexLinesMax: 200,
      indexBytesMax: 25_600,
      lossUnitsMin: 5,
      lossShareMax: 0.25,
    },
    isIndex: isIndexPath,
    isSecret: (text) => /\bsk-\d+/u.test(text),
    slotsOf: (text) => text.match(/\d+/gu) ?? [],
  }
}

/** Each unit's disposition as its change says; kept where none names it. */
export function dispositionsOf(
  content: StoreContent,
  changes: readonly Change[],
): readonly Disposition[] {
  return unitsOf(content).map(({ id }) => {
    const change = changes.find(({ units }) => units.includes(id))
    return { unitId: id, kind: change?.kind ?? 'keep', changeId: change?.id ?? null }
  })
}

export function eventEvidence(text: string, trust: Trust = 'user'): Evidence {
  return {
    kind: 'event',
    quote: text,
    at: null,
    trust,
    source: { path: 'session.jsonl', line: 1 },
    sessionId: 'sesn_test' as SessionId,
    eventId: `sevt_${encodeURIComponent(text)}` as SessionEventId,
    speaker: 'user',
    agentId: null,
    userId: null,
    threadId: null,
  }
}

export function unitEvidence(unit: Unit): Evidence {
  return {
    kind: 'memory',
    quote: unit.text,
    at: null,
    trust: unit.trust,
    source: { path: unit.path, line: unit.line },
    memoryVersionId: `memver_${unit.path}` as MemoryVersionId,
    memoryPath: unit.path,
  }
}

export function draftOf(unit: Unit, kind: LedgerDraft['kind']): LedgerDraft {
  const { id, path, text } = unit
  return {
    kind,
    unitId: id,
    path,
    text,
    interval: { start: null, end: null },
    reason: 'A reason.',
    evidence: [unitEvidence(unit)],
  }
}

function snapshotOf(content: StoreContent): Snapshot {
  return {
    storeId: 'memstore_test' as MemoryStoreId,
    memories: [...content.memories.values()].map((memory) => ({
      path: memory.path,
      versionId: `memver_${memory.path}` as MemoryVersionId,
      sha256: sha256(memory.content),
    })),
    sessions: [],
    pinnedUnits: unitsOf(content).flatMap(({ id, isPinned }) => (isPinned ? [id] : [])),
    contributions: [],
    withheld: NOTHING_WITHHELD,
    settledChanges: ['chg_settled' as ChangeId],
    settledPatterns: [],
    imported: { lines: 0, skipped: {} },
    instructions: null,
    engineVersion: 'test',
    thinking: null,
    asOf: '2026-03-14T00:00:00.000Z',
  }
}
