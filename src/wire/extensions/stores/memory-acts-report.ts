import { z } from 'zod'
import type { Memory } from '../../../core/memory.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import { type MemorySummaryReport, memorySummaryReport } from '../memory-report.ts'

/** What `reverie memory put` came to. */
export interface PutMemoryReport {
  readonly store_id: string
  readonly outcome: 'created' | 'modified' | 'unchanged'
  readonly version_id: string
  readonly memory: MemorySummaryReport
}

/** What `reverie memory rm` removed; `last_version_id` is the way back. */
export interface RemovedMemoryReport {
  readonly store_id: string
  readonly path: string
  readonly last_version_id: string
}

export const putMemoryReportSchema: z.ZodType<PutMemoryReport> = z.strictObject({
  store_id: z.string(),
  outcome: z.enum(['created', 'modified', 'unchanged']),
  version_id: z.string(),
  memory: z.strictObject({
    id: z.string(),
    path: z.string(),
    content_sha256: z.string(),
    content_size_bytes: z.int().min(0),
    created_at: z.string(),
    updated_at: z.string(),
  }),
})

export const removedMemoryReportSchema: z.ZodType<RemovedMemoryReport> = z.strictObject({
  store_id: z.string(),
  path: z.string(),
  last_version_id: z.string(),
})

/** Structural, so that the wire knows nothing of the engine. */
export function putMemoryReport(put: {
  readonly store: MemoryStore
  readonly memory: Memory
  readonly outcome: PutMemoryReport['outcome']
}): PutMemoryReport {
  const { store, memory, outcome } = put
  return {
    store_id: store.id,
    outcome,
    version_id: memory.versionId,
    memory: memorySummaryReport(memory),
  }
}

export function removedMemoryReport(removed: {
  readonly store: MemoryStore
  readonly path: string
  readonly last: string
}): RemovedMemoryReport {
  return { store_id: removed.store.id, path: removed.path, last_version_id: removed.last }
}
