import { notFound, ReverieError } from '../../core/errors.ts'
import { canonicalJson, type NewId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { audit } from '../../engine/workspace/audit.ts'
import type { Document, DocumentQuery, Page, PageQuery, Storage } from '../../storage/storage.ts'
import type {
  AgentSettings,
  WireAgent,
  WireAgentChange,
  WireAgentDraft,
} from '../../wire/agents.ts'
import { changedSettings, settingsOf } from './agent-settings.ts'

/** What the acts on agents need; `storage` is seen from the workspace. */
export interface AgentDeps {
  readonly storage: Storage
  readonly now: () => Date
  readonly newId: NewId
}

const ARCHIVED = 'archived:true'

/** Keeps a new agent as its version 1. */
export function createAgent(draft: WireAgentDraft, by: Actor, deps: AgentDeps): Promise<WireAgent> {
  const at = deps.now().toISOString()
  const agent: WireAgent = {
    id: deps.newId('agent'),
    type: 'agent',
    version: 1,
    ...settingsOf(draft),
    created_at: at,
    updated_at: at,
    archived_at: null,
  }
  return deps.storage.transaction(async (tx) => {
    await keepVersion(tx, agent)
    await keep(tx, agent)
    await audit(tx, { act: 'agent.created', subject: agent.id, by, at }, deps.newId)
    return agent
  })
}

/** The agent as it is now, or as one of its versions; `not_found_error`. */
export async function agentAt(storage: Storage, id: string, version?: number): Promise<WireAgent> {
  const agent = agentOf(await storage.documents.get('agent', id))
  if (agent === null) throw notFound('agent', id)
  if (version === undefined || version === agent.version) return agent
  const past = agentOf(await storage.documents.get('agent_version', versionId(id, version)))
  if (past === null) throw notFound('agent version', `${id}, version ${version}`)
  return { ...past, archived_at: agent.archived_at }
}

/** What an agent is called; null = none has this id. */
export async function agentName(storage: Storage, id: string): Promise<string | null> {
  return agentOf(await storage.documents.get('agent', id))?.name ?? null
}

/** Newest first. */
export async function pageOfAgents(
  storage: Storage,
  query: Pick<DocumentQuery, 'limit' | 'after' | 'created'> & { readonly withArchived: boolean },
): Promise<Page<WireAgent>> {
  const { withArchived, ...rest } = query
  const none = withArchived ? {} : { none: [ARCHIVED] }
  return agentsOf(await storage.documents.page({ ...rest, kind: 'agent', ...none }))
}

/** Every version of an agent, newest first; `not_found_error`. */
export async function pageOfAgentVersions(
  storage: Storage,
  id: string,
  query: PageQuery,
): Promise<Page<WireAgent>> {
  const { archived_at } = await agentAt(storage, id)
  const page = await storage.documents.page({
    ...query,
    kind: 'agent_version',
    all: [versionTag(id)],
  })
  const { items, ...places } = agentsOf(page)
  return { ...places, items: items.map((agent) => ({ ...agent, archived_at })) }
}

/**
 * Makes the next version; a change that changes nothing makes none. Throws `conflict_error` where
 * the change is meant for another version, `invalid_request_error` for an archived agent.
 */
export function updateAgent(
  id: string,
  { version, ...change }: WireAgentChange,
  by: Actor,
  deps: AgentDeps,
): Promise<WireAgent> {
  return deps.storage.transaction(async (tx) => {
    const present = await agentAt(tx, id)
    if (present.archived_at !== null) {
      throw new ReverieError('invalid_request_error', `The agent "${id}" is archived.`, {
        next: 'Make a new agent: an archived one stays as it is.',
      })
    }
    if (version !== undefined && version !== present.version) throw staleVersion(present, version)
    const settings = changedSettings(present, change)
    if (canonicalJson(settings) === canonicalJson(pick(present))) return present
    const at = deps.now().toISOString()
    const next = { ...present, ...settings, version: present.version + 1, updated_at: at }
    await keepVersion(tx, next)
    await keep(tx, next)
    await audit(tx, { act: 'agent.updated', subject: id, by, at }, deps.newId)
    return next
  })
}

/** Archiving again keeps the first time. */
export function archiveAgent(id: string, by: Actor, deps: AgentDeps): Promise<WireAgent> {
  return deps.storage.transaction(async (tx) => {
    const present = await agentAt(tx, id)
    if (present.archived_at !== null) return present
    const at = deps.now().toISOString()
    const archived = { ...present, archived_at: at }
    await keep(tx, archived)
    await audit(tx, { act: 'agent.archived', subject: id, by, at }, deps.newId)
    return archived
  })
}

async function keep(tx: Storage, agent: WireAgent): Promise<void> {
  await tx.documents.put({
    kind: 'agent',
    id: agent.id,
    tags: agent.archived_at === null ? [] : [ARCHIVED],
    createdAt: agent.created_at,
    body: JSON.stringify(agent),
  })
}

async function keepVersion(tx: Storage, agent: WireAgent): Promise<void> {
  await tx.documents.put({
    kind: 'agent_version',
    id: versionId(agent.id, agent.version),
    tags: [versionTag(agent.id)],
    createdAt: agent.updated_at,
    body: JSON.stringify(agent),
  })
}

const versionId = (id: string, version: number): string => `${id}:${version}`
const versionTag = (id: string): string => `agent:${id}`

function agentOf(document: Document | null): WireAgent | null {
  return document === null ? null : (JSON.parse(document.body) as WireAgent)
}

function agentsOf({ items, next, last }: Page<Document>): Page<WireAgent> {
  return { items: items.map(({ body }) => JSON.parse(body) as WireAgent), next, last }
}

function pick(agent: WireAgent): AgentSettings {
  const { id, type, version, created_at, updated_at, archived_at, ...settings } = agent
  return settings
}

function staleVersion({ id, version }: WireAgent, expected: number): ReverieError {
  return new ReverieError(
    'conflict_error',
    `The agent "${id}" is at version ${version}, the change is meant for ${expected}.`,
    { next: 'Retrieve it, then change what it is now.' },
  )
}
