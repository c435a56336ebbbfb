import { LIMITS } from '../../config.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { JsonObject } from '../json-value.ts'

/** Who says a message, as the source names them; null = it does not. */
export type Who = Pick<SessionEvent, 'userId' | 'agentId' | 'threadId'>

const AGENT = ['agent', 'agent_id', 'agentId', 'agent_name'] as const
const THREAD = ['thread', 'thread_id', 'threadId'] as const
const USER = ['user', 'userId'] as const
/** Beside messages alone this is often a row of a customer table, nobody who owns a memory. */
const USER_ID = 'user_id'

/**
 * Who speaks, by the message, else by what is around it: `user`, `userId`, `agent`, `agent_id`,
 * `thread`, `thread_id` and the like. `user_id` counts on a message, and around messages where an
 * agent or a thread is named beside it, as runs of several agents have it. The `name` of an
 * assistant's message is its agent.
 */
export function whoIn(message: JsonObject, around: JsonObject): Who {
  const agentId = firstName(message, AGENT) ?? ownName(message) ?? firstName(around, AGENT)
  const threadId = firstName(message, THREAD) ?? firstName(around, THREAD)
  const isRun = firstName(around, AGENT) !== null || firstName(around, THREAD) !== null
  const userId =
    firstName(message, [...USER, USER_ID]) ?? firstName(around, isRun ? [...USER, USER_ID] : USER)
  return { userId, agentId, threadId }
}

function ownName(message: JsonObject): string | null {
  return message.role === 'assistant' ? nameIn(message.name) : null
}

function firstName(fields: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const found = nameIn(fields[name])
    if (found !== null) return found
  }
  return null
}

/** A name or an id; a longer text, an object or a fraction is none. */
export function nameIn(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null
  if (typeof value !== 'string' || value.trim() === '') return null
  return value.length <= LIMITS.idCharsMax && !/[\n\r]/.test(value) ? value : null
}
