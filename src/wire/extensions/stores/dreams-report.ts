import { z } from 'zod'
import type { Dream } from '../../../core/dream.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'

/** A dream as `reverie dreams ls` lists it. */
export interface ListedDreamReport {
  readonly id: string
  readonly status: string
  readonly plan_status: string
  readonly store_id: string
  /** Null = the store was removed, or mirrors no folder. */
  readonly folder: string | null
  readonly changes: number
  readonly held: number
  readonly sessions: number
  /** Asked for at the server. */
  readonly is_hosted: boolean
  readonly created_at: string
  readonly ended_at: string | null
  readonly archived_at: string | null
}

export interface DreamListReport {
  readonly dreams: readonly ListedDreamReport[]
}

/** What `dreams cancel` came to. */
export interface CanceledDreamReport {
  readonly id: string
  readonly status: string
  readonly ended_at: string | null
}

const count = z.int().min(0)

export const listedDreamReportSchema: z.ZodType<ListedDreamReport> = z.strictObject({
  id: z.string(),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'canceled']),
  plan_status: z.enum(['none', 'waiting', 'empty', 'applied', 'discarded', 'reverted']),
  store_id: z.string(),
  folder: z.string().nullable(),
  changes: count,
  held: count,
  sessions: count,
  is_hosted: z.boolean(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  archived_at: z.string().nullable(),
})

export const dreamListReportSchema: z.ZodType<DreamListReport> = z.strictObject({
  dreams: z.array(listedDreamReportSchema),
})

export const canceledDreamReportSchema: z.ZodType<CanceledDreamReport> = z.strictObject({
  id: z.string(),
  status: z.literal('canceled'),
  ended_at: z.string().nullable(),
})

/** Structural, so that the wire knows nothing of the engine. */
export function listedDreamReport(listed: {
  readonly dream: Dream
  readonly store: MemoryStore | null
  readonly changes: number
  readonly held: number
  readonly archivedAt: string | null
}): ListedDreamReport {
  const { dream, store, changes, held, archivedAt } = listed
  return {
    id: dream.id,
    status: dream.status,
    plan_status: dream.planStatus,
    store_id: dream.storeId,
    folder: store?.folder ?? null,
    changes,
    held,
    sessions: dream.hosted?.sessionIds.length ?? dream.snapshot.sessions.length,
    is_hosted: dream.hosted !== null,
    created_at: dream.createdAt,
    ended_at: dream.endedAt,
    archived_at: archivedAt,
  }
}

export function canceledDreamReport({ id, status, endedAt }: Dream): CanceledDreamReport {
  return { id, status, ended_at: endedAt }
}
