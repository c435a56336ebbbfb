import { z } from 'zod'
import type { DreamId } from '../../core/ids.ts'
import { actorId, type MemoryVersion } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'

export interface StatusReport {
  readonly home: string
  readonly stores: readonly StoreStatusReport[]
  readonly sessions: number
  readonly retention: string
}

export interface StoreStatusReport {
  readonly id: string
  readonly name: string
  readonly folder: string | null
  readonly memories: number
  readonly units: number
  /** Of these, kept from every dream. */
  readonly pinned: number
  readonly bytes: number
  readonly waiting: readonly {
    readonly dream_id: string
    readonly changes: number
    readonly held: number
  }[]
  readonly last_applied: { readonly dream_id: string; readonly at: string } | null
}

/** One memory version, newest first in `log`. */
export interface LogEntryReport {
  readonly at: string
  readonly store_id: string
  readonly path: string
  readonly operation: string
  readonly version_id: string
  readonly content_sha256: string | null
  readonly content_size_bytes: number | null
  readonly actor: { readonly type: string; readonly id: string | null }
}

const count = z.int().min(0)

export const statusReportSchema: z.ZodType<StatusReport> = z.strictObject({
  home: z.string(),
  stores: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      folder: z.string().nullable(),
      memories: count,
      units: count,
      pinned: count,
      bytes: count,
      waiting: z.array(z.strictObject({ dream_id: z.string(), changes: count, held: count })),
      last_applied: z.strictObject({ dream_id: z.string(), at: z.string() }).nullable(),
    }),
  ),
  sessions: count,
  retention: z.string(),
})

export const logReportSchema: z.ZodType<{ readonly versions: readonly LogEntryReport[] }> =
  z.strictObject({
    versions: z.array(
      z.strictObject({
        at: z.string(),
        store_id: z.string(),
        path: z.string(),
        operation: z.enum(['created', 'modified', 'deleted']),
        version_id: z.string(),
        content_sha256: z.string().nullable(),
        content_size_bytes: count.nullable(),
        actor: z.strictObject({ type: z.string(), id: z.string().nullable() }),
      }),
    ),
  })

export function statusReport(status: {
  readonly home: string
  readonly stores: readonly {
    readonly store: MemoryStore
    readonly memories: number
    readonly units: number
    readonly pinned: number
    readonly bytes: number
    readonly waiting: readonly {
      readonly dreamId: DreamId
      readonly changes: number
      readonly held: number
    }[]
    readonly lastApplied: { readonly dreamId: DreamId; readonly at: string } | null
  }[]
  readonly sessions: number
  readonly retention: string
}): StatusReport {
  const { home, sessions, retention } = status
  const stores = status.stores.map(
    ({ store, memories, units, pinned, bytes, waiting, lastApplied }) => ({
      id: store.id,
      name: store.name,
      folder: store.folder,
      memories,
      units,
      pinned,
      bytes,
      waiting: waiting.map(({ dreamId, changes, held }) => ({ dream_id: dreamId, changes, held })),
      last_applied: lastApplied && { dream_id: lastApplied.dreamId, at: lastApplied.at },
    }),
  )
  return { home, stores, sessions, retention }
}

export function logEntryReport(entry: {
  readonly at: string
  readonly version: MemoryVersion
}): LogEntryReport {
  const { version } = entry
  return {
    at: entry.at,
    store_id: version.storeId,
    path: version.path ?? '',
    operation: version.operation,
    version_id: version.id,
    content_sha256: version.contentSha256,
    content_size_bytes: version.contentSizeBytes,
    actor: { type: version.actor.type, id: actorId(version.actor) },
  }
}
