import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { messageContentSchema, resultContentSchema, textContentSchema } from './content-blocks.ts'

/** Types that a client may send; nobody sends what an agent did (import it). */
export type SentEventType =
  | 'user.message'
  | 'user.interrupt'
  | 'user.tool_confirmation'
  | 'user.custom_tool_result'
  | 'user.tool_result'
  | 'user.define_outcome'
  | 'system.message'

/** An event as a client sends it: without an id; the fields beside `type` depend on it. */
export type SentEvent = { readonly type: SentEventType; readonly [field: string]: unknown }

const reference = z.string().min(1).max(LIMITS.idCharsMax)
const flagOrNull = z.boolean().nullable().optional()

const userMessage = z.strictObject({
  type: z.literal('user.message'),
  content: messageContentSchema,
})

const interrupt = z.strictObject({
  type: z.literal('user.interrupt'),
  session_thread_id: reference.nullable().optional(),
})

const toolConfirmation = z
  .strictObject({
    type: z.literal('user.tool_confirmation'),
    tool_use_id: reference,
    result: z.enum(['allow', 'deny']),
    deny_message: z.string().nullable().optional(),
  })
  .refine(
    ({ result, deny_message }) => result === 'deny' || (deny_message ?? null) === null,
    'deny_message belongs to a `deny`',
  )

const customToolResult = z.strictObject({
  type: z.literal('user.custom_tool_result'),
  custom_tool_use_id: reference,
  content: resultContentSchema.optional(),
  is_error: flagOrNull,
})

const toolResult = z.strictObject({
  type: z.literal('user.tool_result'),
  tool_use_id: reference,
  content: resultContentSchema.optional(),
  is_error: flagOrNull,
})

const rubric = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    content: z.string().min(1).max(LIMITS.rubricCharsMax),
  }),
  z.strictObject({ type: z.literal('file'), file_id: reference }),
])

const defineOutcome = z.strictObject({
  type: z.literal('user.define_outcome'),
  description: z.string().min(1),
  rubric,
  max_iterations: z.int().min(1).max(LIMITS.outcomeIterationsMax).nullable().optional(),
})

const systemMessage = z.strictObject({
  type: z.literal('system.message'),
  content: textContentSchema,
})

const sentEvent = z.discriminatedUnion('type', [
  userMessage,
  interrupt,
  toolConfirmation,
  customToolResult,
  toolResult,
  defineOutcome,
  systemMessage,
])

/** What a `system.message` may follow. */
const ACCOMPANIED: ReadonlySet<SentEventType> = new Set([
  'user.message',
  'user.tool_result',
  'user.custom_tool_result',
])

/** Body of `POST /v1/sessions/{id}/events`. */
export interface WireEventsToSend {
  readonly events: readonly SentEvent[]
}

export const eventsToSendSchema: z.ZodType<WireEventsToSend> = z
  .strictObject({
    events: z
      .array(sentEvent)
      .min(1)
      .max(LIMITS.eventsPerRequestMax)
      .refine(
        isSystemMessageLast,
        'a system.message is the last event, at most one, right behind a user.message or a tool result',
      ),
  })
  .meta({ id: 'SessionEventsToSend' })

function isSystemMessageLast(events: readonly SentEvent[]): boolean {
  const at = events.findIndex(({ type }) => type === 'system.message')
  if (at === -1) return true
  const before = events[at - 1]
  return at === events.length - 1 && before !== undefined && ACCOMPANIED.has(before.type)
}

/** Events that a session may open with. */
export const initialEventsSchema: z.ZodType<readonly SentEvent[]> = z
  .array(z.discriminatedUnion('type', [userMessage, defineOutcome]))
  .max(LIMITS.initialEventsMax)
