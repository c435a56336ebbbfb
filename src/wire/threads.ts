import { z } from 'zod'
import { type Fields, type PageFields, pageFields, pageSchema, type WirePage } from './page.ts'
import {
  SESSION_STATUSES,
  type SessionStatus,
  sessionStatsSchema,
  sessionUsageSchema,
  type WireSession,
  type WireSessionStats,
  type WireSessionUsage,
} from './sessions.ts'

/** The agent of a thread: that of the session, or one without a resource of its own. */
export type WireThreadAgent = {
  readonly type: 'agent' | 'inline' | 'advisor'
  readonly [field: string]: unknown
}

/** One line of work within a session: the primary thread has no parent. */
export interface WireThread {
  readonly id: string
  readonly type: 'session_thread'
  readonly session_id: string
  readonly parent_thread_id: string | null
  readonly agent: WireThreadAgent
  readonly status: SessionStatus
  readonly stats: WireSessionStats | null
  readonly usage: WireSessionUsage | null
  readonly workflow_run_id: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at: string | null
}

export const wireThreadSchema: z.ZodType<WireThread> = z
  .strictObject({
    id: z.string(),
    type: z.literal('session_thread'),
    session_id: z.string(),
    parent_thread_id: z.string().nullable(),
    agent: z.looseObject({ type: z.enum(['agent', 'inline', 'advisor']) }),
    status: z.enum(SESSION_STATUSES),
    stats: sessionStatsSchema.nullable(),
    usage: sessionUsageSchema.nullable(),
    workflow_run_id: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
    archived_at: z.string().nullable(),
  })
  .meta({ id: 'SessionThread' })

export const threadListSchema: z.ZodType<WirePage<WireThread>> = pageSchema(
  wireThreadSchema,
  'SessionThreadList',
)

const status = z.enum(SESSION_STATUSES)
const statusFilter = z.union([z.array(status), status]).optional()

/** Query of the threads of a session. */
export interface ThreadListFields extends PageFields {
  readonly statuses: SessionStatus | SessionStatus[] | undefined
  readonly 'statuses[]': SessionStatus | SessionStatus[] | undefined
}

export const threadListQuery: Fields<ThreadListFields> = z.object({
  ...pageFields(),
  statuses: statusFilter,
  'statuses[]': statusFilter,
})

/** Tags of a child thread's document (kind `thread`, id = the thread's, body = the thread as JSON). */
export function threadTags(thread: WireThread): readonly string[] {
  return [`session:${thread.session_id}`, `status:${thread.status}`]
}

/** The primary thread as its session shows it; it has no document of its own. */
export function primaryThread(session: WireSession, id: string): WireThread {
  const { agent, status, stats, usage } = session
  return {
    id,
    type: 'session_thread',
    session_id: session.id,
    parent_thread_id: null,
    agent,
    status,
    stats,
    usage,
    workflow_run_id: null,
    created_at: session.created_at,
    updated_at: session.updated_at,
    archived_at: session.archived_at,
  }
}

/** A child thread at its beginning, by the name of its agent. */
export function childThread(
  given: Pick<WireThread, 'id' | 'session_id' | 'parent_thread_id' | 'created_at'>,
  agentName: string,
  workflowRunId: string | null = null,
): WireThread {
  const inline = { description: null, model: { id: 'unknown' }, system: null, tools: [] }
  const rest = { mcp_servers: [], skills: [], execution_identity: { type: 'service_account' } }
  return {
    ...given,
    type: 'session_thread',
    agent: { type: 'inline', name: agentName, ...inline, ...rest },
    status: 'idle',
    stats: null,
    usage: null,
    workflow_run_id: workflowRunId,
    updated_at: given.created_at,
    archived_at: null,
  }
}
