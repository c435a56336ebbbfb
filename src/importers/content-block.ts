import { toolCallText } from '../core/text/tool-call-text.ts'
import { asObject, asText, compactJson, type JsonObject } from './json-value.ts'

/** What a block of a message's content says; both transcript formats use these shapes. */
export type ContentBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'tool_use'
      readonly name: string
      readonly useId: string | null
      readonly input: string
      readonly text: string
    }
  | {
      readonly kind: 'tool_result'
      readonly useId: string | null
      readonly text: string
      readonly isError: boolean
    }
  /** Thinking, images, documents: nothing that a dream reads. */
  | { readonly kind: 'none'; readonly type: unknown }

/** The name of a tool that the source leaves out. */
export const UNKNOWN_TOOL = 'unknown'

const TEXT_TYPES: ReadonlySet<unknown> = new Set(['text', 'input_text', 'output_text'])

/** The blocks of a message's content: a text, or a list of parts; null and others give none. */
export function contentBlocks(content: unknown): readonly ContentBlock[] {
  if (typeof content === 'string') return [textBlock(content)]
  if (!Array.isArray(content)) return []
  return content.map((part: unknown) => {
    if (typeof part === 'string') return textBlock(part)
    const fields = asObject(part)
    return fields === null ? { kind: 'none', type: null } : blockOf(fields)
  })
}

function blockOf(fields: JsonObject): ContentBlock {
  const { type } = fields
  if (TEXT_TYPES.has(type) && typeof fields.text === 'string') return textBlock(fields.text)
  if (typeof type === 'string' && type.endsWith('tool_use')) {
    const name = asText(fields.name) ?? UNKNOWN_TOOL
    return { kind: 'tool_use', name, useId: asText(fields.id), ...toolCallText(fields.input) }
  }
  if (typeof type === 'string' && type.endsWith('tool_result')) {
    return {
      kind: 'tool_result',
      useId: asText(fields.tool_use_id),
      text: shownText(fields.content),
      isError: fields.is_error === true,
    }
  }
  return { kind: 'none', type }
}

function textBlock(text: string): ContentBlock {
  return text.trim() === '' ? { kind: 'none', type: 'empty' } : { kind: 'text', text }
}

/** A result's content as a person sees it; a part that is no text stands as `[type]`. */
export function shownText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content))
    return content === undefined || content === null ? '' : compactJson(content)
  return content.map(shownPart).join('\n')
}

function shownPart(part: unknown): string {
  if (typeof part === 'string') return part
  const fields = asObject(part)
  if (typeof fields?.text === 'string') return fields.text
  const type = asText(fields?.type) ?? 'part'
  return type.startsWith('image') ? '[image]' : `[${type}]`
}
