import { z } from 'zod'
import { type Metadata, wireMetadataSchema } from './metadata.ts'
import { sessionResourceSchema, type WireSessionResource } from './session-resources.ts'

export const SESSION_STATUSES = ['rescheduling', 'running', 'idle', 'terminated'] as const

export type SessionStatus = (typeof SESSION_STATUSES)[number]

/** The agent as it was when the session was made; the fields beside these are the agent's own. */
export type WireSessionAgent = {
  readonly type: 'agent'
  readonly id: string
  readonly version: number
  readonly name: string
  readonly [field: string]: unknown
}

export interface WireBudget {
  readonly type: 'limit'
  readonly max_list_cost: { readonly amount: string; readonly currency: 'USD' }
}

export interface WireOutcomeEvaluation {
  readonly type: 'outcome_evaluation'
  readonly outcome_id: string
  readonly description: string
  readonly iteration: number
  readonly result: string
  readonly explanation: string | null
  readonly completed_at: string | null
}

/** Tokens; absent = unknown. */
export interface WireSessionUsage {
  readonly input_tokens?: number | undefined
  readonly output_tokens?: number | undefined
  readonly cache_read_input_tokens?: number | undefined
  readonly cache_creation?:
    | {
        readonly ephemeral_1h_input_tokens?: number | undefined
        readonly ephemeral_5m_input_tokens?: number | undefined
      }
    | undefined
  readonly active_seconds?: number | undefined
}

export interface WireSessionStats {
  readonly active_seconds?: number | undefined
  readonly duration_seconds?: number | undefined
}

/** The wire's session: all its keys, always. Times are ISO 8601 UTC. */
export interface WireSession {
  readonly id: string
  readonly type: 'session'
  readonly agent: WireSessionAgent
  readonly environment_id: string
  readonly title: string | null
  readonly status: SessionStatus
  readonly metadata: Metadata
  readonly resources: readonly WireSessionResource[]
  readonly vault_ids: readonly string[]
  readonly budget: WireBudget | null
  readonly outcome_evaluations: readonly WireOutcomeEvaluation[]
  readonly stats: WireSessionStats
  readonly usage: WireSessionUsage
  readonly deployment_id: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at: string | null
}

const count = z.number().min(0)

export const sessionAgentSchema: z.ZodType<WireSessionAgent> = z
  .looseObject({
    type: z.literal('agent'),
    id: z.string(),
    version: z.int().min(0),
    name: z.string(),
  })
  .meta({ id: 'SessionAgent' })

/** A budget as it is given. It is no component: one that may be null would be null everywhere. */
export const givenBudgetSchema: z.ZodType<WireBudget> = z.strictObject({
  type: z.literal('limit'),
  max_list_cost: z.strictObject({
    amount: z.string().regex(/^(?:0|[1-9]\d{0,14})$/, 'an amount in cents, in plain digits'),
    currency: z.literal('USD'),
  }),
})

const budget = z.union([givenBudgetSchema.meta({ id: 'SessionBudget' }), z.null()])

const outcomeEvaluation = z.strictObject({
  type: z.literal('outcome_evaluation'),
  outcome_id: z.string(),
  description: z.string(),
  iteration: z.int().min(0),
  result: z.string(),
  explanation: z.string().nullable(),
  completed_at: z.string().nullable(),
})

export const sessionUsageSchema: z.ZodType<WireSessionUsage> = z.looseObject({
  input_tokens: count.optional(),
  output_tokens: count.optional(),
  cache_read_input_tokens: count.optional(),
  cache_creation: z
    .strictObject({
      ephemeral_1h_input_tokens: count.optional(),
      ephemeral_5m_input_tokens: count.optional(),
    })
    .optional(),
  active_seconds: count.optional(),
})

export const sessionStatsSchema: z.ZodType<WireSessionStats> = z.looseObject({
  active_seconds: count.optional(),
  duration_seconds: count.optional(),
})

export const wireSessionSchema: z.ZodType<WireSession> = z
  .strictObject({
    id: z.string(),
    type: z.literal('session'),
    agent: sessionAgentSchema,
    environment_id: z.string(),
    title: z.string().nullable(),
    status: z.enum(SESSION_STATUSES),
    metadata: wireMetadataSchema,
    resources: z.array(sessionResourceSchema),
    vault_ids: z.array(z.string()),
    budget,
    outcome_evaluations: z.array(outcomeEvaluation),
    stats: sessionStatsSchema,
    usage: sessionUsageSchema,
    deployment_id: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    archived_at: z.string().nullable(),
  })
  .meta({ id: 'Session' })

/** A list of sessions can be walked backwards too. */
export interface WireSessionPage {
  readonly data: readonly WireSession[]
  readonly next_page: string | null
  readonly prev_page: string | null
}

export const sessionPageSchema: z.ZodType<WireSessionPage> = z
  .strictObject({
    data: z.array(wireSessionSchema),
    next_page: z.string().nullable(),
    prev_page: z.string().nullable(),
  })
  .meta({ id: 'SessionList' })

export interface WireDeletedSession {
  readonly id: string
  readonly type: 'session_deleted'
}

export const deletedSessionSchema: z.ZodType<WireDeletedSession> = z
  .strictObject({ id: z.string(), type: z.literal('session_deleted') })
  .meta({ id: 'DeletedSession' })

/** Marks the session in which a dream shows its work: not listed, never posted to. */
export const DREAM_TAG = 'dream'
export const ARCHIVED_TAG = 'archived'

/**
 * Tags of a session's document (kind `session`, id = the session's, body = the session as JSON):
 * `agent:<id>`, `agent_version:<id>@<n>`, `status:<status>`, `store:<id>` for each memory store,
 * `archived`, and `dream` for a dream's own.
 */
export function sessionTags(session: WireSession, isDreams: boolean): readonly string[] {
  const { agent, resources, status } = session
  return [
    `agent:${agent.id}`,
    `agent_version:${agent.id}@${agent.version}`,
    `status:${status}`,
    ...resources.flatMap((resource) =>
      resource.type === 'memory_store' ? [`store:${resource.memory_store_id}`] : [],
    ),
    ...(session.archived_at === null ? [] : [ARCHIVED_TAG]),
    ...(isDreams ? [DREAM_TAG] : []),
  ]
}

/** The streams of a session's log: what the session shows, and the whole of one child thread. */
export function sessionStream(sessionId: string): string {
  return `session:${sessionId}`
}

export function threadStream(threadId: string): string {
  return `thread:${threadId}`
}

/** A session that has just begun, with nothing attached. */
export function newSession(
  given: Pick<WireSession, 'id' | 'agent' | 'environment_id' | 'created_at'> & Partial<WireSession>,
): WireSession {
  const tokens = { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0 }
  const cached = { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 }
  return {
    type: 'session',
    title: null,
    status: 'idle',
    metadata: {},
    resources: [],
    vault_ids: [],
    budget: null,
    outcome_evaluations: [],
    stats: { active_seconds: 0 },
    usage: { ...tokens, cache_creation: cached, active_seconds: 0 },
    deployment_id: null,
    updated_at: given.created_at,
    archived_at: null,
    ...given,
  }
}

/**
 * The agent of a session whose own is not kept here: a dream's, or one of a transcript. The version
 * is 0, which no agent has.
 */
export function namedAgent(id: string, name: string): WireSessionAgent {
  return {
    type: 'agent',
    id,
    version: 0,
    name,
    description: null,
    model: { id: 'unknown' },
    system: null,
    tools: [],
    mcp_servers: [],
    skills: [],
    multiagent: null,
    execution_identity: { type: 'service_account' },
  }
}
