import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { CHANGE_KINDS, type Change, type ChangeKind, type ChangeStatus } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { type ChangeReport, changeReport, changeReportSchema } from './change-report.ts'

/** Changes that are decided together. */
export interface ChangeSetReport {
  readonly id: string
  /** Of all that is shown of the set; a decision names it. */
  readonly digest: string
  readonly changes: readonly ChangeReport[]
}

/** A dream as it is reviewed. */
export interface DreamReview {
  readonly type: 'dream_review'
  readonly dream_id: string
  readonly status: string
  readonly plan_status: string
  /** Where the changes go; null = that store does not exist yet. */
  readonly memory_store_id: string | null
  /** Models that the dream could ask; none = rules alone decided. */
  readonly models: readonly string[]
  /** Of all change-sets, whatever a filter left out; apply, revert and discard name it. */
  readonly digest: string
  /** Those with a change that the filters ask for, whole. */
  readonly change_sets: readonly ChangeSetReport[]
}

export const dreamReviewSchema: z.ZodType<DreamReview> = z
  .strictObject({
    type: z.literal('dream_review'),
    dream_id: z.string(),
    status: z.enum(['pending', 'running', 'completed', 'failed', 'canceled']),
    plan_status: z.enum(['none', 'waiting', 'empty', 'applied', 'discarded', 'reverted']),
    memory_store_id: z.string().nullable(),
    models: z.array(z.string()),
    digest: z.string(),
    change_sets: z.array(
      z.strictObject({
        id: z.string(),
        digest: z.string(),
        changes: z.array(changeReportSchema),
      }),
    ),
  })
  .meta({ id: 'DreamReview' })

/** What of a review a report tells. */
interface Shown {
  readonly dream: Dream
  readonly digest: string
  readonly sets: readonly {
    readonly id: string
    readonly digest: string
    readonly changes: readonly Change[]
  }[]
}

export function dreamReview({ dream, digest, sets }: Shown): DreamReview {
  const { thinking } = dream.snapshot
  return {
    type: 'dream_review',
    dream_id: dream.id,
    status: dream.status,
    plan_status: dream.planStatus,
    memory_store_id: dream.hosted?.output?.storeId ?? null,
    models: thinking === null ? [] : [...new Set([thinking.small, thinking.large])],
    digest,
    change_sets: sets.map((set) => ({
      id: set.id,
      digest: set.digest,
      changes: set.changes.map(changeReport),
    })),
  }
}

const STATUSES: readonly ChangeStatus[] = [
  'proposed',
  'accepted',
  'rejected',
  'held',
  'applied',
  'reverted',
]

/** Fields of the query of a review. */
export const reviewFields: {
  readonly kind: z.ZodType<Exclude<ChangeKind, 'keep'> | undefined>
  readonly status: z.ZodType<ChangeStatus | undefined>
} = {
  kind: z.enum(CHANGE_KINDS).exclude(['keep']).optional(),
  status: z.enum(STATUSES).optional(),
}

const digest = z.string().min(1).max(LIMITS.digestCharsMax)

/** Body of a decision: the digest of what was shown. */
export interface Seen {
  readonly digest: string
}

export const seenSchema: z.ZodType<Seen> = z.strictObject({ digest }).meta({ id: 'Seen' })

/** Body of an edit: the person's words too. */
export interface SeenAndReworded extends Seen {
  readonly text: string
}

export const rewordedSchema: z.ZodType<SeenAndReworded> = z
  .strictObject({ digest, text: z.string().min(1).max(LIMITS.editedTextCharsMax) })
  .meta({ id: 'SeenAndReworded' })
