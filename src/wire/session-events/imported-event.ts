import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { parseAudience } from '../../core/audience.ts'
import { derivedId, digestOf, type SessionId } from '../../core/ids.ts'
import { TRUST_TIERS } from '../../core/trust.ts'
import { instant } from '../page.ts'
import type { ContentBlock } from './content-blocks.ts'
import {
  SESSION_EVENT_VOCABULARY,
  type WireEventType,
  type WireSessionEvent,
} from './vocabulary.ts'

/** An event of another system: of any type, with the id, time and thread that it had there. */
export type ImportedEvent = {
  readonly type: WireEventType
  readonly id?: string | undefined
  readonly processed_at?: string | null | undefined
  readonly session_thread_id?: string | null | undefined
  readonly [field: string]: unknown
}

const reference = z.string().min(1).max(LIMITS.idCharsMax)
const thread = reference.nullable().optional()

/** Whose words they are and who may read them: each only narrows what is known of the session. */
const STATED = {
  audience: z
    .string()
    .refine((value) => parseAudience(value) !== null)
    .optional(),
  trust: z.enum(TRUST_TIERS).optional(),
  user_id: reference.nullable().optional(),
  agent_id: reference.nullable().optional(),
  /** Our word for `session_thread_id`. */
  thread_id: thread,
}

const block = z.looseObject({ type: z.string().min(1), text: z.string().optional() })

/** A text alone stands for one block of it. */
const content: z.ZodType<readonly ContentBlock[]> = z.preprocess(
  (value) => (typeof value === 'string' ? [{ type: 'text', text: value }] : value),
  z.array(block).max(LIMITS.contentBlocksMax),
)

const input = z.record(z.string(), z.unknown())
const isError = z.boolean().nullable().optional()

/** What a type needs so that it can be shown and read; all else is kept as it is. */
const NEEDED: Partial<Readonly<Record<WireEventType, z.ZodRawShape>>> = {
  'user.message': { content },
  'system.message': { content },
  'agent.message': { content },
  'user.tool_confirmation': { tool_use_id: reference, result: z.enum(['allow', 'deny']) },
  'user.custom_tool_result': {
    custom_tool_use_id: reference,
    content: content.optional(),
    is_error: isError,
  },
  'user.tool_result': { tool_use_id: reference, content: content.optional(), is_error: isError },
  'user.define_outcome': { description: z.string() },
  'agent.tool_use': { name: z.string().min(1), input },
  'agent.custom_tool_use': { name: z.string().min(1), input },
  'agent.mcp_tool_use': { name: z.string().min(1), mcp_server_name: z.string().min(1), input },
  'agent.tool_result': { tool_use_id: reference, content: content.optional(), is_error: isError },
  'agent.mcp_tool_result': {
    mcp_tool_use_id: reference,
    content: content.optional(),
    is_error: isError,
  },
  'agent.thread_message_sent': { to_session_thread_id: reference, content },
  'agent.thread_message_received': { from_session_thread_id: reference, content },
  'session.thread_created': { session_thread_id: reference },
  'session.thread_status_running': { session_thread_id: reference },
  'session.thread_status_idle': { session_thread_id: reference },
  'session.thread_status_rescheduled': { session_thread_id: reference },
  'session.thread_status_terminated': { session_thread_id: reference },
}

const SCHEMAS: ReadonlyMap<string, z.ZodType<ImportedEvent>> = new Map(
  SESSION_EVENT_VOCABULARY.map((type) => [type, schemaOf(type)]),
)

function schemaOf(type: WireEventType): z.ZodType<ImportedEvent> {
  return z.looseObject({
    session_thread_id: thread,
    ...STATED,
    ...NEEDED[type],
    type: z.literal(type),
    id: reference.optional(),
    processed_at: instant.nullable().optional(),
  })
}

/** For the OpenAPI document: an event is checked by its type, each by itself. */
export const importedEventSchema: z.ZodType<ImportedEvent> = z
  .looseObject({
    type: z.enum(SESSION_EVENT_VOCABULARY),
    id: reference.optional(),
    processed_at: z.string().nullable().optional(),
    session_thread_id: thread,
    ...STATED,
  })
  .meta({ id: 'ImportedSessionEvent' })

/** An event that can be kept, or why it cannot; the reason quotes nothing of it. */
export type CheckedEvent = { readonly event: ImportedEvent } | { readonly reason: string }

export function checkedEvent(value: unknown): CheckedEvent {
  const type = typeOf(value)
  if (type === null) return { reason: 'not an event' }
  const schema = SCHEMAS.get(type)
  if (schema === undefined) return { reason: 'unknown type' }
  const result = schema.safeParse(value)
  if (result.success) return { event: result.data }
  const field = result.error.issues[0]?.path[0]
  return { reason: typeof field === 'string' ? `bad ${field} in ${type}` : `bad ${type}` }
}

function typeOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null
  return typeof value.type === 'string' ? value.type : null
}

/** Fields that name other events or threads. */
const EVENT_REFERENCES: ReadonlySet<string> = new Set([
  'tool_use_id',
  'mcp_tool_use_id',
  'custom_tool_use_id',
  'model_request_start_id',
  'outcome_evaluation_start_id',
  'phase_started_id',
])
const THREAD_REFERENCES: ReadonlySet<string> = new Set([
  'session_thread_id',
  'to_session_thread_id',
  'from_session_thread_id',
])

/**
 * The event as it is kept: with an id of ours where it had none or another's, and with its references
 * rewritten alike. `ordinal` is its place in the session as it was sent.
 */
export function namedEvent(
  event: ImportedEvent,
  sessionId: SessionId,
  ordinal: number,
): WireSessionEvent {
  const id =
    event.id === undefined
      ? derivedId('sevt', sessionId, String(ordinal), digestOf(event))
      : ownEventId(sessionId, event.id)
  const { thread_id, ...rest } = event
  const placed = thread_id == null ? rest : { session_thread_id: thread_id, ...rest }
  const fields = Object.entries(placed).map(([key, value]): [string, unknown] => {
    if (typeof value !== 'string') return [key, value]
    if (EVENT_REFERENCES.has(key)) return [key, ownEventId(sessionId, value)]
    return [key, THREAD_REFERENCES.has(key) ? ownThreadId(sessionId, value) : value]
  })
  return { ...Object.fromEntries(fields), id, type: event.type }
}

function ownEventId(sessionId: SessionId, id: string): string {
  return isOwn('sevt', id) ? id : derivedId('sevt', sessionId, id)
}

export function ownThreadId(sessionId: SessionId, id: string): string {
  return isOwn('sthr', id) ? id : derivedId('sthr', sessionId, id)
}

/** The id under which a session of another system is kept. */
export function ownSessionId(id: string): SessionId {
  return (isOwn('sesn', id) ? id : derivedId('sesn', 'imported', id)) as SessionId
}

function isOwn(prefix: string, id: string): boolean {
  return id.startsWith(`${prefix}_`) && /^[A-Za-z0-9_-]+$/.test(id)
}

/** What tells of threads belongs to the session's own stream, whatever thread it names. */
export function isOfThreads({ type }: WireSessionEvent): boolean {
  return type.startsWith('session.')
}
