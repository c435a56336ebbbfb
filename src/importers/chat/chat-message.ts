import { toolCallText } from '../../core/text/tool-call-text.ts'
import { type ContentBlock, contentBlocks, shownText, UNKNOWN_TOOL } from '../content-block.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import type { EventDraft } from '../session-draft.ts'
import { voiceOfPerson } from '../typed-text.ts'

/** What a message says, before it has a place in a session. */
export type Said = Pick<EventDraft, 'type' | 'speaker' | 'text' | 'tool' | 'voice'>

const ROLES = {
  user: 'user',
  assistant: 'agent',
  system: 'system',
  developer: 'system',
  tool: 'tool',
  function: 'tool',
} as const

type Role = (typeof ROLES)[keyof typeof ROLES]

export function isChatMessage(fields: JsonObject): boolean {
  return typeof fields.role === 'string'
}

/** Null when the role is none that a chat has. */
export function roleOf(message: JsonObject): Role | null {
  const { role } = message
  return typeof role === 'string' && Object.hasOwn(ROLES, role)
    ? ROLES[role as keyof typeof ROLES]
    : null
}

/**
 * The events of one message, in order; none = it says nothing. `toolNames` maps the ids of the
 * calls so far to names, and grows.
 */
export function saidIn(message: JsonObject, toolNames: Map<string, string>): readonly Said[] {
  const role = roleOf(message)
  if (role === null) return []
  if (role === 'tool') return [toolResult(message, toolNames)]
  const said = contentBlocks(message.content).flatMap((block) =>
    saidByBlock(block, role, toolNames),
  )
  const calls = role === 'agent' && Array.isArray(message.tool_calls) ? message.tool_calls : []
  return [...said, ...calls.flatMap((call: unknown) => toolUse(call, toolNames))]
}

function saidByBlock(
  block: ContentBlock,
  role: Exclude<Role, 'tool'>,
  toolNames: Map<string, string>,
): readonly Said[] {
  switch (block.kind) {
    case 'none':
      return []
    case 'text':
      return [message(role, block.text)]
    case 'tool_use': {
      const { name, useId, input, text } = block
      if (useId !== null) toolNames.set(useId, name)
      const tool = { name, useId, input, isError: false }
      return [{ type: 'agent.tool_use', speaker: 'agent', text, tool, voice: 'own' }]
    }
    case 'tool_result': {
      const name = (block.useId === null ? undefined : toolNames.get(block.useId)) ?? UNKNOWN_TOOL
      return [resultOf(name, block.useId, block.text, block.isError)]
    }
  }
}

function message(role: Exclude<Role, 'tool'>, text: string): Said {
  const said = { text, tool: null, voice: 'own' } as const
  if (role === 'agent') return { ...said, type: 'agent.message', speaker: 'agent' }
  if (role === 'system') return { ...said, type: 'system.message', speaker: 'system' }
  return { ...said, type: 'user.message', speaker: 'user', voice: voiceOfPerson(text) }
}

/** A call as OpenAI writes it: `{id, function: {name, arguments: "<JSON>"}}`. */
function toolUse(call: unknown, toolNames: Map<string, string>): readonly Said[] {
  const fields = asObject(call)
  if (fields === null) return []
  const called = asObject(fields.function) ?? fields
  const name = asText(called.name) ?? UNKNOWN_TOOL
  const useId = asText(fields.id)
  if (useId !== null) toolNames.set(useId, name)
  const given = called.arguments ?? called.input ?? {}
  const parsed = typeof given === 'string' ? parseJson(given) : given
  const { input, text } = toolCallText(parsed === undefined ? given : parsed)
  const tool = { name, useId, input, isError: false }
  return [{ type: 'agent.tool_use', speaker: 'agent', text, tool, voice: 'own' }]
}

function toolResult(fields: JsonObject, toolNames: ReadonlyMap<string, string>): Said {
  const useId = asText(fields.tool_call_id)
  const called = useId === null ? undefined : toolNames.get(useId)
  const name = asText(fields.name) ?? called ?? UNKNOWN_TOOL
  const isError = fields.is_error === true || fields.isError === true
  return resultOf(name, useId, shownText(fields.content), isError)
}

function resultOf(name: string, useId: string | null, text: string, isStatedError: boolean): Said {
  const isError = isStatedError || saysError(text)
  const tool = { name, useId, input: null, isError }
  return { type: 'agent.tool_result', speaker: 'tool', text, tool, voice: 'own' }
}

/** By the beginning alone: a file that is read may speak of errors anywhere else. */
function saysError(text: string): boolean {
  const trimmed = text.trimStart()
  if (/^Error[: ]/.test(trimmed)) return true
  if (!trimmed.startsWith('{')) return false
  const error = asObject(parseJson(trimmed))?.error
  return error !== undefined && error !== null && error !== false && error !== ''
}
