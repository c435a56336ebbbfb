import { z } from 'zod'
import type { DreamWithChanges } from '../../../core/dream.ts'
import { type DreamReport, dreamReport, dreamReportSchema } from '../dream-report.ts'

/** Plans of several memories: `data` of `reverie/v1/dream-together`. */
export interface DreamTogetherReport {
  readonly dreams: readonly {
    /** As it was named. */
    readonly memory: string
    readonly memory_store_id: string
    readonly plan: DreamReport
  }[]
}

export const dreamTogetherReportSchema: z.ZodType<DreamTogetherReport> = z.strictObject({
  dreams: z.array(
    z.strictObject({
      memory: z.string(),
      memory_store_id: z.string(),
      plan: dreamReportSchema,
    }),
  ),
})

/** Throws as `dreamReport`. */
export function dreamTogetherReport(
  named: readonly { readonly memory: string; readonly outcome: DreamWithChanges }[],
): DreamTogetherReport {
  return {
    dreams: named.map(({ memory, outcome }) => ({
      memory,
      memory_store_id: outcome.dream.storeId,
      plan: dreamReport(outcome),
    })),
  }
}
