import { LIMITS } from '../../config.ts'
import { LOCAL_AUDIENCE, parseAudience } from '../../core/audience.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { EventLabel, SessionEvent } from '../../core/session-event.ts'
import { clipped } from '../../core/text/clipped.ts'
import { toolCallText } from '../../core/text/tool-call-text.ts'
import { isTrust } from '../../core/trust.ts'
import { saidText, shownText } from './content-blocks.ts'
import type { WireSessionEvent } from './vocabulary.ts'

/** Where an event stands, and who is in its session. */
export interface EventPlace {
  readonly sessionId: SessionId
  readonly ordinal: number
  /** Null = the primary thread. */
  readonly threadId: string | null
  /** The person of the session; null = nobody is named. */
  readonly userId: string | null
  /** The agent of the thread. */
  readonly agentId: string | null
  readonly source: SessionEvent['source']
  /** The tool that a call's id stands for; null = the call is not known. */
  readonly toolName: (useId: string) => string | null
}

type Said = Pick<SessionEvent, 'type' | 'speaker' | 'text' | 'tool' | 'voice'>

/** The name of a tool whose call is not known. */
export const UNKNOWN_TOOL = 'unknown'

/** What a dream reads of an event, its secrets taken out before; null = nothing. */
export function readEvent(event: WireSessionEvent, place: EventPlace): SessionEvent | null {
  const { toolName, ...where } = place
  const said = saidIn(event, toolName)
  if (said === null) return null
  const isPersons = said.speaker === 'user'
  return {
    ...said,
    ...where,
    id: event.id as SessionEventId,
    text: clipped(said.text, LIMITS.eventTextCharsMax),
    at: event.processed_at ?? null,
    userId: isPersons ? (textOf(event.user_id) ?? place.userId) : null,
    agentId: isPersons ? null : (textOf(event.agent_id) ?? place.agentId),
    ...labelIn(event),
  }
}

/** What an event states of itself; an audience that is none is nobody's but the local principal's. */
function labelIn({ audience, trust }: WireSessionEvent): { readonly label?: EventLabel } {
  const label: EventLabel = {
    ...(typeof audience === 'string'
      ? { audience: parseAudience(audience) ?? LOCAL_AUDIENCE }
      : {}),
    ...(isTrust(trust) ? { trust } : {}),
  }
  return Object.keys(label).length === 0 ? {} : { label }
}

/** The tool that an event calls, as a dream knows it; null = it calls none. */
export function calledTool(event: WireSessionEvent): string | null {
  const name = textOf(event.name) ?? UNKNOWN_TOOL
  switch (event.type) {
    case 'agent.tool_use':
    case 'agent.custom_tool_use':
      return name
    case 'agent.mcp_tool_use':
      return `mcp__${textOf(event.mcp_server_name) ?? UNKNOWN_TOOL}__${name}`
    default:
      return null
  }
}

/** The id of the call that an event is the result of; null = it is none. */
export function answeredUse(event: WireSessionEvent): string | null {
  switch (event.type) {
    case 'agent.tool_result':
    case 'user.tool_result':
      return textOf(event.tool_use_id)
    case 'agent.mcp_tool_result':
      return textOf(event.mcp_tool_use_id)
    case 'user.custom_tool_result':
      return textOf(event.custom_tool_use_id)
    default:
      return null
  }
}

function saidIn(event: WireSessionEvent, toolName: EventPlace['toolName']): Said | null {
  switch (event.type) {
    case 'user.message':
      return person(saidText(event.content))
    case 'user.define_outcome':
      return person(textOf(event.description) ?? '')
    // The words of a person who says no.
    case 'user.tool_confirmation':
      return person(textOf(event.deny_message) ?? '')
    case 'system.message':
      return words('system.message', 'system', saidText(event.content))
    case 'agent.message':
    case 'agent.thread_message_sent':
    case 'agent.thread_message_received':
      return words('agent.message', 'agent', saidText(event.content))
    default:
      return toolUse(event) ?? toolResult(event, toolName)
  }
}

function person(text: string): Said | null {
  const said = words('user.message', 'user', text)
  const isPasted = text.length > LIMITS.typedCharsMax
  return said === null || !isPasted ? said : { ...said, voice: 'pasted' }
}

function words(type: Said['type'], speaker: Said['speaker'], text: string): Said | null {
  return text.trim() === '' ? null : { type, speaker, text, tool: null, voice: 'own' }
}

function toolUse(event: WireSessionEvent): Said | null {
  const name = calledTool(event)
  if (name === null) return null
  const { input, text } = toolCallText(event.input ?? {})
  const tool = { name, useId: event.id, input, isError: false }
  return { type: 'agent.tool_use', speaker: 'agent', text, tool, voice: 'own' }
}

function toolResult(event: WireSessionEvent, toolName: EventPlace['toolName']): Said | null {
  const useId = answeredUse(event)
  if (useId === null) return null
  const name = toolName(useId) ?? UNKNOWN_TOOL
  const tool = { name, useId, input: null, isError: event.is_error === true }
  const text = shownText(event.content)
  return { type: 'agent.tool_result', speaker: 'tool', text, tool, voice: 'own' }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
