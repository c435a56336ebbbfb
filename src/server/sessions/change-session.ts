import { ReverieError } from '../../core/errors.ts'
import { canonicalJson, type SessionId } from '../../core/ids.ts'
import { type AuditAct, audit } from '../../engine/workspace/audit.ts'
import { assertMetadata, patchedMetadata } from '../../engine/workspace/store-fields.ts'
import type { Storage } from '../../storage/storage.ts'
import type { WireEventType } from '../../wire/session-events/vocabulary.ts'
import { sessionStream, threadStream, type WireSession } from '../../wire/sessions.ts'
import type { WireSessionChange } from '../../wire/sessions-requests.ts'
import { resolvedTools } from '../agents/agent-tools.ts'
import { appendEvents } from './append-events.ts'
import { type KeptSession, keptSession, requireOpen } from './kept-session.ts'
import { redactedJson } from './redacted-json.ts'
import { ringAll, type SessionDeps } from './session-deps.ts'
import { childThreads } from './threads.ts'

/** Changes what is given; an event tells what changed. Throws `not_found_error`, `invalid_request_error`. */
export async function updateSession(
  id: string,
  change: WireSessionChange,
  deps: SessionDeps,
): Promise<WireSession> {
  const { value: given } = await redactedJson(change, deps.redact)
  return acted(id, 'session.updated', deps, (kept, at) => {
    requireOpen(kept)
    const present = kept.wire
    requireIdleAgent(present, given)
    const fields = changedFields(present, given)
    if (Object.keys(fields).length === 0) return null
    return { changed: { ...present, ...fields, updated_at: at }, event: shownFields(fields) }
  })
}

/** Ends a session for good; again changes nothing. Throws as `updateSession`, and while it is running. */
export function archiveSession(id: string, deps: SessionDeps): Promise<WireSession> {
  return acted(id, 'session.archived', deps, (kept, at) => {
    if (kept.wire.archived_at !== null) return null
    requireNotRunning(kept.wire)
    const ended = { status: 'terminated', archived_at: at, updated_at: at } as const
    return { changed: { ...kept.wire, ...ended }, event: { type: 'session.status_terminated' } }
  })
}

/** Removes a session with its events, threads and transcripts. Throws as `archiveSession`. */
export async function removeSession(id: string, deps: SessionDeps): Promise<void> {
  const streams = await deps.storage.transaction(async (tx) => {
    const { wire } = await keptSession(tx, id)
    requireNotRunning(wire)
    const threads = await childThreads(tx, id)
    const gone = [sessionStream(id), ...threads.map((thread) => threadStream(thread.id))]
    for (const stream of gone) await tx.logs.remove(stream)
    for (const thread of threads) await tx.documents.remove('thread', thread.id)
    await tx.documents.remove('session', id)
    await tx.sessions.remove(id as SessionId)
    await leaveTrace(tx, 'session.removed', id, deps)
    return gone
  })
  ringAll(deps, streams)
}

type ToldEvent = { readonly type: WireEventType; readonly [field: string]: unknown }

interface Act {
  readonly changed: WireSession
  readonly event: ToldEvent
}

/** One change of a session with the event that tells of it; null = nothing changes. */
async function acted(
  id: string,
  act: AuditAct,
  deps: SessionDeps,
  decide: (kept: KeptSession, at: string) => Act | null,
): Promise<WireSession> {
  const { session, streams } = await deps.storage.transaction(async (tx) => {
    const kept = await keptSession(tx, id)
    const at = deps.now().toISOString()
    const decided = decide(kept, at)
    if (decided === null) return { session: kept.wire, streams: [] }
    const event = { ...decided.event, id: deps.newId('sevt'), processed_at: at }
    const placed = [{ event, threadId: null, agentName: null, line: 1 }]
    const appended = await appendEvents(tx, kept, placed, decided.changed)
    await leaveTrace(tx, act, id, deps)
    return appended
  })
  ringAll(deps, streams)
  return session
}

async function leaveTrace(
  tx: Storage,
  act: AuditAct,
  id: string,
  deps: SessionDeps,
): Promise<void> {
  const at = deps.now().toISOString()
  await audit(tx, { act, subject: id, by: deps.caller.actor, at }, deps.newId)
}

type ChangedFields = Partial<Pick<WireSession, 'title' | 'metadata' | 'budget' | 'agent'>>

function changedFields(present: WireSession, change: WireSessionChange): ChangedFields {
  const metadata = patchedMetadata(present.metadata, change.metadata ?? {})
  assertMetadata(metadata)
  const { tools, mcp_servers } = change.agent ?? {}
  const wanted = {
    title: change.title === undefined ? present.title : change.title,
    metadata,
    budget: budgetAfter(present, change),
    agent: {
      ...present.agent,
      ...(tools === undefined ? {} : { tools: resolvedTools(tools) }),
      ...(mcp_servers === undefined ? {} : { mcp_servers }),
    },
  }
  const names = ['title', 'metadata', 'budget', 'agent'] as const
  return Object.fromEntries(
    names
      .filter((name) => canonicalJson(wanted[name]) !== canonicalJson(present[name]))
      .map((name) => [name, wanted[name]]),
  )
}

/** Metadata that became empty is not told, as on the wire. */
function shownFields(fields: ChangedFields): ToldEvent {
  const { metadata = {}, ...rest } = fields
  const told = Object.keys(metadata).length === 0 ? rest : fields
  return { type: 'session.updated', ...told }
}

function budgetAfter(
  { budget, id }: WireSession,
  change: WireSessionChange,
): WireSession['budget'] {
  if (change.budget === undefined) return budget
  if (change.budget !== null && budget === null) {
    throw new ReverieError(
      'invalid_request_error',
      `The session "${id}" was made without a budget.`,
      {
        next: 'Give the budget when the session is made.',
        details: { reason: 'budget_create_only' },
      },
    )
  }
  return change.budget
}

function requireIdleAgent(session: WireSession, change: WireSessionChange): void {
  if (change.agent !== undefined) requireNotRunning(session)
}

function requireNotRunning({ id, status }: WireSession): void {
  if (status !== 'running' && status !== 'rescheduling') return
  throw new ReverieError('invalid_request_error', `The session "${id}" is running.`, {
    next: 'Wait until it is idle; a dream can be canceled.',
  })
}
