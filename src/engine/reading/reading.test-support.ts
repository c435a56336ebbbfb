import { type Audience, LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Claim } from '../../core/claim.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { parseInstructions } from '../instructions.ts'
import type { ProposedClaim } from '../prompts/extract.ts'
import type { ReadEvent } from '../read-session.ts'
import { trustOf } from '../stages/label.ts'
import { Discards } from './checks/discards.ts'
import { type CheckInputs, proposedClaims } from './checks/proposed-claims.ts'
import type { Chunk } from './chunks.ts'

export const SAID_AT = '2026-11-20T10:00:00Z' // a Friday

export type Given = Partial<SessionEvent> & { readonly audience?: Audience }

/** An event of session `sesn_1`, labelled as the stage does it. */
export function aRead(
  text: string,
  { audience = LOCAL_AUDIENCE, ...given }: Given = {},
): ReadEvent {
  const event: SessionEvent = {
    id: `sevt_${text.slice(0, 40)}` as SessionEventId,
    sessionId: 'sesn_1' as SessionId,
    ordinal: 0,
    type: 'user.message',
    speaker: 'user',
    text,
    at: SAID_AT,
    tool: null,
    userId: null,
    agentId: null,
    threadId: null,
    source: { path: 'chat.jsonl', line: 1 },
    voice: 'own',
    ...given,
  }
  return { event, text, trust: trustOf(event), audience, isEcho: false }
}

export function fromAgent(text: string): ReadEvent {
  return aRead(text, { type: 'agent.message', speaker: 'agent' })
}

export function fromTool(name: string, text: string, isError = false): ReadEvent {
  const tool = { name, useId: null, input: null, isError }
  return aRead(text, { type: 'agent.tool_result', speaker: 'tool', tool })
}

export function callOf(name: string, input: string): ReadEvent {
  const tool = { name, useId: null, input, isError: false }
  return aRead(input, { type: 'agent.tool_use', speaker: 'agent', tool })
}

export function aSession(id: string, startedAt: string | null = SAID_AT): Session {
  return {
    id: id as SessionId,
    format: 'chat',
    title: id,
    sourcePath: `${id}.jsonl`,
    startedAt,
    endedAt: null,
    userIds: [],
    agentIds: [],
    parentSessionId: null,
    audience: LOCAL_AUDIENCE,
    archivedAt: null,
  }
}

/** A chunk that shows these events whole. */
export function aChunk(...reads: readonly ReadEvent[]): Chunk {
  return {
    audience: LOCAL_AUDIENCE,
    parts: reads.map((read, n) => ({
      read,
      text: read.event.text,
      isOverlap: false,
      startsSession: n === 0,
    })),
  }
}

export const CHECKS: CheckInputs = {
  known: { words: new Set(['reverie', '500']) },
  steering: parseInstructions(null),
  asOf: '2026-11-25T00:00:00Z',
}

/** A proposal that quotes event 1. */
export function aProposal(
  text: string,
  quote: string,
  more: Partial<ProposedClaim> = {},
): ProposedClaim {
  return {
    evidence: [{ event: 1, quote }],
    text,
    kind: 'fact',
    subject: '',
    attribute: '',
    value: null,
    formerValue: null,
    polarity: 'holds',
    modality: 'is',
    cue: null,
    from: null,
    until: null,
    dependsOn: [],
    ...more,
  }
}

export interface Checked {
  readonly claims: readonly Claim[]
  /** Why proposals were not let through. */
  readonly reasons: readonly string[]
}

export function check(
  chunk: Chunk,
  proposals: readonly ProposedClaim[],
  inputs: CheckInputs = CHECKS,
): Checked {
  const discards = new Discards()
  const claims = proposedClaims({ claims: proposals }, chunk, inputs, discards)
  return { claims, reasons: discards.counted().map(({ reason }) => reason) }
}
