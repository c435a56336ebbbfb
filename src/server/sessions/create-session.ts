import { notFound, ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import { audit } from '../../engine/workspace/audit.ts'
import type { Storage } from '../../storage/storage.ts'
import {
  attachedMount,
  attachedStore,
  type WireResourceDraft,
  type WireSessionResource,
  type WireStoreAttachment,
} from '../../wire/session-resources.ts'
import { newSession, type WireSession } from '../../wire/sessions.ts'
import type { WireSessionDraft } from '../../wire/sessions-requests.ts'
import { environmentAt } from '../environments/environments.ts'
import { agentSnapshot } from './agent-snapshot.ts'
import { appendEvents } from './append-events.ts'
import { coreSession, keepSession } from './kept-session.ts'
import { redactedJson } from './redacted-json.ts'
import { eventsOfTurn, withOutcomes } from './send-events.ts'
import { ringAll, type SessionDeps } from './session-deps.ts'

/**
 * Keeps a new session with its first events. Throws `not_found_error` for an agent, environment or
 * store that is not there, `invalid_request_error` for an archived one.
 */
export async function createSession(
  draft: WireSessionDraft,
  deps: SessionDeps,
): Promise<WireSession> {
  const { storage, redact, newId } = deps
  const at = deps.now().toISOString()
  const agent = await agentSnapshot(storage, draft.agent)
  await requireEnvironment(storage, draft.environment_id)
  const resources = await resourcesOf(storage, draft.resources ?? [], at, deps)
  const { title = null, metadata = {} } = draft
  const texts = await redactedJson({ title, metadata, resources }, redact)
  const session = newSession({
    id: newId('sesn'),
    agent,
    environment_id: draft.environment_id,
    created_at: at,
    vault_ids: draft.vault_ids ?? [],
    budget: draft.budget ?? null,
    ...texts.value,
  })
  const sent = draft.initial_events ?? []
  const events = sent.length === 0 ? [] : await eventsOfTurn(sent, at, deps)
  const { streams, opened } = await storage.transaction(async (tx) => {
    await tx.sessions.put(coreSession(session, null))
    await keepSession(tx, { wire: session, isDreams: false, nextOrdinal: 0 })
    const kept = { wire: session, isDreams: false, nextOrdinal: 0 }
    const appended = await appendEvents(tx, kept, events, withOutcomes(session, events))
    const act = { act: 'session.created', subject: session.id, by: deps.caller.actor, at } as const
    await audit(tx, act, newId)
    return { streams: appended.streams, opened: appended.session }
  })
  ringAll(deps, streams)
  return opened
}

async function requireEnvironment(storage: Storage, id: string): Promise<void> {
  const { archived_at } = await environmentAt(storage, id)
  if (archived_at === null) return
  throw new ReverieError('invalid_request_error', `The environment "${id}" is archived.`, {
    next: 'Use one that is not.',
    details: { error_code: 'environment_archived' },
  })
}

async function resourcesOf(
  storage: Storage,
  drafts: readonly WireResourceDraft[],
  at: string,
  { newId }: SessionDeps,
): Promise<readonly WireSessionResource[]> {
  const resources: WireSessionResource[] = []
  for (const draft of drafts) {
    const taken = new Set(resources.map(({ mount_path }) => mount_path))
    resources.push(
      draft.type === 'memory_store'
        ? await attached(storage, draft, taken)
        : attachedMount(draft, newId('sesrsc'), at),
    )
  }
  return resources
}

async function attached(
  storage: Storage,
  draft: WireStoreAttachment,
  taken: ReadonlySet<string>,
): Promise<WireSessionResource> {
  const id = draft.memory_store_id
  const store = await storage.stores.get(id as MemoryStoreId)
  if (store === null || store.folder !== null) throw notFound('memory store', id)
  if (store.archivedAt !== null) {
    throw new ReverieError('invalid_request_error', `The memory store "${id}" is archived.`, {
      next: 'An archived store is not attached to new sessions.',
    })
  }
  return attachedStore(draft, store, taken)
}
