import { z } from 'zod'
import type { Interval } from '../../core/claim.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import type { Memory } from '../../core/memory.ts'
import type { Unit } from '../../core/unit.ts'

/** A memory without its text. */
export interface MemorySummaryReport {
  readonly id: string
  readonly path: string
  readonly content_sha256: string
  readonly content_size_bytes: number
  readonly created_at: string
  readonly updated_at: string
}

export interface UnitReport {
  readonly id: string
  readonly line: number
  readonly text: string
  readonly origin: string
  readonly trust: string
  readonly is_pinned: boolean
}

/** A text that left a memory, and why. */
export interface LedgerReport {
  readonly kind: string
  readonly text: string
  readonly reason: string
  /** When it was true, as far as anybody said. */
  readonly since: string | null
  readonly until: string | null
  readonly dream_id: string
  readonly change_id: string
  readonly recorded_at: string
}

export interface MemoryGetReport {
  readonly memory: MemorySummaryReport & { readonly content: string }
  readonly units: readonly UnitReport[]
  /** Newest first; null when nobody asked for it. */
  readonly history: readonly LedgerReport[] | null
}

export interface MemorySearchReport {
  readonly query: string
  readonly hits: readonly {
    readonly path: string
    readonly snippet: string
    readonly score: number
  }[]
}

/** Something that was true at a date; times as precise as anybody said, null = open. */
export interface AsOfReport {
  readonly path: string
  readonly text: string
  readonly since: string | null
  readonly until: string | null
  readonly is_current: boolean
}

export interface MemoryAsOfReport {
  readonly date: string
  readonly statements: readonly AsOfReport[]
}

/** Result of `memory pin` and `memory unpin`: the units that it concerned. */
export interface PinReport {
  readonly is_pinned: boolean
  readonly units: readonly string[]
}

const summary = {
  id: z.string(),
  path: z.string(),
  content_sha256: z.string(),
  content_size_bytes: z.int().min(0),
  created_at: z.string(),
  updated_at: z.string(),
}

export const memoryListReportSchema: z.ZodType<{
  readonly memories: readonly MemorySummaryReport[]
}> = z.strictObject({ memories: z.array(z.strictObject(summary)) })

export const memoryGetReportSchema: z.ZodType<MemoryGetReport> = z.strictObject({
  memory: z.strictObject({ ...summary, content: z.string() }),
  units: z.array(
    z.strictObject({
      id: z.string(),
      line: z.int().min(1),
      text: z.string(),
      origin: z.enum(['imported', 'dream', 'person']),
      trust: z.string(),
      is_pinned: z.boolean(),
    }),
  ),
  history: z
    .array(
      z.strictObject({
        kind: z.enum(['merged', 'superseded', 'removed', 'generated']),
        text: z.string(),
        reason: z.string(),
        since: z.string().nullable(),
        until: z.string().nullable(),
        dream_id: z.string(),
        change_id: z.string(),
        recorded_at: z.string(),
      }),
    )
    .nullable(),
})

export const memorySearchReportSchema: z.ZodType<MemorySearchReport> = z.strictObject({
  query: z.string(),
  hits: z.array(z.strictObject({ path: z.string(), snippet: z.string(), score: z.number() })),
})

export const memoryAsOfReportSchema: z.ZodType<MemoryAsOfReport> = z.strictObject({
  date: z.string(),
  statements: z.array(
    z.strictObject({
      path: z.string(),
      text: z.string(),
      since: z.string().nullable(),
      until: z.string().nullable(),
      is_current: z.boolean(),
    }),
  ),
})

export const pinReportSchema: z.ZodType<PinReport> = z.strictObject({
  is_pinned: z.boolean(),
  units: z.array(z.string()),
})

export function memorySummaryReport(memory: Memory): MemorySummaryReport {
  return {
    id: memory.id,
    path: memory.path,
    content_sha256: memory.contentSha256,
    content_size_bytes: Buffer.byteLength(memory.content),
    created_at: memory.createdAt,
    updated_at: memory.updatedAt,
  }
}

export function memoryGetReport(
  memory: Memory,
  units: readonly Unit[],
  history: readonly LedgerEntry[] | null,
): MemoryGetReport {
  return {
    memory: { ...memorySummaryReport(memory), content: memory.content },
    units: units.map((unit) => ({
      id: unit.id,
      line: unit.line,
      text: unit.text,
      origin: unit.origin,
      trust: unit.trust,
      is_pinned: unit.isPinned,
    })),
    history: history?.map(ledgerReport) ?? null,
  }
}

/** Structural, so that the wire knows nothing of the engine. */
export function asOfReport(statement: {
  readonly path: string
  readonly text: string
  readonly interval: Interval
  readonly isCurrent: boolean
}): AsOfReport {
  const { path, text, interval, isCurrent } = statement
  return { path, text, since: interval.start, until: interval.end, is_current: isCurrent }
}

function ledgerReport(entry: LedgerEntry): LedgerReport {
  return {
    kind: entry.kind,
    text: entry.text,
    reason: entry.reason,
    since: entry.interval.start,
    until: entry.interval.end,
    dream_id: entry.dreamId,
    change_id: entry.changeId,
    recorded_at: entry.recordedAt,
  }
}
