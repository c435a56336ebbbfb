import { z } from 'zod'
import type { Change } from '../../core/change.ts'
import { HELD_REASONS } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { type ChangeReport, changeReport, changeReportSchema } from './change-report.ts'

/** Changes that a rail holds and that are decided together. */
export interface HeldChangeReport {
  readonly type: 'held_change_set'
  /** Of the set; a decision names it with the dream. */
  readonly id: string
  readonly dream_id: string
  /** Where it goes once somebody lets it in. */
  readonly memory_store_id: string
  readonly plan_status: string
  readonly reasons: readonly string[]
  /** Of all that is shown of the set; a decision names it. */
  readonly digest: string
  readonly changes: readonly ChangeReport[]
}

export const heldChangeSchema: z.ZodType<HeldChangeReport> = z
  .strictObject({
    type: z.literal('held_change_set'),
    id: z.string(),
    dream_id: z.string(),
    memory_store_id: z.string(),
    plan_status: z.enum(['none', 'waiting', 'empty', 'applied', 'discarded', 'reverted']),
    reasons: z.array(z.enum(HELD_REASONS)),
    digest: z.string(),
    changes: z.array(changeReportSchema),
  })
  .meta({ id: 'HeldChangeSet' })

/** What of a held set a report tells. */
interface Held {
  readonly dream: Dream
  readonly storeId: string
  readonly reasons: readonly string[]
  readonly set: {
    readonly id: string
    readonly digest: string
    readonly changes: readonly Change[]
  }
}

export function heldChangeReport({ dream, storeId, reasons, set }: Held): HeldChangeReport {
  return {
    type: 'held_change_set',
    id: set.id,
    dream_id: dream.id,
    memory_store_id: storeId,
    plan_status: dream.planStatus,
    reasons,
    digest: set.digest,
    changes: set.changes.map(changeReport),
  }
}

/** Body of a request to reject all that is held for one reason. */
export interface RejectHeld {
  readonly memory_store_id: string
  readonly reason: (typeof HELD_REASONS)[number]
}

export const rejectHeldSchema: z.ZodType<RejectHeld> = z
  .strictObject({ memory_store_id: z.string(), reason: z.enum(HELD_REASONS) })
  .meta({ id: 'RejectHeld' })

export interface HeldRejected {
  readonly type: 'held_changes_rejected'
  /** Change-sets. */
  readonly rejected: number
}

export const heldRejectedSchema: z.ZodType<HeldRejected> = z
  .strictObject({ type: z.literal('held_changes_rejected'), rejected: z.int().min(0) })
  .meta({ id: 'HeldRejected' })

/** What `reverie review --held` found, and what was decided on. */
export interface HeldReviewReport {
  readonly held: readonly HeldChangeReport[]
  readonly decisions: readonly { readonly change_id: string; readonly decision: string }[]
  /** Change-sets that were rejected by reason. */
  readonly rejected: number
}

export const heldReviewReportSchema: z.ZodType<HeldReviewReport> = z.strictObject({
  held: z.array(heldChangeSchema),
  decisions: z.array(
    z.strictObject({ change_id: z.string(), decision: z.enum(['accept', 'reject', 'edit']) }),
  ),
  rejected: z.int().min(0),
})

export function heldReviewReport(review: {
  readonly held: readonly Held[]
  readonly decisions: ReadonlyMap<string, string>
  readonly rejected: number
}): HeldReviewReport {
  return {
    held: review.held.map(heldChangeReport),
    decisions: [...review.decisions].map(([change_id, decision]) => ({ change_id, decision })),
    rejected: review.rejected,
  }
}
