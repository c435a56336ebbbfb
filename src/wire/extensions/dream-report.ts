import { z } from 'zod'
import { CHANGE_KINDS, HELD_REASONS, heldCounts, isReleased } from '../../core/change.ts'
import type { BeforeAfter, DreamWithChanges, Plan, Withheld } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import { type ChangeReport, changeReport, changeReportSchema } from './change-report.ts'
import {
  type ThinkingReport,
  thinkingReport,
  thinkingReportSchema,
  type UsageReport,
  usageReport,
  usageReportSchema,
} from './usage-report.ts'

/** A dream with its plan and the present state of every change: `data` of `reverie/v1/dream`. */
export interface DreamReport {
  readonly dream: {
    readonly id: string
    readonly digest: string
    readonly status: string
    readonly plan_status: string
    readonly as_of: string
    /** Counts of what was read. */
    readonly memories: number
    readonly units: number
    readonly sessions: number
    readonly read: {
      readonly lines: number
      readonly events: number
      readonly skipped: Readonly<Record<string, number>>
      /** Events that a model has not read yet. */
      readonly pending: number
      /** Sessions that were read to their end, and those with something new that were not. */
      readonly sessions: number
      readonly pending_sessions: number
    }
    /** Dispositions of the input by kind, `keep` included. */
    readonly counts: Readonly<Record<string, number>>
    /** Changes that wait for a person, in all and by reason. */
    readonly held: number
    readonly held_reasons: Readonly<Record<string, number>>
    /** Changes that a rail held and a person let in. */
    readonly released: number
    /** Changes that the plan did not take up, by reason. */
    readonly left_out: readonly { readonly reason: string; readonly count: number }[]
    /** What the readers of the store may not see, and no pattern came out of. */
    readonly withheld: {
      readonly sessions: number
      readonly events: number
      /** Sessions that name no user, or several, and count for nobody. */
      readonly without_user: number
    }
    /** Sessions that were read for what recurs in them alone; null = there were none. */
    readonly others: {
      readonly sessions: number
      /** Not read: they count for nobody. */
      readonly unheard: number
      readonly told: number
      /** Patterns that too few users share. */
      readonly below_users_min: number
    } | null
    readonly effect: {
      readonly units: BeforeAfter
      readonly bytes: BeforeAfter
      readonly tokens_loaded_at_start: BeforeAfter
      readonly probes: { readonly n: number; readonly broken: number }
      /** Questions that a model made of the notes; null = no model was asked any. */
      readonly model_probes: {
        readonly n: number
        readonly broken: number
        /** Made, but without an answer. */
        readonly unanswered: number
      } | null
    }
    /** Null = rules alone. */
    readonly thinking: ThinkingReport | null
    readonly usage: UsageReport
  }
  readonly changes: readonly ChangeReport[]
}

/** What `show` adds to a dream: unified diffs of the files, null when nobody asked for them. */
export interface ShowReport extends DreamReport {
  readonly diff: readonly { readonly path: string; readonly patch: string }[] | null
}

const count = z.int().min(0)
const beforeAfter = z.strictObject({ before: count, after: count })

const shape = {
  dream: z.strictObject({
    id: z.string(),
    digest: z.string(),
    status: z.enum(['pending', 'running', 'completed', 'failed', 'canceled']),
    plan_status: z.enum(['none', 'waiting', 'empty', 'applied', 'discarded', 'reverted']),
    as_of: z.string(),
    memories: count,
    units: count,
    sessions: count,
    read: z.strictObject({
      lines: count,
      events: count,
      skipped: z.record(z.string(), count),
      pending: count,
      sessions: count,
      pending_sessions: count,
    }),
    counts: z.record(z.enum(CHANGE_KINDS), count),
    held: count,
    held_reasons: z.partialRecord(z.enum(HELD_REASONS), count),
    released: count,
    left_out: z.array(z.strictObject({ reason: z.string(), count })),
    withheld: z.strictObject({ sessions: count, events: count, without_user: count }),
    others: z
      .strictObject({ sessions: count, unheard: count, told: count, below_users_min: count })
      .nullable(),
    effect: z.strictObject({
      units: beforeAfter,
      bytes: beforeAfter,
      tokens_loaded_at_start: beforeAfter,
      probes: z.strictObject({ n: count, broken: count }),
      model_probes: z.strictObject({ n: count, broken: count, unanswered: count }).nullable(),
    }),
    thinking: thinkingReportSchema.nullable(),
    usage: usageReportSchema,
  }),
  changes: z.array(changeReportSchema),
}

export const dreamReportSchema: z.ZodType<DreamReport> = z.strictObject(shape)

export const showReportSchema: z.ZodType<ShowReport> = z.strictObject({
  ...shape,
  diff: z.array(z.strictObject({ path: z.string(), patch: z.string() })).nullable(),
})

/** Throws `not_found_error` for a dream that has no plan: still running, failed or canceled. */
export function dreamReport(outcome: DreamWithChanges): DreamReport {
  const { dream, changes } = outcome
  const plan = planOf(outcome)
  const { report } = plan
  return {
    dream: {
      id: dream.id,
      digest: plan.digest,
      status: dream.status,
      plan_status: dream.planStatus,
      as_of: dream.snapshot.asOf,
      memories: report.memories,
      units: report.units,
      sessions: report.sessions,
      read: readReport(report),
      counts: { ...plan.counts },
      held: changes.filter((change) => change.status === 'held').length,
      held_reasons: Object.fromEntries(heldCounts(changes)),
      released: changes.filter(isReleased).length,
      left_out: report.rejected.map(({ reason, count }) => ({ reason, count })),
      withheld: withheldReport(dream.snapshot.withheld),
      others: othersReport(report),
      effect: {
        units: report.effect.units,
        bytes: report.effect.bytes,
        tokens_loaded_at_start: report.effect.tokensLoadedAtStart,
        probes: report.effect.probes,
        model_probes: report.effect.modelProbes,
      },
      thinking: thinkingReport(dream.snapshot.thinking),
      usage: usageReport(report.usage),
    },
    changes: changes.map(changeReport),
  }
}

function readReport({ sessions, read }: Plan['report']): DreamReport['dream']['read'] {
  const { lines, events, skipped, pending } = read
  const told = sessionsRead({ sessions, read })
  return {
    lines,
    events,
    skipped,
    pending,
    sessions: told.read,
    pending_sessions: told.pending,
  }
}

/** How many sessions a plan read, and how many with something new it did not; older plans tell the first alone. */
export function sessionsRead({
  sessions,
  read,
}: Pick<Plan['report'], 'sessions' | 'read'>): NonNullable<Plan['report']['read']['sessions']> {
  return read.sessions ?? { read: sessions, pending: 0 }
}

function withheldReport({
  sessions,
  events,
  withoutUser,
}: Withheld): DreamReport['dream']['withheld'] {
  return { sessions, events, without_user: withoutUser }
}

function othersReport({ others }: Plan['report']): DreamReport['dream']['others'] {
  if (others === undefined) return null
  const { belowUsersMin, ...counts } = others
  return { ...counts, below_users_min: belowUsersMin }
}

/** The plan of a dream; throws `not_found_error` where it has none. */
export function planOf({ dream }: Pick<DreamWithChanges, 'dream'>): Plan {
  if (dream.plan !== null) return dream.plan
  const why = dream.error === null ? `it is ${dream.status}` : `it failed: ${dream.error.message}`
  throw new ReverieError('not_found_error', `Dream ${dream.id} has no plan; ${why}`, {
    next: 'Run the same `reverie dream` again: it goes on where it stopped.',
  })
}
