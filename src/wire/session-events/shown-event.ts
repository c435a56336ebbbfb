import type { SessionEvent } from '../../core/session-event.ts'
import type { WireEventType, WireSessionEvent } from './vocabulary.ts'

/** The wire's type of an event that came from a transcript. */
export function shownType(event: SessionEvent): WireEventType {
  const server = serverOf(event)
  if (server === null) return event.type
  return event.type === 'agent.tool_use' ? 'agent.mcp_tool_use' : 'agent.mcp_tool_result'
}

/**
 * An event of a transcript as the wire shows it. `useEventId` finds the event of a call by the id that
 * the transcript gives it.
 */
export function shownEvent(
  event: SessionEvent,
  useEventId: (useId: string) => string | null,
): WireSessionEvent {
  const base = { id: event.id, type: shownType(event), processed_at: event.at }
  const content = [{ type: 'text', text: event.text }]
  const { tool } = event
  switch (event.type) {
    case 'agent.thread_context_compacted':
      return base
    case 'agent.tool_use': {
      const server = serverOf(event)
      const name = tool?.name ?? 'unknown'
      const input = inputOf(tool?.input ?? null)
      return server === null
        ? { ...base, name, input }
        : { ...base, mcp_server_name: server.name, name: server.tool, input }
    }
    case 'agent.tool_result': {
      const useId = tool?.useId ?? null
      const id = useId === null ? '' : (useEventId(useId) ?? useId)
      const field = serverOf(event) === null ? 'tool_use_id' : 'mcp_tool_use_id'
      return { ...base, [field]: id, content, is_error: tool?.isError ?? false }
    }
    default:
      return { ...base, content }
  }
}

const MCP_TOOL = /^mcp__(.+?)__(.+)$/

function serverOf({ tool }: SessionEvent): { readonly name: string; readonly tool: string } | null {
  const match = MCP_TOOL.exec(tool?.name ?? '')
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { name: match[1], tool: match[2] }
}

/** Arguments that are no object stand under `value`: the wire knows objects only. */
function inputOf(json: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = json === null ? {} : parsed(json)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : { value }
}

/** A text that was cut is no JSON any more. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return json
    throw error
  }
}
