import { z } from 'zod'
import { LIMITS } from '../../config.ts'

/** A part of a message or of a result; the fields beside `type` depend on it. */
export type ContentBlock = { readonly type: string; readonly [field: string]: unknown }

const text = z.strictObject({ type: z.literal('text'), text: z.string() })

const base64 = z.strictObject({
  type: z.literal('base64'),
  data: z.string(),
  media_type: z.string(),
})
const url = z.strictObject({ type: z.literal('url'), url: z.string() })
const file = z.strictObject({ type: z.literal('file'), file_id: z.string() })
const plain = z.strictObject({
  type: z.literal('text'),
  data: z.string(),
  media_type: z.literal('text/plain'),
})

const image = z.strictObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [base64, url, file]),
})

const document = z.strictObject({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [base64, plain, url, file]),
  title: z.string().nullable().optional(),
  context: z.string().nullable().optional(),
})

const searchResult = z.strictObject({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(text),
  citations: z.strictObject({ enabled: z.boolean() }),
})

const redacted = z.strictObject({ type: z.literal('redacted') })

const { contentBlocksMax } = LIMITS

/** Content of a `user.message`. */
export const messageContentSchema: z.ZodType<readonly ContentBlock[]> = z
  .array(z.discriminatedUnion('type', [text, image, document, redacted]))
  .min(1)
  .max(contentBlocksMax)

/** Content of a tool's result. */
export const resultContentSchema: z.ZodType<readonly ContentBlock[]> = z
  .array(z.discriminatedUnion('type', [text, image, document, searchResult]))
  .max(contentBlocksMax)

/** Content of a `system.message`. */
export const textContentSchema: z.ZodType<readonly ContentBlock[]> = z
  .array(text)
  .min(1)
  .max(contentBlocksMax)

/** The texts of a message, a line each; what is no text says nothing. */
export function saidText(content: unknown): string {
  return blocksOf(content)
    .flatMap((block) => (typeof block.text === 'string' ? [block.text] : []))
    .join('\n')
}

/** A result's content as a person sees it; a block that is no text stands as `[type]`. */
export function shownText(content: unknown): string {
  return blocksOf(content)
    .map((block) => (typeof block.text === 'string' ? block.text : shownBlock(block)))
    .join('\n')
}

function shownBlock(block: ContentBlock): string {
  return block.type === 'search_result' ? saidText(block.content) : `[${block.type}]`
}

function blocksOf(content: unknown): readonly ContentBlock[] {
  return Array.isArray(content) ? content : []
}
