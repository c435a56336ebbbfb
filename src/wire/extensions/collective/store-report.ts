import { z } from 'zod'
import type { MemoryStore } from '../../../core/memory-store.ts'

/** A memory store as `reverie store` prints it. */
export interface StoreReport {
  readonly id: string
  readonly name: string
  /** Null = it mirrors no folder. */
  readonly folder: string | null
  readonly audience: string
  readonly created_at: string
  readonly archived_at: string | null
}

export interface StoreListReport {
  readonly stores: readonly StoreReport[]
}

export const storeReportSchema: z.ZodType<StoreReport> = z.strictObject({
  id: z.string(),
  name: z.string(),
  folder: z.string().nullable(),
  audience: z.string(),
  created_at: z.string(),
  archived_at: z.string().nullable(),
})

export const storeListReportSchema: z.ZodType<StoreListReport> = z.strictObject({
  stores: z.array(storeReportSchema),
})

export function storeReport(store: MemoryStore): StoreReport {
  const { id, name, folder, audience, createdAt, archivedAt } = store
  return { id, name, folder, audience, created_at: createdAt, archived_at: archivedAt }
}

export function storeListReport(stores: readonly MemoryStore[]): StoreListReport {
  return { stores: stores.map(storeReport) }
}
