import { asObject, asText, type JsonObject } from '../json-value.ts'
import { nameIn } from '../saying/who.ts'
import { utcTime } from '../utc-time.ts'

/** Messages of one place, as a list or a saved state of a graph holds them. */
export interface MessageList {
  readonly messages: readonly unknown[]
  /** Null = the source names no thread. */
  readonly threadId: string | null
  /** The sub-graph that holds the messages; null = the graph itself. */
  readonly subgraph: string | null
  readonly userId: string | null
  readonly agentId: string | null
  /** When the state was saved, ISO 8601 UTC: its messages had been said by then. */
  readonly savedAt: string | null
}

/**
 * The list of messages in an object: `{messages}`, a state `{values: {messages}, config, created_at}`
 * of LangGraph, or a checkpoint `{channel_values: {messages}}`. Null = the object holds none.
 */
export function messageListIn(fields: JsonObject): MessageList | null {
  const state = asObject(fields.values) ?? asObject(fields.state)
  const checkpoint = asObject(fields.checkpoint) ?? {}
  const channels = asObject(checkpoint.channel_values) ?? asObject(fields.channel_values)
  for (const holder of [state, channels, fields]) {
    if (Array.isArray(holder?.messages)) {
      const { messages } = holder
      return { ...placeOf(fields, checkpoint), messages: messages.flat(1) as readonly unknown[] }
    }
  }
  return null
}

function placeOf(fields: JsonObject, checkpoint: JsonObject): Omit<MessageList, 'messages'> {
  const metadata = asObject(fields.metadata) ?? {}
  const configured = asObject(asObject(fields.config)?.configurable) ?? {}
  const holders = [fields, configured, checkpoint, metadata]
  const first = (name: string): string | null =>
    holders.map((holder) => nameIn(holder[name])).find((value) => value !== null) ?? null
  return {
    threadId: first('thread_id'),
    subgraph: subgraphOf(holders.map((it) => asText(it.checkpoint_ns)).find((ns) => ns !== null)),
    userId: first('user_id') ?? first('langgraph_auth_user_id'),
    agentId: first('agent_id') ?? first('graph_id'),
    savedAt: utcTime(fields.created_at) ?? utcTime(checkpoint.ts),
  }
}

/** `researcher:<uuid>|tools:<uuid>` names nodes and their runs; the nodes stay the same. */
function subgraphOf(namespace: string | null | undefined): string | null {
  if (namespace === null || namespace === undefined) return null
  const nodes = namespace.split('|').map((part) => part.split(':', 1)[0] ?? '')
  return nameIn(nodes.filter((node) => node !== '').join('/'))
}
