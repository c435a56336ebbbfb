import { type Dream, NO_TOKENS } from '../../../core/dream.ts'
import { derivedId, type SessionId, type ThreadId } from '../../../core/ids.ts'
import { DREAM_AGENT, wireUsage } from './session-lines.ts'

const AGENT_ID = derivedId('agent', DREAM_AGENT)

/** No agent that is kept here has this version: nobody made this one. */
const AGENT_VERSION = 0

/** Marks sessions that are a dream's own; default lists leave them out. */
export const DREAM_TAG = 'dream'

/** What the document of a dream's own session is found by. */
export function tagsOf(status: 'running' | 'terminated'): readonly string[] {
  return [
    `agent:${AGENT_ID}`,
    `agent_version:${AGENT_ID}@${AGENT_VERSION}`,
    `status:${status}`,
    ...(status === 'terminated' ? ['archived'] : []),
    DREAM_TAG,
  ]
}

/** A dream's own session at its beginning, as the wire has it. */
export function sessionBody(dream: Dream, id: SessionId, at: string): object {
  return {
    id,
    type: 'session',
    agent: {
      type: 'agent',
      id: AGENT_ID,
      version: AGENT_VERSION,
      name: DREAM_AGENT,
      description: 'Works through memories and sessions while the agents rest.',
      model: { id: dream.hosted?.model ?? '', speed: 'standard' },
      system: null,
      tools: [],
      mcp_servers: [],
      skills: [],
      multiagent: null,
      execution_identity: { type: 'service_account' },
    },
    archived_at: null,
    budget: null,
    created_at: at,
    deployment_id: null,
    environment_id: derivedId('env', DREAM_AGENT),
    metadata: { dream_id: dream.id },
    outcome_evaluations: [],
    resources: [],
    stats: { active_seconds: 0, duration_seconds: 0 },
    status: 'running',
    title: `Dream ${dream.id}`,
    updated_at: at,
    usage: { ...wireUsage(NO_TOKENS), active_seconds: 0 },
    vault_ids: [],
  }
}

/** Which of a dream's threads, and of which session it reads. */
export interface ThreadPlace {
  readonly id: ThreadId
  /** The dream's own session. */
  readonly session: SessionId
  readonly reads: SessionId
}

/** The thread of one session that is read, as the wire has it. Its transcript is that session's. */
export function threadBody(dream: Dream, { id, session, reads }: ThreadPlace, at: string): object {
  return {
    id,
    type: 'session_thread',
    session_id: session,
    parent_thread_id: derivedId('sthr', session, 'primary'),
    agent: {
      type: 'inline',
      name: DREAM_AGENT,
      description: `Reads ${reads}.`,
      model: { id: dream.hosted?.model ?? '', speed: 'standard' },
      system: null,
      tools: [],
      mcp_servers: [],
      skills: [],
      execution_identity: { type: 'service_account' },
    },
    status: 'idle',
    stats: null,
    usage: null,
    workflow_run_id: null,
    created_at: at,
    updated_at: at,
    archived_at: null,
  }
}
