import { z } from 'zod'
import { LIMITS } from '../../config.ts'

const id = z.string().min(1).max(LIMITS.idCharsMax)

/** What to erase: exactly one of the three. */
export const erasureRequestSchema: z.ZodType<ErasureRequest> = z
  .strictObject({
    session_id: id.optional(),
    user_id: id.optional(),
    quote: z.string().min(1).max(LIMITS.erasureQuoteCharsMax).optional(),
    dry_run: z.boolean().optional(),
  })
  .meta({ id: 'ErasureRequest' })

export interface ErasureRequest {
  readonly session_id?: string | undefined
  readonly user_id?: string | undefined
  /** Words that may stand nowhere any more. */
  readonly quote?: string | undefined
  /** Tells what would go, and changes nothing. */
  readonly dry_run?: boolean | undefined
}

const count = z.int().min(0)

/** What went, or would go: places and counts, never the words. */
export interface ErasureReport {
  readonly type: 'erasure'
  /** Null = a dry run. */
  readonly id: string | null
  readonly at: string | null
  readonly sessions: readonly string[]
  readonly events: number
  readonly memories: readonly {
    readonly memory_store_id: string
    readonly path: string
    readonly line: number
    readonly outcome: 'withdrawn' | 'reworded' | 'kept'
  }[]
  /** Rows by kind of place. */
  readonly places: Readonly<Record<string, number>>
  /** Files that hold the words still, or may. */
  readonly left_in: readonly string[]
}

export const erasureReportSchema: z.ZodType<ErasureReport> = z
  .strictObject({
    type: z.literal('erasure'),
    id: z.string().nullable(),
    at: z.string().nullable(),
    sessions: z.array(z.string()),
    events: count,
    memories: z.array(
      z.strictObject({
        memory_store_id: z.string(),
        path: z.string(),
        line: count,
        outcome: z.enum(['withdrawn', 'reworded', 'kept']),
      }),
    ),
    places: z.record(z.string(), count),
    left_in: z.array(z.string()),
  })
  .meta({ id: 'Erasure' })

/** An erasure or a trace as the engine has it. */
interface Told {
  readonly id?: string
  readonly at?: string
  readonly sessions: readonly string[]
  readonly events: number
  readonly memories: readonly {
    readonly storeId: string
    readonly path: string
    readonly line: number
    readonly outcome: 'withdrawn' | 'reworded' | 'kept'
  }[]
  readonly places: Readonly<Record<string, number>>
  readonly leftIn: readonly string[]
}

export function erasureReport(told: Told): ErasureReport {
  const { sessions, events, memories, places, leftIn } = told
  return {
    type: 'erasure',
    id: told.id ?? null,
    at: told.at ?? null,
    sessions,
    events,
    memories: memories.map(({ storeId, path, line, outcome }) => ({
      memory_store_id: storeId,
      path,
      line,
      outcome,
    })),
    places,
    left_in: leftIn,
  }
}
