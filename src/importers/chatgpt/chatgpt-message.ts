import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import { type Said, saidByProgram, saidResult, saidUse, saidWords } from '../saying/said.ts'

/** Reasoning, and what the program remembers of other conversations: no words of this one. */
const DROPPED: ReadonlySet<unknown> = new Set([
  'thoughts',
  'reasoning_recap',
  'model_editable_context',
])
const TO_ALL = 'all'

/** What a message of an export says; null = nothing that a dream reads. */
export function saidByChatGpt(message: JsonObject): Said | null {
  const content = asObject(message.content)
  const author = asObject(message.author)
  if (content === null || author === null || DROPPED.has(content.content_type)) return null
  const text = textOf(content)
  if (text.trim() === '') return null
  const isHidden = asObject(message.metadata)?.is_visually_hidden_from_conversation === true
  switch (author.role) {
    case 'user':
      // What a person wrote into the settings comes with every conversation.
      return isHidden || content.content_type === 'user_editable_context'
        ? saidByProgram(text)
        : saidWords('user', text)
    case 'assistant':
      return isHidden ? null : saidByAssistant(message, text)
    case 'tool':
      return saidResult(asText(author.name), null, text, content.content_type === 'system_error')
    case 'system':
      return { ...saidWords('system', text), voice: 'injected' }
    default:
      return null
  }
}

function saidByAssistant({ recipient }: JsonObject, text: string): Said {
  const tool = asText(recipient) ?? TO_ALL
  if (tool === TO_ALL) return saidWords('agent', text)
  const given = parseJson(text)
  // What is sent to a tool is shown as it was sent: mostly a program or a query.
  return { ...saidUse(tool, null, given === undefined ? text : given), text }
}

/** The text of whatever kind of content; images and sounds say nothing. */
function textOf(content: JsonObject): string {
  const parts: readonly unknown[] = Array.isArray(content.parts) ? content.parts : []
  const settings = [content.user_profile, content.user_instructions]
  const single = [content.text, content.result, content.summary]
  const first = single.find((value) => asText(value) !== null)
  return [...parts.map(partText), asText(first), ...settings.map(asText)]
    .filter((text) => text !== null && text.trim() !== '')
    .join('\n')
}

function partText(part: unknown): string | null {
  return typeof part === 'string' ? part : asText(asObject(part)?.text)
}
