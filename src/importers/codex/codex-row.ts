import { asObject, asText, type JsonObject } from '../json-value.ts'

const ROW_TYPES: ReadonlySet<unknown> = new Set([
  'session_meta',
  'response_item',
  'event_msg',
  'compacted',
  'turn_context',
  'world_state',
  'inter_agent_communication',
  'inter_agent_communication_metadata',
])

const ITEM_TYPES: ReadonlySet<unknown> = new Set([
  'message',
  'agent_message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'local_shell_call',
  'web_search_call',
  'tool_search_call',
  'tool_search_output',
  'image_generation_call',
  'ghost_snapshot',
  'compaction',
  'compaction_summary',
  'context_compaction',
])

/** A line of a rollout, whichever of its forms it has. */
export type CodexRow =
  | { readonly kind: 'meta'; readonly fields: JsonObject }
  | { readonly kind: 'item'; readonly fields: JsonObject; readonly at: unknown }
  | { readonly kind: 'summary'; readonly text: string; readonly at: unknown }
  /** The last so many turns of the person were taken back. */
  | { readonly kind: 'rollback'; readonly turns: number }
  /** Known, without words. */
  | { readonly kind: 'bare'; readonly type: unknown }

/** Null = no line that Codex writes. */
export function codexRow(row: JsonObject): CodexRow | null {
  const payload = asObject(row.payload)
  if (payload !== null && ROW_TYPES.has(row.type)) return wrappedRow(row, payload)
  // The first versions wrote items without a wrapper, after a line of the session's own.
  if (ITEM_TYPES.has(row.type)) return { kind: 'item', fields: row, at: row.timestamp }
  if (row.record_type === 'state') return { kind: 'bare', type: 'state' }
  const isMeta = row.type === undefined && asText(row.id) !== null && 'instructions' in row
  return isMeta && asText(row.timestamp) !== null ? { kind: 'meta', fields: row } : null
}

function wrappedRow(row: JsonObject, payload: JsonObject): CodexRow {
  const at = row.timestamp
  switch (row.type) {
    case 'session_meta':
      return { kind: 'meta', fields: asObject(payload.meta) ?? payload }
    case 'response_item':
      return { kind: 'item', fields: payload, at }
    case 'inter_agent_communication':
      return { kind: 'item', fields: { ...payload, type: 'agent_message' }, at }
    case 'compacted': {
      const text = asText(payload.message)
      return text === null ? { kind: 'bare', type: 'compacted' } : { kind: 'summary', text, at }
    }
    case 'event_msg':
      return eventRow(payload)
    default:
      return { kind: 'bare', type: row.type }
  }
}

/** Messages stand here a second time, for screens. */
function eventRow({ type, num_turns }: JsonObject): CodexRow {
  if (type === 'thread_rolled_back' && typeof num_turns === 'number') {
    return { kind: 'rollback', turns: num_turns }
  }
  return { kind: 'bare', type }
}

/** True for a line that only Codex writes: bare items are those of other programs too. */
export function isCodexRow(row: JsonObject): boolean {
  return codexRow(row) !== null && (asObject(row.payload) !== null || !ITEM_TYPES.has(row.type))
}
