import { isReverieError } from '../../core/errors.ts'
import { derivedId, type MemoryStoreId, type SessionId } from '../../core/ids.ts'
import { audit } from '../../engine/workspace/audit.ts'
import type { Storage } from '../../storage/storage.ts'
import { type ImportedSession, STATED_FIELDS } from '../../wire/session-events/session-import.ts'
import type { WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import { attachedStore, type WireSessionResource } from '../../wire/session-resources.ts'
import {
  namedAgent,
  newSession,
  type WireSession,
  type WireSessionAgent,
} from '../../wire/sessions.ts'
import { childThread } from '../../wire/threads.ts'
import { agentAt } from '../agents/agents.ts'
import { snapshotOf } from '../sessions/agent-snapshot.ts'
import { type Appended, appendEvents, type PlacedEvent } from '../sessions/append-events.ts'
import { coreSession, keepSession, keptSession, requireOpen } from '../sessions/kept-session.ts'
import { redactedJson } from '../sessions/redacted-json.ts'
import type { SessionDeps } from '../sessions/session-deps.ts'
import { keepThread, primaryThreadId } from '../sessions/threads.ts'
import type { ImportReport } from './import-report.ts'

/** A session that imported events go to. */
export interface OpenedSession {
  readonly id: SessionId
}

/** What an imported session shows where the source names no agent or environment. */
const SOURCE_NAME = 'imported'
export const IMPORTED_ENVIRONMENT = 'env_imported'

/**
 * The session of an id, made where there is none. One that is there stays as it is. Throws
 * `invalid_request_error` for one that takes no events.
 */
export async function openImported(
  given: ImportedSession,
  id: SessionId,
  deps: SessionDeps,
  report: ImportReport,
): Promise<OpenedSession> {
  const { storage, redact, newId, caller } = deps
  const texts = await redactedJson(
    { title: given.title ?? null, metadata: metadataOf(given) },
    redact,
  )
  report.redacted(texts.kinds)
  const resources = await storesOf(storage, given.memory_store_ids ?? [])
  const agent = await agentOf(storage, given)
  const at = deps.now().toISOString()
  const created_at = given.created_at ?? at
  const environment_id = IMPORTED_ENVIRONMENT
  await storage.transaction(async (tx) => {
    if ((await tx.documents.get('session', id)) !== null)
      return requireOpen(await keptSession(tx, id))
    const known = await tx.sessions.get(id)
    const wire = newSession({ id, agent, environment_id, created_at, resources, ...texts.value })
    await tx.sessions.put(coreSession(wire, known))
    await keepSession(tx, { wire, isDreams: false, nextOrdinal: null })
    await audit(tx, { act: 'session.imported', subject: id, by: caller.actor, at }, newId)
  })
  return { id }
}

function metadataOf(given: ImportedSession): WireSession['metadata'] {
  const stated = STATED_FIELDS.flatMap((field) => {
    const value = given[field]
    return value == null ? [] : [[field, String(value)] as const]
  })
  return { ...given.metadata, ...Object.fromEntries(stated) }
}

/** The agent as it is here, else by the name that the source gives it. */
async function agentOf(storage: Storage, given: ImportedSession): Promise<WireSessionAgent> {
  const { agent_id: id, agent_name: name } = given
  if (id == null) {
    return namedAgent(derivedId('agent', SOURCE_NAME, name ?? ''), name ?? SOURCE_NAME)
  }
  try {
    return snapshotOf(await agentAt(storage, id))
  } catch (error) {
    if (isReverieError(error, 'not_found_error')) return namedAgent(id, name ?? id)
    throw error
  }
}

/** Attachments of the stores that are here; others were elsewhere. */
async function storesOf(
  storage: Storage,
  ids: readonly string[],
): Promise<readonly WireSessionResource[]> {
  const resources: WireSessionResource[] = []
  for (const id of new Set(ids)) {
    const store = await storage.stores.get(id as MemoryStoreId)
    if (store === null || store.folder !== null) continue
    const taken = new Set(resources.map(({ mount_path }) => mount_path))
    resources.push(attachedStore({ type: 'memory_store', memory_store_id: id }, store, taken))
  }
  return resources
}

/** Writes events with the threads that they name, atomically. */
export function keepEvents(
  opened: OpenedSession,
  events: readonly Omit<PlacedEvent, 'agentName'>[],
  { storage, now }: SessionDeps,
): Promise<Appended> {
  return storage.transaction(async (tx) => {
    const kept = await keptSession(tx, opened.id)
    requireOpen(kept)
    const at = now().toISOString()
    const placed = await withThreads(tx, kept.wire, events)
    return appendEvents(tx, kept, placed, { ...kept.wire, updated_at: at })
  })
}

/** Makes the threads that are new, with an event that tells of each, and names their agents. */
async function withThreads(
  tx: Storage,
  session: WireSession,
  events: readonly Omit<PlacedEvent, 'agentName'>[],
): Promise<readonly PlacedEvent[]> {
  const names = new Map<string, string>()
  const primary = primaryThreadId(session.id)
  const placed: PlacedEvent[] = []
  for (const { event, threadId: given, line } of events) {
    const threadId = given === primary ? null : given
    const told = event.type === 'session.thread_created' ? createdThread(event) : null
    const thread = told ?? (threadId === null ? null : { id: threadId, name: SOURCE_NAME })
    if (thread !== null && thread.id !== primary && !names.has(thread.id)) {
      const isNew = await madeThread(tx, session, thread, event)
      names.set(thread.id, thread.name)
      if (isNew && told === null) placed.push({ ...announced(session, thread, event), line })
    }
    const agentName = threadId === null ? null : (names.get(threadId) ?? SOURCE_NAME)
    placed.push({ event, threadId, agentName, line })
  }
  return placed
}

interface NamedThread {
  readonly id: string
  readonly name: string
}

function createdThread(event: WireSessionEvent): NamedThread {
  const name = typeof event.agent_name === 'string' ? event.agent_name : SOURCE_NAME
  return { id: String(event.session_thread_id), name }
}

/** False = it was there already. */
async function madeThread(
  tx: Storage,
  session: WireSession,
  { id, name }: NamedThread,
  event: WireSessionEvent,
): Promise<boolean> {
  if ((await tx.documents.get('thread', id)) !== null) return false
  const parent_thread_id = primaryThreadId(session.id)
  const created_at = event.processed_at ?? session.created_at
  const run = typeof event.workflow_run_id === 'string' ? event.workflow_run_id : null
  await keepThread(
    tx,
    childThread({ id, session_id: session.id, parent_thread_id, created_at }, name, run),
  )
  return true
}

/** What tells of a thread that the source only uses. */
function announced(
  session: WireSession,
  { id, name }: NamedThread,
  { processed_at }: WireSessionEvent,
): Omit<PlacedEvent, 'line'> {
  const event: WireSessionEvent = {
    id: derivedId('sevt', session.id, 'thread_created', id),
    type: 'session.thread_created',
    session_thread_id: id,
    agent_name: name,
    workflow_run_id: null,
    processed_at: processed_at ?? session.created_at,
  }
  return { event, threadId: null, agentName: null }
}
