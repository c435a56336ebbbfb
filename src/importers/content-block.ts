import { asObject, asText, compactJson, type JsonObject } from './json-value.ts'

/** What a block of a message's content says; several transcript formats use these shapes. */
export type ContentBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'tool_use'
      readonly name: string
      readonly useId: string | null
      /** The arguments. */
      readonly given: unknown
    }
  | {
      readonly kind: 'tool_result'
      readonly useId: string | null
      readonly text: string
      readonly isError: boolean
    }
  /** Thinking, images, documents: nothing that a dream reads. */
  | { readonly kind: 'none'; readonly type: unknown }

const UNNAMED_TOOL = 'unknown'
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
  if (typeof type !== 'string') return { kind: 'none', type }
  if (type.endsWith('tool_use')) {
    return {
      kind: 'tool_use',
      name: toolName(fields),
      useId: asText(fields.id),
      given: fields.input,
    }
  }
  if (!type.endsWith('tool_result')) return { kind: 'none', type }
  const { content } = fields
  return {
    kind: 'tool_result',
    useId: asText(fields.tool_use_id),
    text: shownText(content),
    isError: fields.is_error === true || typeOf(content)?.endsWith('_error') === true,
  }
}

/** A tool of an MCP server is called as agents call it: `mcp__<server>__<tool>`. */
function toolName({ type, name: given, server_name }: JsonObject): string {
  const name = asText(given) ?? UNNAMED_TOOL
  const server = type === 'mcp_tool_use' ? asText(server_name) : null
  return server === null ? name : `mcp__${server}__${name}`
}

function textBlock(text: string): ContentBlock {
  return text.trim() === '' ? { kind: 'none', type: 'empty' } : { kind: 'text', text }
}

/** A result's content as a person sees it; a part that is no text stands as `[type]`. */
export function shownText(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(shownPart).join('\n')
  const fields = asObject(content)
  if (fields === null) {
    return content === undefined || content === null ? '' : compactJson(content)
  }
  const output = [fields.stdout, fields.stderr].flatMap((stream) => asText(stream) ?? [])
  return output.length > 0 ? output.join('\n') : compactJson(content)
}

function shownPart(part: unknown): string {
  if (typeof part === 'string') return part
  const fields = asObject(part)
  if (typeof fields?.text === 'string') return fields.text
  const type = asText(fields?.type) ?? 'part'
  if (type === 'search_result' && Array.isArray(fields?.content)) return textsOf(fields.content)
  const found = type.endsWith('search_result') ? [fields?.title, fields?.url, fields?.source] : []
  const named = found.flatMap((value) => asText(value) ?? [])
  if (named.length > 0) return named.join(' ')
  return type.startsWith('image') ? '[image]' : `[${type}]`
}

/** The texts of blocks, a line each; what is no text says nothing. */
export function textsOf(content: unknown): string {
  if (typeof content === 'string') return content
  const blocks: readonly unknown[] = Array.isArray(content) ? content : []
  return blocks.flatMap((block) => asTextOf(asObject(block))).join('\n')
}

function asTextOf(block: JsonObject | null): readonly string[] {
  return typeof block?.text === 'string' ? [block.text] : []
}

function typeOf(content: unknown): string | null {
  return asText(asObject(content)?.type)
}
