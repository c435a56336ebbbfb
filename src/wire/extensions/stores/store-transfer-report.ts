import { z } from 'zod'
import type { MemoryStore } from '../../../core/memory-store.ts'
import { type StoreReport, storeReport, storeReportSchema } from '../collective/store-report.ts'

/** What was carried besides the texts. */
export interface StoredPartsReport {
  readonly versions: number
  readonly units: number
  readonly pinned: number
  readonly ledger: number
  readonly dreams: number
}

export interface StoreExportReport {
  readonly store: StoreReport
  readonly folder: string
  readonly memories: number
  /** Null = only the files were wanted. */
  readonly kept: StoredPartsReport | null
  /** Files that could not be called what their memory is called. */
  readonly renamed: readonly {
    readonly path: string
    readonly file: string
    readonly reason: string
  }[]
}

export interface StoreImportReport {
  readonly store: StoreReport
  readonly format: string
  readonly memories: number
  readonly kept: StoredPartsReport
}

const count = z.int().min(0)

const parts: z.ZodType<StoredPartsReport> = z.strictObject({
  versions: count,
  units: count,
  pinned: count,
  ledger: count,
  dreams: count,
})

export const storeExportReportSchema: z.ZodType<StoreExportReport> = z.strictObject({
  store: storeReportSchema,
  folder: z.string(),
  memories: count,
  kept: parts.nullable(),
  renamed: z.array(z.strictObject({ path: z.string(), file: z.string(), reason: z.string() })),
})

export const storeImportReportSchema: z.ZodType<StoreImportReport> = z.strictObject({
  store: storeReportSchema,
  format: z.enum(['reverie', 'markdown', 'mem0', 'letta']),
  memories: count,
  kept: parts,
})

/** Structural, so that the wire knows nothing of the engine. */
export function storeExportReport(
  of: Omit<StoreExportReport, 'store'> & { readonly store: MemoryStore },
): StoreExportReport {
  const { store, folder, memories, kept, renamed } = of
  return { store: storeReport(store), folder, memories, kept, renamed }
}

export function storeImportReport(
  of: Omit<StoreImportReport, 'store'> & { readonly store: MemoryStore },
): StoreImportReport {
  const { store, format, memories, kept } = of
  return { store: storeReport(store), format, memories, kept }
}
