import { z } from 'zod'

/** Every type of event that a session can hold. */
export const SESSION_EVENT_VOCABULARY = [
  'user.message',
  'user.interrupt',
  'user.tool_confirmation',
  'user.custom_tool_result',
  'user.tool_result',
  'user.define_outcome',
  'system.message',
  'agent.message',
  'agent.thinking',
  'agent.tool_use',
  'agent.tool_result',
  'agent.mcp_tool_use',
  'agent.mcp_tool_result',
  'agent.custom_tool_use',
  'agent.thread_message_sent',
  'agent.thread_message_received',
  'agent.thread_context_compacted',
  'session.error',
  'session.status_running',
  'session.status_idle',
  'session.status_rescheduled',
  'session.status_terminated',
  'session.thread_created',
  'session.thread_status_running',
  'session.thread_status_idle',
  'session.thread_status_rescheduled',
  'session.thread_status_terminated',
  'session.updated',
  'session.deleted',
  'session.usage',
  'span.model_request_start',
  'span.model_request_end',
  'span.outcome_evaluation_start',
  'span.outcome_evaluation_ongoing',
  'span.outcome_evaluation_end',
  'workflow_run.created',
  'workflow_run.status_running',
  'workflow_run.status_idle',
  'workflow_run.status_ended',
  'workflow_run.error',
  'workflow_run.phase_started',
  'workflow_run.phase_ended',
] as const

export type WireEventType = (typeof SESSION_EVENT_VOCABULARY)[number]

/** An event as the wire shows it; the fields beside these depend on its type. */
export type WireSessionEvent = {
  readonly id: string
  readonly type: WireEventType
  readonly processed_at?: string | null | undefined
  readonly [field: string]: unknown
}

export const wireEventTypeSchema: z.ZodType<WireEventType> = z.enum(SESSION_EVENT_VOCABULARY)

export const wireSessionEventSchema: z.ZodType<WireSessionEvent> = z
  .looseObject({
    id: z.string(),
    type: wireEventTypeSchema,
    processed_at: z.string().nullable().optional(),
  })
  .meta({ id: 'SessionEvent' })

/** Answer to events that were sent. */
export interface WireSentEvents {
  readonly data: readonly WireSessionEvent[]
}

export const wireSentEventsSchema: z.ZodType<WireSentEvents> = z
  .strictObject({ data: z.array(wireSessionEventSchema) })
  .meta({ id: 'SentSessionEvents' })

/** What `session.status_idle` tells of why it stopped. */
export interface WireStopDetails {
  readonly type: 'no_agent'
  readonly category: null
  readonly explanation: string
}

/**
 * Said after every message: nobody will answer it. It has the keys that clients read of a refusal's
 * details, under a type of its own, so that none takes it for a refusal or an error.
 */
export const NO_AGENT: WireStopDetails = {
  type: 'no_agent',
  category: null,
  explanation: 'Reverie runs no agents: the events are stored, and a dream can read them.',
}

/** The event that ends every turn here. */
export function idleEvent(id: string, at: string): WireSessionEvent {
  return {
    id,
    type: 'session.status_idle',
    stop_reason: { type: 'end_turn' },
    stop_details: NO_AGENT,
    processed_at: at,
  }
}
