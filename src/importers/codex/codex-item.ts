import { contentBlocks, shownText } from '../content-block.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import {
  type CalledTools,
  type Said,
  saidByProgram,
  saidResult,
  saidUse,
  saidWords,
  UNKNOWN_TOOL,
} from '../saying/said.ts'

/** Beginnings of what the program puts into the conversation under the person's name. */
const INJECTED_START =
  /^(?:<(?:environment_context|user_instructions|permissions instructions|app-context|apps_instructions|collaboration_mode|skills_instructions|skill|recommended_plugins|turn_aborted|user_shell_command|subagent_notification|memory|developer|system|INSTRUCTIONS|hook_context|model_switch|personality_spec)\b|# AGENTS\.md instructions|These AGENTS\.md instructions replace|The previously provided AGENTS\.md)/

/** Editors put what they show before the words of the person. */
const IDE_CONTEXT = '# Context from my IDE setup:'
const IDE_REQUEST = '## My request for Codex:'

const SHELL: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'powershell', 'pwsh', 'cmd'])
const RUN_A_TEXT = /^(?:-l?i?c|-Command|\/c)$/i

/** The events of one item of a rollout; `isAgents` = the prompts were written by another agent. */
export function saidByItem(
  item: JsonObject,
  called: CalledTools,
  isAgents: boolean,
): readonly Said[] {
  const useId = asText(item.call_id) ?? asText(item.id)
  switch (item.type) {
    case 'message':
      return saidByMessage(item, isAgents)
    case 'agent_message':
      return textsIn(item.content).map((text) => saidWords('agent', text))
    case 'function_call':
      return [called.remember(functionCall(item, useId))]
    case 'custom_tool_call':
      return [called.remember(customCall(item, useId))]
    case 'local_shell_call':
      return [called.remember(shellCall('local_shell', useId, asObject(item.action) ?? {}))]
    case 'web_search_call': {
      const action = asObject(item.action)
      return action === null ? [] : [saidUse('web_search', useId, action)]
    }
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const { text, isError } = outputOf(item.output)
      return [saidResult(called.nameOf(useId) ?? asText(item.name), useId, text, isError)]
    }
    default:
      return []
  }
}

function saidByMessage({ role, content }: JsonObject, isAgents: boolean): readonly Said[] {
  const texts = textsIn(content)
  if (role === 'assistant') return texts.map((text) => saidWords('agent', text))
  if (role === 'user') return texts.flatMap((text) => saidByUser(text, isAgents))
  // Orders of the program and of its settings, which nobody says in this session.
  return texts.map((text) => ({ ...saidWords('system', text), voice: 'injected' }))
}

function saidByUser(text: string, isAgents: boolean): readonly Said[] {
  const trimmed = text.trim()
  if (INJECTED_START.test(trimmed)) return [saidByProgram(trimmed)]
  const own = (words: string): Said => saidWords(isAgents ? 'agent' : 'user', words)
  const request = trimmed.startsWith(IDE_CONTEXT) ? trimmed.lastIndexOf(IDE_REQUEST) : -1
  if (request === -1) return [own(text)]
  const words = trimmed.slice(request + IDE_REQUEST.length).trim()
  const shown = saidByProgram(trimmed.slice(0, request).trim())
  return words === '' ? [shown] : [shown, own(words)]
}

function textsIn(content: unknown): readonly string[] {
  return contentBlocks(content).flatMap((block) => (block.kind === 'text' ? [block.text] : []))
}

/** What is given as a text, such as a patch, is the text of the call. */
function customCall({ name, input }: JsonObject, useId: string | null): Said {
  const said = saidUse(asText(name) ?? UNKNOWN_TOOL, useId, input)
  const text = asText(input)
  return text === null ? said : { ...said, text }
}

function functionCall(item: JsonObject, useId: string | null): Said {
  const bare = asText(item.name) ?? UNKNOWN_TOOL
  const space = asText(item.namespace)?.replace(/_+$/, '')
  const name = space === undefined ? bare : `${space}__${bare}`
  const given = typeof item.arguments === 'string' ? parseJson(item.arguments) : item.arguments
  const fields = asObject(given)
  return fields === null ? saidUse(name, useId, item.arguments) : shellCall(name, useId, fields)
}

/** The text of a shell call is its command as typed, whatever shell runs it. */
function shellCall(name: string, useId: string | null, given: JsonObject): Said {
  const said = saidUse(name, useId, given)
  const command = commandIn(given.command) ?? asText(given.cmd)
  return command === null ? said : { ...said, text: command }
}

function commandIn(value: unknown): string | null {
  if (!Array.isArray(value)) return asText(value)
  const words = value.filter((it) => typeof it === 'string')
  const [program = '', flag = '', text] = words
  const shell =
    program
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.exe$/, '') ?? ''
  if (SHELL.has(shell) && RUN_A_TEXT.test(flag) && text !== undefined) return text
  return words.length === 0 ? null : words.join(' ')
}

/** How a command ended, as the program tells it before its output. */
const EXIT_CODE = /^(?:Exit code:|Process exited with code) (-?\d+)$/m
const HEAD_CHARS = 400

function outputOf(output: unknown): { readonly text: string; readonly isError: boolean } {
  const parsed = typeof output === 'string' && output.startsWith('{') ? parseJson(output) : output
  const fields = asObject(parsed)
  if (fields === null) {
    const text = shownText(output)
    const code = EXIT_CODE.exec(text.slice(0, HEAD_CHARS))?.[1]
    return { text, isError: code !== undefined && code !== '0' }
  }
  const exitCode = asObject(fields.metadata)?.exit_code
  const shown = fields.output ?? fields.content
  const isError = fields.success === false || (typeof exitCode === 'number' && exitCode !== 0)
  return { text: shownText(shown === undefined ? output : shown), isError }
}
