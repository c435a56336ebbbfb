import type { Dream, DreamFailure, TokenUsage } from '../../../core/dream.ts'
import { derivedId, type SessionId, type ThreadId } from '../../../core/ids.ts'
import type { LogLine } from '../../../storage/storage.ts'

/** The agent that a dream's own session names. */
export const DREAM_AGENT = 'dream'

/**
 * Events of a dream's own session as the wire has them. An id is derived from the dream and from
 * what the line tells, so that a resumed dream tells nothing twice.
 */
export interface SessionLines {
  running(): LogLine
  /** One for each session that is read. */
  threads(): readonly LogLine[]
  /** `about` names what the text tells; a second one of that name is the same line. */
  message(about: string, text: string): LogLine
  usage(usage: TokenUsage): LogLine
  error(failure: DreamFailure): LogLine
  idle(): LogLine
}

/** The thread of one session that the dream reads. */
export function threadIdOf(dream: Dream, sessionId: SessionId): ThreadId {
  return derivedId('sthr', dream.id, sessionId)
}

export function linesOf(dream: Dream, at: string): SessionLines {
  const line = (type: string, about: string, rest: object): LogLine => {
    const id = derivedId('sevt', dream.id, type, about)
    return { id, type, at, body: JSON.stringify({ id, type, ...rest, processed_at: at }) }
  }
  return {
    running: () => line('session.status_running', '', {}),
    threads: () =>
      (dream.hosted?.sessionIds ?? []).map((sessionId) =>
        line('session.thread_created', sessionId, {
          session_thread_id: threadIdOf(dream, sessionId),
          agent_name: DREAM_AGENT,
          workflow_run_id: null,
        }),
      ),
    message: (about, text) => line('agent.message', about, { content: [{ type: 'text', text }] }),
    usage: (usage) => line('session.usage', '', { usage: wireUsage(usage), budget: null }),
    error: ({ message }) =>
      line('session.error', '', {
        error: { type: 'unknown_error', message, retry_status: { type: 'terminal' } },
      }),
    idle: () =>
      line('session.status_idle', '', { stop_reason: { type: 'end_turn' }, stop_details: null }),
  }
}

/** Usage as sessions of the wire have it: the input without what came from a cache. */
export function wireUsage(usage: TokenUsage): Readonly<Record<string, number>> {
  return {
    input_tokens: usage.inputTokens - usage.cachedInputTokens,
    output_tokens: usage.outputTokens,
    cache_read_input_tokens: usage.cachedInputTokens,
  }
}
