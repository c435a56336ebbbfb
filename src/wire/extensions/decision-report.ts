import { z } from 'zod'
import type { Change } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { type ChangeReport, changeReport, changeReportSchema } from './change-report.ts'

/** Result of `apply` and `revert`. */
export interface ApplyReport {
  readonly dream_id: string
  readonly plan_status: string
  /** Ids of the changes that were written, or undone. */
  readonly changes: readonly string[]
  readonly held: number
  readonly rejected: number
  readonly files: readonly string[]
}

export interface DiscardReport {
  readonly dream_id: string
  readonly plan_status: string
}

export interface RejectReport {
  readonly dream_id: string
  readonly change: ChangeReport
}

/** What a person decided in one sitting. */
export interface ReviewReport {
  readonly dream_id: string
  readonly digest: string
  readonly decisions: readonly { readonly change_id: string; readonly decision: string }[]
  readonly undecided: number
}

const count = z.int().min(0)
const planStatus = z.enum(['none', 'waiting', 'empty', 'applied', 'discarded', 'reverted'])

export const applyReportSchema: z.ZodType<ApplyReport> = z.strictObject({
  dream_id: z.string(),
  plan_status: planStatus,
  changes: z.array(z.string()),
  held: count,
  rejected: count,
  files: z.array(z.string()),
})

export const discardReportSchema: z.ZodType<DiscardReport> = z.strictObject({
  dream_id: z.string(),
  plan_status: planStatus,
})

export const rejectReportSchema: z.ZodType<RejectReport> = z.strictObject({
  dream_id: z.string(),
  change: changeReportSchema,
})

export const reviewReportSchema: z.ZodType<ReviewReport> = z.strictObject({
  dream_id: z.string(),
  digest: z.string(),
  decisions: z.array(
    z.strictObject({ change_id: z.string(), decision: z.enum(['accept', 'reject']) }),
  ),
  undecided: count,
})

export function applyReport(outcome: {
  readonly dream: Dream
  readonly applied: readonly Change[]
  readonly held: number
  readonly rejected: number
  readonly files: readonly string[]
}): ApplyReport {
  return {
    dream_id: outcome.dream.id,
    plan_status: outcome.dream.planStatus,
    changes: outcome.applied.map((change) => change.id),
    held: outcome.held,
    rejected: outcome.rejected,
    files: [...outcome.files],
  }
}

export function discardReport(dream: Dream): DiscardReport {
  return { dream_id: dream.id, plan_status: dream.planStatus }
}

export function rejectReport(dream: Dream, change: Change): RejectReport {
  return { dream_id: dream.id, change: changeReport(change) }
}

export function reviewReport(
  dream: Dream,
  digest: string,
  decisions: ReadonlyMap<string, 'accept' | 'reject'>,
  undecided: number,
): ReviewReport {
  return {
    dream_id: dream.id,
    digest,
    decisions: [...decisions].map(([changeId, decision]) => ({ change_id: changeId, decision })),
    undecided,
  }
}
