import { contentBlocks, shownText } from '../content-block.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import {
  type CalledTools,
  type Said,
  saidByBlock,
  saidResult,
  saidUse,
  UNKNOWN_TOOL,
} from './said.ts'

const ROLES = {
  user: 'user',
  assistant: 'agent',
  system: 'system',
  developer: 'system',
  tool: 'tool',
  function: 'tool',
} as const

type Role = (typeof ROLES)[keyof typeof ROLES]

/** Whether an object has the form of a message of the chat APIs, whatever its role. */
export function isMessage(fields: JsonObject): boolean {
  return typeof fields.role === 'string'
}

/** Null when the role is none that the chat APIs have. */
export function roleOf(message: JsonObject): Role | null {
  const { role } = message
  return typeof role === 'string' && Object.hasOwn(ROLES, role)
    ? ROLES[role as keyof typeof ROLES]
    : null
}

/** The events of one message, in order; none = it says nothing. */
export function saidIn(message: JsonObject, called: CalledTools): readonly Said[] {
  const role = roleOf(message)
  if (role === null) return []
  if (role === 'tool') return [toolResult(message, called)]
  const said = contentBlocks(message.content).flatMap((block) => saidByBlock(block, role, called))
  const calls = role === 'agent' && Array.isArray(message.tool_calls) ? message.tool_calls : []
  return [...said, ...calls.flatMap((call: unknown) => toolUse(call, called))]
}

/** A call as OpenAI writes it, `{id, function: {name, arguments: "<JSON>"}}`, or `{id, name, args}`. */
export function toolUse(call: unknown, called: CalledTools): readonly Said[] {
  const fields = asObject(call)
  if (fields === null) return []
  const tool = asObject(fields.function) ?? fields
  const given = tool.arguments ?? tool.args ?? tool.input ?? {}
  const parsed = typeof given === 'string' ? parseJson(given) : given
  const name = asText(tool.name) ?? UNKNOWN_TOOL
  return [called.remember(saidUse(name, asText(fields.id), parsed === undefined ? given : parsed))]
}

function toolResult(fields: JsonObject, called: CalledTools): Said {
  const useId = asText(fields.tool_call_id)
  const text = shownText(fields.content)
  const isError = fields.is_error === true || fields.isError === true || saysError(text)
  return saidResult(asText(fields.name) ?? called.nameOf(useId), useId, text, isError)
}

/** By the beginning alone: a file that is read may speak of errors anywhere else. */
function saysError(text: string): boolean {
  const trimmed = text.trimStart()
  if (/^Error[: ]/.test(trimmed)) return true
  if (!trimmed.startsWith('{')) return false
  const error = asObject(parseJson(trimmed))?.error
  return error !== undefined && error !== null && error !== false && error !== ''
}
