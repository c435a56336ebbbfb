import { z } from 'zod'

/** What a store holds and what a dream would find to do. */
export interface HealthReport {
  readonly type: 'memory_store_health'
  readonly memory_store_id: string
  readonly memories: number
  readonly memories_max: number
  readonly bytes: number
  readonly units: number
  /** Units that could go because another one says what they say. */
  readonly duplicates: number
  readonly open_conflicts: number
  /** Of all units, those whose own end date has passed; 0 to 1. */
  readonly stale_share: number
  readonly held_changes: number
  readonly sessions_unread: number
  readonly last_dream_at: string | null
}

const count = z.int().min(0)

export const healthReportSchema: z.ZodType<HealthReport> = z
  .strictObject({
    type: z.literal('memory_store_health'),
    memory_store_id: z.string(),
    memories: count,
    memories_max: count,
    bytes: count,
    units: count,
    duplicates: count,
    open_conflicts: count,
    stale_share: z.number().min(0).max(1),
    held_changes: count,
    sessions_unread: count,
    last_dream_at: z.string().nullable(),
  })
  .meta({ id: 'MemoryStoreHealth' })

/** The figures as the engine has them. */
interface Figures {
  readonly storeId: string
  readonly memories: number
  readonly memoriesMax: number
  readonly bytes: number
  readonly units: number
  readonly duplicates: number
  readonly openConflicts: number
  readonly staleShare: number
  readonly heldChanges: number
  readonly sessionsUnread: number
  readonly lastDreamAt: string | null
}

export function healthReport(health: Figures): HealthReport {
  return {
    type: 'memory_store_health',
    memory_store_id: health.storeId,
    memories: health.memories,
    memories_max: health.memoriesMax,
    bytes: health.bytes,
    units: health.units,
    duplicates: health.duplicates,
    open_conflicts: health.openConflicts,
    stale_share: health.staleShare,
    held_changes: health.heldChanges,
    sessions_unread: health.sessionsUnread,
    last_dream_at: health.lastDreamAt,
  }
}
