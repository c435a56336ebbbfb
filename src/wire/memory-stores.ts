import { z } from 'zod'
import { LIMITS } from '../config.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import {
  type Metadata,
  type MetadataPatch,
  metadataPatchSchema,
  metadataSchema,
  wireMetadataSchema,
} from './metadata.ts'
import { createdAt, type Fields, flag, type PageFields, pageFields } from './page.ts'

/** The wire's memory store. */
export interface WireMemoryStore {
  readonly id: string
  readonly type: 'memory_store'
  readonly name: string
  /** Empty when unset. */
  readonly description: string
  readonly metadata: Metadata
  readonly created_at: string
  /** Moves with the store's own fields, not with its memories. */
  readonly updated_at: string
  readonly archived_at: string | null
}

export const wireMemoryStoreSchema: z.ZodType<WireMemoryStore> = z
  .strictObject({
    id: z.string(),
    type: z.literal('memory_store'),
    name: z.string(),
    description: z.string(),
    metadata: wireMetadataSchema,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    archived_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'MemoryStore' })

export interface WireDeletedMemoryStore {
  readonly id: string
  readonly type: 'memory_store_deleted'
}

export const deletedMemoryStoreSchema: z.ZodType<WireDeletedMemoryStore> = z
  .strictObject({ id: z.string(), type: z.literal('memory_store_deleted') })
  .meta({ id: 'DeletedMemoryStore' })

const name = z
  .string()
  .min(1)
  .max(LIMITS.storeNameCharsMax)
  .refine((text) => !/\p{Cc}/u.test(text), 'a name has no control characters')
  .meta({ description: 'Without control characters.' })
const description = z.string().max(LIMITS.storeDescriptionCharsMax)

/** Body of `POST /v1/memory_stores`. */
export interface WireMemoryStoreDraft {
  readonly name: string
  readonly description?: string | undefined
  readonly metadata?: Metadata | undefined
}

export const memoryStoreDraftSchema: z.ZodType<WireMemoryStoreDraft> = z
  .strictObject({
    name,
    description: description.optional(),
    metadata: metadataSchema.optional(),
  })
  .meta({ id: 'MemoryStoreCreate' })

/** Body of `POST /v1/memory_stores/{id}`; null leaves a name or metadata and clears a description. */
export interface WireMemoryStoreChange {
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly metadata?: MetadataPatch | null | undefined
}

export const memoryStoreChangeSchema: z.ZodType<WireMemoryStoreChange> = z
  .strictObject({
    name: name.nullable().optional(),
    description: description.nullable().optional(),
    metadata: metadataPatchSchema.nullable().optional(),
  })
  .meta({ id: 'MemoryStoreUpdate' })

export interface MemoryStoreListFields extends PageFields {
  readonly include_archived: boolean
  readonly 'created_at[gte]': string | undefined
  readonly 'created_at[lte]': string | undefined
}

export const memoryStoreListFields: Fields<MemoryStoreListFields> = z.object({
  ...pageFields(),
  include_archived: flag,
  ...createdAt('gte', 'lte'),
})

export function toWireMemoryStore(store: MemoryStore): WireMemoryStore {
  return {
    id: store.id,
    type: 'memory_store',
    name: store.name,
    description: store.description,
    metadata: store.metadata,
    created_at: store.createdAt,
    updated_at: store.updatedAt,
    archived_at: store.archivedAt,
  }
}
