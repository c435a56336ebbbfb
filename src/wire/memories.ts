import { z } from 'zod'
import { LIMITS } from '../config.ts'
import type { Memory } from '../core/memory.ts'
import { pathProblems } from '../core/memory-path.ts'
import { type Fields, type PageFields, pageFields, wholeNumber } from './page.ts'

/** Whether an answer carries contents; the default depends on the route. */
export type MemoryView = 'basic' | 'full'

const view = z.enum(['basic', 'full'])

/** The wire's memory. `content` is null in the basic view. */
export interface WireMemory {
  readonly id: string
  readonly type: 'memory'
  readonly memory_store_id: string
  /** The version that holds the present content. */
  readonly memory_version_id: string
  readonly path: string
  readonly content: string | null
  /** Lower-case hex over the raw UTF-8 bytes. */
  readonly content_sha256: string
  readonly content_size_bytes: number
  readonly created_at: string
  readonly updated_at: string
}

const memoryObject = z.strictObject({
  id: z.string(),
  type: z.literal('memory'),
  memory_store_id: z.string(),
  memory_version_id: z.string(),
  path: z.string(),
  content: z.string().nullable(),
  content_sha256: z.string(),
  content_size_bytes: z.int().min(0),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})

export const wireMemorySchema: z.ZodType<WireMemory> = memoryObject.meta({ id: 'Memory' })

/** A folder of deeper memories in a shallow list; its path ends with `/`. */
export interface WireMemoryPrefix {
  readonly type: 'memory_prefix'
  readonly path: string
}

export type WireMemoryItem = WireMemory | WireMemoryPrefix

export const wireMemoryItemSchema: z.ZodType<WireMemoryItem> = z.union([
  wireMemorySchema,
  z
    .strictObject({ type: z.literal('memory_prefix'), path: z.string() })
    .meta({ id: 'MemoryPrefix' }),
])

export interface WireDeletedMemory {
  readonly id: string
  readonly type: 'memory_deleted'
}

export const deletedMemorySchema: z.ZodType<WireDeletedMemory> = z
  .strictObject({ id: z.string(), type: z.literal('memory_deleted') })
  .meta({ id: 'DeletedMemory' })

const content = z
  .string()
  .max(LIMITS.memoryBytesMax)
  .refine(
    (text) => Buffer.byteLength(text, 'utf8') <= LIMITS.memoryBytesMax,
    `a memory holds at most ${LIMITS.memoryBytesMax} bytes`,
  )
  .meta({ description: `At most ${LIMITS.memoryBytesMax} bytes of UTF-8.` })

const path = z
  .string()
  .max(LIMITS.pathBytesMax)
  .superRefine((text, context) => {
    for (const problem of pathProblems(text)) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({
    pattern: '^(?:/[^/]+){1,20}$',
    description: `1 to ${LIMITS.pathSegmentsMax} segments, none of them "." or "..", no control or format characters, in Unicode form NFC, at most ${LIMITS.pathBytesMax} bytes.`,
  })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Body of `POST /v1/memory_stores/{id}/memories`. */
export interface WireMemoryDraft {
  readonly path: string
  readonly content: string
}

export const memoryDraftSchema: z.ZodType<WireMemoryDraft> = z
  .strictObject({ path, content })
  .meta({ id: 'MemoryCreate' })

/** Body of `POST /v1/memory_stores/{id}/memories/{id}`; null leaves a field as it is. */
export interface WireMemoryChange {
  readonly content?: string | null | undefined
  readonly path?: string | null | undefined
  readonly precondition?:
    | { readonly type: 'content_sha256'; readonly content_sha256: string }
    | undefined
}

export const memoryChangeSchema: z.ZodType<WireMemoryChange> = z
  .strictObject({
    content: content.nullable().optional(),
    path: path.nullable().optional(),
    precondition: z
      .strictObject({ type: z.literal('content_sha256'), content_sha256: sha256 })
      .optional(),
  })
  .refine((body) => (body.content ?? body.path ?? null) !== null, 'give a content, a path, or both')
  .meta({ id: 'MemoryUpdate' })

/** The query of a route that answers one memory or version. */
export function viewFields(byDefault: MemoryView): Fields<{ readonly view: MemoryView }> {
  return z.object({ view: view.default(byDefault) })
}

export interface MemoryListFields extends PageFields {
  readonly view: MemoryView
  /** Begins and ends with `/`; `/` = the whole store. */
  readonly path_prefix: string
  /** 0 = everything below the prefix; 1 = its direct children, deeper ones rolled up. */
  readonly depth: number
}

export const memoryListFields: Fields<MemoryListFields> = z.object({
  ...pageFields(),
  view: view.default('basic'),
  path_prefix: z
    .string()
    .max(LIMITS.pathBytesMax + 1)
    .regex(/^\/(?:[^/]+\/)*$/, 'begin and end it with "/"')
    .default('/'),
  depth: wholeNumber(z.int().min(0).max(1).default(0)),
})

export interface MemoryDeleteFields {
  readonly expected_content_sha256: string | undefined
}

export const memoryDeleteFields: Fields<MemoryDeleteFields> = z.object({
  expected_content_sha256: sha256.optional(),
})

/** With contents a page holds fewer items; more are not refused but not given either. */
export function itemsOf(query: { readonly limit: number; readonly view: MemoryView }): number {
  return query.view === 'full' ? Math.min(query.limit, LIMITS.fullViewItemsMax) : query.limit
}

export function toWireMemory(memory: Memory, shown: MemoryView): WireMemory {
  return {
    id: memory.id,
    type: 'memory',
    memory_store_id: memory.storeId,
    memory_version_id: memory.versionId,
    path: memory.path,
    content: shown === 'full' ? memory.content : null,
    content_sha256: memory.contentSha256,
    content_size_bytes: Buffer.byteLength(memory.content, 'utf8'),
    created_at: memory.createdAt,
    updated_at: memory.updatedAt,
  }
}
