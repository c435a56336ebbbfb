import type { Audience } from './audience.ts'
import type { SessionEventId, SessionId } from './ids.ts'
import type { Trust } from './trust.ts'

/** The wire's event types that a dream reads. */
export type SessionEventType =
  | 'user.message'
  | 'system.message'
  | 'agent.message'
  | 'agent.tool_use'
  | 'agent.tool_result'
  | 'agent.thread_context_compacted'

export type Speaker = 'user' | 'agent' | 'tool' | 'system'

export interface ToolCall {
  readonly name: string
  /** Pairs a use with its result; null where the source has no ids. */
  readonly useId: string | null
  /** Arguments as JSON text on `agent.tool_use`, redacted; null on results. */
  readonly input: string | null
  /** Only on results: the source or the result itself says that the call failed. */
  readonly isError: boolean
}

/** One event of a session, redacted, in the order of the source. */
export interface SessionEvent {
  /** The source's uuid, else derived from (session, ordinal, content): re-import is idempotent. */
  readonly id: SessionEventId
  readonly sessionId: SessionId
  readonly ordinal: number
  readonly type: SessionEventType
  readonly speaker: Speaker
  /** Text as shown; for a tool use, its arguments. Quotes are exact substrings of this. */
  readonly text: string
  /** ISO 8601 UTC; null = the source states no time. File times are never used. */
  readonly at: string | null
  readonly tool: ToolCall | null
  readonly userId: string | null
  readonly agentId: string | null
  readonly threadId: string | null
  /** Where it stands in the source: the file as given and the line or item, counted from 1. */
  readonly source: { readonly path: string; readonly line: number }
  /**
   * Why the words are not the speaker's own: `summary` (a compaction, the model's words),
   * `injected` (hooks, reminders, command output), `pasted` (too long to have been typed).
   */
  readonly voice: 'own' | 'summary' | 'injected' | 'pasted'
  /** What the source itself says of the words; absent = nothing. */
  readonly label?: EventLabel
}

/** Both only ever narrow what the rules find. */
export interface EventLabel {
  /** Who may read the event, where not all who may read the session. */
  readonly audience?: Audience
  /** Who wrote the words: a mail that a person pasted is `external`. */
  readonly trust?: Trust
}
