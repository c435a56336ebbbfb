import { shownText, textsOf } from '../content-block.ts'
import { asObject, asText, type JsonObject } from '../json-value.ts'
import {
  type CalledTools,
  type Said,
  saidResult,
  saidUse,
  saidWords,
  UNKNOWN_TOOL,
} from '../saying/said.ts'

/** What an event of a session says, as the server reads it; null = nothing. */
export function saidByEvent(event: JsonObject, called: CalledTools): Said | null {
  switch (event.type) {
    case 'user.message':
      return worded(saidWords('user', textsOf(event.content)))
    case 'user.define_outcome':
      return worded(saidWords('user', asText(event.description) ?? ''))
    // The words of a person who says no.
    case 'user.tool_confirmation':
      return worded(saidWords('user', asText(event.deny_message) ?? ''))
    case 'system.message':
      return worded(saidWords('system', textsOf(event.content)))
    case 'agent.message':
    case 'agent.thread_message_sent':
    case 'agent.thread_message_received':
      return worded(saidWords('agent', textsOf(event.content)))
    default:
      return toolUse(event, called) ?? toolResult(event, called)
  }
}

function worded(said: Said): Said | null {
  return said.text.trim() === '' ? null : said
}

function toolUse(event: JsonObject, called: CalledTools): Said | null {
  const name = calledTool(event)
  if (name === null) return null
  return called.remember(saidUse(name, asText(event.id), asObject(event.input) ?? {}))
}

function calledTool({ type, name: given, mcp_server_name }: JsonObject): string | null {
  const name = asText(given) ?? UNKNOWN_TOOL
  if (type === 'agent.tool_use' || type === 'agent.custom_tool_use') return name
  if (type !== 'agent.mcp_tool_use') return null
  return `mcp__${asText(mcp_server_name) ?? UNKNOWN_TOOL}__${name}`
}

/** Which field of a result names the call that it answers. */
const ANSWERED: Readonly<Record<string, string>> = {
  'agent.tool_result': 'tool_use_id',
  'user.tool_result': 'tool_use_id',
  'agent.mcp_tool_result': 'mcp_tool_use_id',
  'user.custom_tool_result': 'custom_tool_use_id',
}

function toolResult(event: JsonObject, called: CalledTools): Said | null {
  const field = typeof event.type === 'string' ? ANSWERED[event.type] : undefined
  const useId = field === undefined ? null : asText(event[field])
  if (useId === null) return null
  return saidResult(called.nameOf(useId), useId, shownText(event.content), event.is_error === true)
}
