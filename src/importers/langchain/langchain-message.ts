import { contentBlocks, shownText } from '../content-block.ts'
import { asObject, asText, type JsonObject } from '../json-value.ts'
import { toolUse } from '../saying/message.ts'
import { type CalledTools, type Said, saidResult, saidWords } from '../saying/said.ts'

export type LangChainKind = 'human' | 'ai' | 'tool' | 'system' | 'remove'

/** A message in whichever form it was serialised. */
export interface LangChainMessage {
  readonly kind: LangChainKind
  /** A piece of a message that streams. */
  readonly isChunk: boolean
  readonly fields: JsonObject
  readonly id: string | null
  readonly name: string | null
}

const KINDS: Readonly<Record<string, LangChainKind>> = {
  human: 'human',
  user: 'human',
  ai: 'ai',
  assistant: 'ai',
  tool: 'tool',
  function: 'tool',
  system: 'system',
  developer: 'system',
  remove: 'remove',
}
const CLASS = /^(Human|AI|Tool|System|Function|Remove|Chat)Message(Chunk)?$/

/** Null = no message of LangChain. */
export function langChainMessage(value: unknown): LangChainMessage | null {
  const outer = asObject(value)
  if (outer === null) return null
  const { type } = outer
  if (type === 'constructor') return outer.lc === 1 ? constructed(outer) : null
  const data = asObject(outer.data)
  if (data !== null && typeof type === 'string') return messageOf(type, data)
  return typeof type === 'string' && ('content' in outer || type === 'remove')
    ? messageOf(type, outer)
    : null
}

/** `{lc: 1, type: "constructor", id: [..., "HumanMessage"], kwargs}`. */
function constructed({ id, kwargs }: JsonObject): LangChainMessage | null {
  const name = Array.isArray(id) ? asText(id.at(-1)) : null
  const fields = asObject(kwargs)
  return name === null || fields === null ? null : messageOf(name, fields)
}

function messageOf(type: string, fields: JsonObject): LangChainMessage | null {
  const named = CLASS.exec(type)
  const word = (named?.[1] ?? type).toLowerCase()
  const kind = KINDS[word === 'chat' || word === 'generic' ? (asText(fields.role) ?? '') : word]
  if (kind === undefined) return null
  return {
    kind,
    isChunk: named?.[2] !== undefined,
    fields,
    id: asText(fields.id),
    name: asText(fields.name),
  }
}

/** Two pieces of one message as one. */
export function joinedChunks(a: LangChainMessage, b: LangChainMessage): LangChainMessage {
  const calls = [...callsIn(a.fields), ...callsIn(b.fields)]
  const content = [...partsOf(a.fields.content), ...partsOf(b.fields.content)]
  const text = content.every((part) => typeof part === 'string') ? content.join('') : content
  return { ...a, fields: { ...a.fields, content: text, tool_calls: calls } }
}

function partsOf(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content
  return typeof content === 'string' ? [content] : []
}

/** The events of one message; `isPersons` = a person wrote it, if it is of a human. */
export function saidByLangChain(
  { kind, fields }: LangChainMessage,
  isPersons: boolean,
  called: CalledTools,
): readonly Said[] {
  if (kind === 'remove') return []
  if (kind === 'tool') return [toolResult(fields, called)]
  const role = kind === 'ai' ? 'agent' : kind === 'system' ? 'system' : isPersons ? 'user' : 'agent'
  const texts = contentBlocks(fields.content).flatMap((block) =>
    block.kind === 'text' ? [saidWords(role, block.text)] : [],
  )
  if (kind !== 'ai') return texts
  return [...texts, ...callsIn(fields).flatMap((call) => toolUse(call, called))]
}

/** Providers repeat a call in the content and in their own form; each list holds all calls. */
function callsIn({ tool_calls, additional_kwargs, content }: JsonObject): readonly unknown[] {
  const own = listOf(tool_calls)
  if (own.length > 0) return own
  const raw = listOf(asObject(additional_kwargs)?.tool_calls)
  if (raw.length > 0) return raw
  return listOf(content).filter((part) => asObject(part)?.type === 'tool_use')
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function toolResult(fields: JsonObject, called: CalledTools): Said {
  const useId = asText(fields.tool_call_id)
  const name = asText(fields.name) ?? called.nameOf(useId)
  return saidResult(name, useId, shownText(fields.content), fields.status === 'error')
}
