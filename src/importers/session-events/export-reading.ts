import { basename } from 'node:path'
import { type Audience, LOCAL_AUDIENCE, parseAudience } from '../../core/audience.ts'
import { derivedId, type SessionEventId, type SessionId } from '../../core/ids.ts'
import type { EventLabel } from '../../core/session-event.ts'
import { isTrust } from '../../core/trust.ts'
import type { ImportedSession } from '../importer.ts'
import { asObject, asText, compactJson, type JsonObject } from '../json-value.ts'
import { CalledTools } from '../saying/said.ts'
import { type DraftContext, SessionDraft } from '../session-draft.ts'
import { statedOutcome } from '../stated-outcome.ts'
import { utcTime } from '../utc-time.ts'
import { type ExportItem, isEventType } from './export-items.ts'
import { saidByEvent } from './wire-said.ts'

interface OpenSession {
  readonly draft: SessionDraft
  readonly name: string
  readonly called: CalledTools
  readonly userId: string | null
  readonly agentId: string | null
  /** The names of agents by the ids of their threads. */
  readonly agentOf: Map<string, string>
  readonly seen: Set<string>
  /** As many events as were told, for those that have no id. */
  told: number
}

/** The name of an agent whose thread the source only uses, as imports over the wire give it. */
const UNNAMED_AGENT = 'imported'

/** Gathers the events of an export by their sessions, each once. */
export class ExportReading {
  readonly #context: DraftContext
  readonly #sessions = new Map<SessionId, OpenSession>()
  #current: OpenSession | null = null
  #threadId: string | null = null

  constructor(context: DraftContext) {
    this.#context = context
  }

  async readItem(item: ExportItem): Promise<void> {
    const { tally } = this.#context
    switch (item.kind) {
      case 'session':
        this.#current = await this.#open(item.fields)
        this.#threadId = null
        return tally.skip('header')
      case 'thread':
        this.#openThread(item.fields)
        return tally.skip('header')
      case 'event':
        return this.#readEvent(item.fields, item.line)
      case 'other':
        return tally.skipBad('not an event', item.line)
    }
  }

  async finish(): Promise<readonly ImportedSession[]> {
    const sessions: ImportedSession[] = []
    for (const { draft, name } of this.#sessions.values()) {
      if (draft.size > 0) sessions.push(await draft.finish(name))
    }
    return sessions
  }

  async #readEvent(event: JsonObject, line: number): Promise<void> {
    const { tally } = this.#context
    if (!isEventType(event.type)) return tally.skip('no content', event.type)
    this.#current ??= await this.#open({ id: this.#idOfEvents(event) })
    const session = this.#current
    const { draft } = session
    session.told += 1
    const id = eventId(event, draft.id, session.told - 1)
    if (session.seen.has(id)) return tally.skip('repeated')
    session.seen.add(id)
    if (event.type === 'session.thread_created') this.#noteThread(session, event, event.agent_name)
    const said = saidByEvent(withOwnIds(event, id, draft.id), session.called)
    if (said === null) return tally.skip('no content', event.type)
    const threadId = this.#threadOf(event, draft.id)
    const agentId =
      asText(event.agent_id) ??
      (threadId === null ? session.agentId : (session.agentOf.get(threadId) ?? UNNAMED_AGENT))
    const isPersons = said.speaker === 'user'
    await draft.add({
      ...said,
      ...labelIn(event),
      id,
      at: utcTime(event.processed_at) ?? utcTime(event.created_at),
      userId: isPersons ? (asText(event.user_id) ?? session.userId) : null,
      agentId: isPersons ? null : agentId,
      threadId,
      line,
    })
    tally.countRead()
  }

  /** Events without a session are known by the first of them. */
  #idOfEvents(first: JsonObject): string {
    return `of ${asText(first.id) ?? `${basename(this.#context.sourcePath)} ${compactJson(first)}`}`
  }

  async #open(fields: JsonObject): Promise<OpenSession> {
    const id = ownSessionId(asText(fields.id) ?? compactJson(fields))
    const known = this.#sessions.get(id)
    if (known !== undefined) return known
    const metadata = { ...fields, ...asObject(fields.metadata) }
    const audience = audienceIn(metadata)
    const draft = new SessionDraft(this.#context, id, null, audience)
    const title = asText(fields.title)
    if (title !== null) await draft.titled(title)
    const outcome = statedOutcome({ ...metadata, reward: numberIn(metadata.reward) })
    if (outcome !== null) await draft.endedAs(outcome)
    const agent = asObject(fields.agent)
    const session: OpenSession = {
      draft,
      name: title ?? basename(this.#context.sourcePath),
      called: new CalledTools(),
      userId: asText(metadata.user_id),
      agentId: asText(agent?.id) ?? asText(fields.agent_id) ?? asText(fields.agent_name),
      agentOf: new Map(),
      seen: new Set(),
      told: 0,
    }
    this.#sessions.set(id, session)
    return session
  }

  #openThread(fields: JsonObject): void {
    const sessionId = asText(fields.session_id)
    const session = sessionId === null ? null : this.#sessions.get(ownSessionId(sessionId))
    this.#current = session ?? this.#current
    const isPrimary = (fields.parent_thread_id ?? null) === null
    const id = asText(fields.id)
    this.#threadId = isPrimary ? null : id
    if (this.#current !== null && id !== null) {
      const name = asObject(fields.agent)?.name
      this.#noteThread(this.#current, { session_thread_id: id }, name)
    }
  }

  #noteThread({ agentOf, draft }: OpenSession, event: JsonObject, name: unknown): void {
    const id = asText(event.session_thread_id)
    if (id !== null) agentOf.set(ownThreadId(draft.id, id), asText(name) ?? UNNAMED_AGENT)
  }

  /** What tells of threads belongs to the session itself, whatever thread it names. */
  #threadOf(event: JsonObject, sessionId: SessionId): string | null {
    const id = asText(event.session_thread_id) ?? asText(event.thread_id) ?? this.#threadId
    return id === null ? null : ownThreadId(sessionId, id)
  }
}

function eventId(event: JsonObject, sessionId: SessionId, ordinal: number): SessionEventId {
  const id = asText(event.id)
  return id === null
    ? derivedId('sevt', sessionId, String(ordinal), compactJson(event))
    : ownEventId(id, sessionId)
}

const CALLS = ['tool_use_id', 'mcp_tool_use_id', 'custom_tool_use_id'] as const

/** The event with its own id and those of the calls that it answers as they are here. */
function withOwnIds(event: JsonObject, id: string, sessionId: SessionId): JsonObject {
  const own: Record<string, unknown> = { ...event, id }
  for (const field of CALLS) {
    const useId = asText(event[field])
    if (useId !== null) own[field] = ownEventId(useId, sessionId)
  }
  return own
}

/** Ids as the server gives them: those of its own form stay. */
function ownSessionId(id: string): SessionId {
  return isOwn('sesn', id) ? (id as SessionId) : derivedId('sesn', 'imported', id)
}

function ownEventId(id: string, sessionId: SessionId): SessionEventId {
  return isOwn('sevt', id) ? (id as SessionEventId) : derivedId('sevt', sessionId, id)
}

function ownThreadId(sessionId: SessionId, id: string): string {
  return isOwn('sthr', id) ? id : derivedId('sthr', sessionId, id)
}

function isOwn(prefix: string, id: string): boolean {
  return id.startsWith(`${prefix}_`) && /^[A-Za-z0-9_-]{1,128}$/.test(id)
}

function labelIn({ audience, trust }: JsonObject): { readonly label?: EventLabel } {
  const label: EventLabel = {
    ...(typeof audience === 'string' ? { audience: audienceOf(audience) } : {}),
    ...(isTrust(trust) ? { trust } : {}),
  }
  return Object.keys(label).length === 0 ? {} : { label }
}

function audienceIn({ audience }: JsonObject): Audience | null {
  return typeof audience === 'string' ? audienceOf(audience) : null
}

/** An audience in no known form is nobody's but the local principal's. */
function audienceOf(audience: string): Audience {
  return parseAudience(audience) ?? LOCAL_AUDIENCE
}

/** Values of metadata are texts. */
function numberIn(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value
}
