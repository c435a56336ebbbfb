import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Claim } from '../../core/claim.ts'
import {
  derivedId,
  type MemoryId,
  type MemoryVersionId,
  type SessionEventId,
  type SessionId,
} from '../../core/ids.ts'
import type { Trust } from '../../core/trust.ts'
import type { Unit } from '../../core/unit.ts'
import type { Entry } from '../entry.ts'
import { readStatement } from '../language/frames.ts'

export interface Given {
  readonly at?: string | null
  readonly context?: readonly string[]
  readonly trust?: Trust
  readonly session?: string
  readonly line?: number
}

/** A line of a memory, undated and imported unless the test says otherwise. */
export function aNote(
  text: string,
  { at = null, context = [], trust = 'note' }: Given = {},
): Entry {
  const bytes = { start: 0, end: text.length }
  const unit: Unit = {
    id: derivedId('unit', text, ...context),
    memoryId: 'mem_1' as MemoryId,
    versionId: 'memver_1' as MemoryVersionId,
    path: '/notes.md',
    ordinal: 0,
    sha256: '',
    origin: 'imported',
    trust,
    audience: LOCAL_AUDIENCE,
    isPinned: false,
    statedAt: at,
    kind: 'bullet',
    text,
    bytes,
    outerBytes: bytes,
    line: 1,
    context,
    linkTarget: null,
  }
  return {
    key: unit.id,
    source: { kind: 'unit', unit },
    text,
    context,
    statement: readStatement(text, { at, context }),
    trust,
    origin: 'imported',
    audience: LOCAL_AUDIENCE,
    statedAt: at,
  }
}

/** Something a person said in a session. */
export function aStatement(text: string, given: Given = {}): Entry {
  const { at = null, trust = 'user', session = text, line = 1 } = given
  const statement = readStatement(text, { at, context: [] })
  const claim: Claim = {
    ...statement,
    id: derivedId('clm', session, String(line), text),
    text,
    wording: 'verbatim',
    kind: 'fact',
    isLasting: true,
    times: {
      event: statement.event,
      statedAt: at,
      ingestedAt: null,
      derivedAt: '2026-12-24T00:00:00Z',
    },
    dependsOn: [],
    evidence: [
      {
        kind: 'event',
        quote: text,
        at,
        trust,
        source: { path: `${session}.jsonl`, line },
        sessionId: session as SessionId,
        eventId: `${session}-${line}` as SessionEventId,
        speaker: 'user',
        agentId: null,
        userId: null,
        threadId: null,
      },
    ],
    trust,
    audience: LOCAL_AUDIENCE,
  }
  return {
    key: claim.id,
    source: { kind: 'claim', claim },
    text,
    context: [],
    statement,
    trust,
    origin: 'imported',
    audience: LOCAL_AUDIENCE,
    statedAt: at,
  }
}
