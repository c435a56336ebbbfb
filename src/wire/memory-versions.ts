import { z } from 'zod'
import { LIMITS } from '../config.ts'
import type { MemoryOperation, MemoryVersion } from '../core/memory.ts'
import { type SessionOfDream, toWireActor, type WireActor, wireActorSchema } from './actors.ts'
import type { MemoryView } from './memories.ts'
import { createdAt, type Fields, type PageFields, pageFields } from './page.ts'

/** The wire's memory version: a row of history that only redaction changes. */
export interface WireMemoryVersion {
  readonly id: string
  readonly type: 'memory_version'
  readonly memory_id: string
  readonly memory_store_id: string
  readonly operation: MemoryOperation
  /** Null only where the version is redacted. */
  readonly path: string | null
  /** Null in the basic view, for a deletion and where the version is redacted. */
  readonly content: string | null
  readonly content_sha256: string | null
  readonly content_size_bytes: number | null
  readonly created_at: string
  readonly created_by: WireActor | null
  readonly redacted_at: string | null
  readonly redacted_by: WireActor | null
}

const OPERATIONS: readonly MemoryOperation[] = ['created', 'modified', 'deleted']
const operation: z.ZodType<MemoryOperation> = z.enum(OPERATIONS)

// `nullable` would make the component itself nullable.
const actor = z.union([wireActorSchema, z.null()])

export const wireMemoryVersionSchema: z.ZodType<WireMemoryVersion> = z
  .strictObject({
    id: z.string(),
    type: z.literal('memory_version'),
    memory_id: z.string(),
    memory_store_id: z.string(),
    operation,
    path: z.string().nullable(),
    content: z.string().nullable(),
    content_sha256: z.string().nullable(),
    content_size_bytes: z.int().min(0).nullable(),
    created_at: z.iso.datetime(),
    created_by: actor,
    redacted_at: z.iso.datetime().nullable(),
    redacted_by: actor,
  })
  .meta({ id: 'MemoryVersion' })

export interface MemoryVersionListFields extends PageFields {
  readonly view: MemoryView
  readonly memory_id: string | undefined
  readonly operation: MemoryOperation | undefined
  readonly session_id: string | undefined
  readonly api_key_id: string | undefined
  readonly service_account_id: string | undefined
  readonly 'created_at[gte]': string | undefined
  readonly 'created_at[lte]': string | undefined
}

const id = z.string().min(1).max(LIMITS.idCharsMax).optional()

export const memoryVersionListFields: Fields<MemoryVersionListFields> = z.object({
  ...pageFields(),
  view: z.enum(['basic', 'full']).default('basic'),
  memory_id: id,
  operation: operation.optional(),
  session_id: id,
  api_key_id: id,
  service_account_id: id,
  ...createdAt('gte', 'lte'),
})

export function toWireMemoryVersion(
  version: MemoryVersion,
  shown: MemoryView,
  sessionOf: SessionOfDream,
): WireMemoryVersion {
  const { redactedBy } = version
  return {
    id: version.id,
    type: 'memory_version',
    memory_id: version.memoryId,
    memory_store_id: version.storeId,
    operation: version.operation,
    path: version.path,
    content: shown === 'full' ? version.content : null,
    content_sha256: version.contentSha256,
    content_size_bytes: version.contentSizeBytes,
    created_at: version.createdAt,
    created_by: toWireActor(version.actor, sessionOf),
    redacted_at: version.redactedAt,
    redacted_by: redactedBy === null ? null : toWireActor(redactedBy, sessionOf),
  }
}
