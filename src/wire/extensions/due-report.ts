import { z } from 'zod'

/** Whether memories were dreamt over, and why: `data` of `reverie/v1/dream-if-due`. */
export interface DueReport {
  readonly dreams: readonly {
    readonly memory: string
    readonly outcome: 'ran' | 'waited' | 'failed'
    /** As schedules have it; of a failure the type of the error. */
    readonly rule: string
    readonly reason: string
    readonly next_look_at: string | null
    /** Null = none was due. */
    readonly dream_id: string | null
    readonly plan_status: string | null
    /** Of the dream. */
    readonly changes: number
    /** Of these, what waits for a person. */
    readonly waiting: number
    /** Of these, what was written. */
    readonly applied: number
    readonly files: readonly string[]
    /** An earlier plan that gave way. */
    readonly replaced_dream_id: string | null
  }[]
}

export const dueReportSchema: z.ZodType<DueReport> = z.strictObject({
  dreams: z.array(
    z.strictObject({
      memory: z.string(),
      outcome: z.enum(['ran', 'waited', 'failed']),
      rule: z.string(),
      reason: z.string(),
      next_look_at: z.string().nullable(),
      dream_id: z.string().nullable(),
      plan_status: z.string().nullable(),
      changes: z.int(),
      waiting: z.int(),
      applied: z.int(),
      files: z.array(z.string()),
      replaced_dream_id: z.string().nullable(),
    }),
  ),
})

/** What came of a hook: `data` of `reverie/v1/hook-session-end`. */
export interface HookReport {
  readonly is_marked: boolean
  readonly is_started: boolean
  readonly why: string
}

export const hookReportSchema: z.ZodType<HookReport> = z.strictObject({
  is_marked: z.boolean(),
  is_started: z.boolean(),
  why: z.string(),
})

export function hookReport(outcome: {
  readonly isMarked: boolean
  readonly isStarted: boolean
  readonly why: string
}): HookReport {
  return { is_marked: outcome.isMarked, is_started: outcome.isStarted, why: outcome.why }
}
