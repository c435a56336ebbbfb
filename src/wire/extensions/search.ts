import { z } from 'zod'
import { LIMITS } from '../../config.ts'

/** Body of a search. */
export interface SearchRequest {
  /** Any text. */
  readonly query: string
  /** `current` looks at what stands now, `history` also at what left the text. */
  readonly mode: 'current' | 'history'
  readonly limit: number
  /** Ends with `/`; only memories below it. */
  readonly path_prefix?: string | undefined
}

export const searchRequestSchema: z.ZodType<SearchRequest> = z
  .strictObject({
    query: z.string().max(LIMITS.searchQueryCharsMax),
    mode: z.enum(['current', 'history']).default('current'),
    limit: z.int().min(1).max(LIMITS.searchHitsMax).default(LIMITS.pageItemsDefault),
    path_prefix: z.string().max(LIMITS.pathBytesMax).optional(),
  })
  .meta({ id: 'SearchRequest' })

/** One text that was found. */
export interface FoundReport {
  readonly type: 'found_text'
  readonly path: string
  readonly memory_id: string | null
  readonly snippet: string
  /** Higher is better; of this search only. */
  readonly score: number
  /** False: no longer in the text, from the ledger. */
  readonly is_current: boolean
  readonly true_from: string | null
  readonly true_until: string | null
}

/** Best first; a search has one page. */
export interface SearchReport {
  readonly data: readonly FoundReport[]
}

export const searchReportSchema: z.ZodType<SearchReport> = z
  .strictObject({
    data: z.array(
      z.strictObject({
        type: z.literal('found_text'),
        path: z.string(),
        memory_id: z.string().nullable(),
        snippet: z.string(),
        score: z.number(),
        is_current: z.boolean(),
        true_from: z.string().nullable(),
        true_until: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SearchResult' })

/** A text as the engine found it. */
interface Found {
  readonly path: string
  readonly memoryId: string | null
  readonly snippet: string
  readonly score: number
  readonly isCurrent: boolean
  readonly trueFrom: string | null
  readonly trueUntil: string | null
}

export function searchReport(found: readonly Found[]): SearchReport {
  return {
    data: found.map((one) => ({
      type: 'found_text',
      path: one.path,
      memory_id: one.memoryId,
      snippet: one.snippet,
      score: one.score,
      is_current: one.isCurrent,
      true_from: one.trueFrom,
      true_until: one.trueUntil,
    })),
  }
}
