import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { AUTO_APPLY_LEVELS, type AutoApply, type OutputBehavior } from '../../core/dream.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import {
  type Schedule,
  type ScheduleDecision,
  type ScheduleDraft,
  scheduleWithDefaults,
} from '../../core/schedule.ts'

const MS = 1_000

/** The rules of a schedule as people set them: times in seconds, null switches a rule off. */
export interface WireScheduleRules {
  /** Only sessions of this agent are read; null = all that used the store. */
  readonly agent_id: string | null
  readonly enabled: boolean
  readonly idle_seconds: number
  readonly sessions_min: number | null
  readonly tokens_min: number | null
  readonly units_min: number | null
  readonly cooldown_seconds: number
  readonly latest_by_seconds: number | null
  readonly cron: string | null
  readonly time_zone: string
  readonly quiet_hours: { readonly from: string; readonly until: string } | null
  readonly tokens_per_day: number | null
  readonly model: string
  readonly instructions: string | null
  readonly output_behavior: { readonly type: OutputBehavior }
  readonly auto_apply: AutoApply
}

type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined }

/** Body of a change: what is absent stays. */
export type WireScheduleChange = Given<WireScheduleRules>

/** Body of a new schedule: what is absent has the published default. */
export interface WireScheduleDraft extends Omit<WireScheduleChange, 'model'> {
  readonly memory_store_id: string
  readonly model: string
}

export interface WireSchedule extends WireScheduleRules {
  readonly id: string
  readonly type: 'schedule'
  readonly memory_store_id: string
  readonly created_at: string
  readonly updated_at: string
  readonly adapted_cooldown_seconds: number
  readonly last_dream_id: string | null
  readonly last_dream_at: string | null
  readonly last_cron_at: string | null
  readonly next_look_at: string
}

const seconds = (min: number, maxMs: number) =>
  z
    .int()
    .min(min)
    .max(maxMs / MS)
const minimum = z.int().min(1).max(LIMITS.scheduleMinimumMax).nullable()
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'give HH:MM')

const quietHours: z.ZodType<NonNullable<WireScheduleRules['quiet_hours']>> = z.strictObject({
  from: timeOfDay,
  until: timeOfDay,
})

const behavior: z.ZodType<WireScheduleRules['output_behavior']> = z.strictObject({
  type: z.enum(['create_new', 'update_existing']),
})

const rules = {
  agent_id: z.string().min(1).max(LIMITS.idCharsMax).nullable(),
  enabled: z.boolean(),
  idle_seconds: seconds(0, LIMITS.idleMsMax),
  sessions_min: minimum,
  tokens_min: minimum,
  units_min: minimum,
  cooldown_seconds: seconds(0, LIMITS.cooldownMsMax),
  latest_by_seconds: seconds(1, LIMITS.latestByMsMax).nullable(),
  cron: z.string().min(1).max(LIMITS.cronCharsMax).nullable(),
  time_zone: z.string().min(1).max(LIMITS.timeZoneCharsMax),
  quiet_hours: quietHours.nullable(),
  tokens_per_day: z.int().min(1).max(LIMITS.budgetTokensMax).nullable(),
  model: z.string().min(1).max(LIMITS.modelNameCharsMax),
  instructions: z.string().min(1).max(LIMITS.instructionsCharsMax).nullable(),
  output_behavior: behavior,
  auto_apply: z.enum(AUTO_APPLY_LEVELS),
}

export const scheduleChangeSchema: z.ZodType<WireScheduleChange> = z
  .strictObject(rules)
  .partial()
  .meta({ id: 'ScheduleUpdate' })

export const scheduleDraftSchema: z.ZodType<WireScheduleDraft> = z
  .strictObject({ ...z.strictObject(rules).partial().shape, model: rules.model })
  .extend({ memory_store_id: z.string() })
  .meta({ id: 'ScheduleCreate' })

export const wireScheduleSchema: z.ZodType<WireSchedule> = z
  .strictObject({
    ...rules,
    // A cooldown in ms that was halved may end between two seconds.
    adapted_cooldown_seconds: z.number().min(0),
    id: z.string(),
    type: z.literal('schedule'),
    memory_store_id: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    last_dream_id: z.string().nullable(),
    last_dream_at: z.iso.datetime().nullable(),
    last_cron_at: z.iso.datetime().nullable(),
    next_look_at: z.iso.datetime(),
  })
  .meta({ id: 'Schedule' })

export interface WireDeletedSchedule {
  readonly id: string
  readonly type: 'schedule_deleted'
}

export const deletedScheduleSchema: z.ZodType<WireDeletedSchedule> = z
  .strictObject({ id: z.string(), type: z.literal('schedule_deleted') })
  .meta({ id: 'DeletedSchedule' })

/** Why a schedule ran or did not. */
export interface WireScheduleDecision {
  readonly type: 'schedule_decision'
  readonly at: string
  readonly outcome: ScheduleDecision['outcome']
  readonly rule: string
  readonly reason: string
  readonly dream_id: string | null
}

export const wireScheduleDecisionSchema: z.ZodType<WireScheduleDecision> = z
  .strictObject({
    type: z.literal('schedule_decision'),
    at: z.iso.datetime(),
    outcome: z.enum(['ran', 'waited', 'failed']),
    rule: z.string(),
    reason: z.string(),
    dream_id: z.string().nullable(),
  })
  .meta({ id: 'ScheduleDecision' })

export function toWireSchedule(schedule: Schedule): WireSchedule {
  return {
    id: schedule.id,
    type: 'schedule',
    memory_store_id: schedule.storeId,
    agent_id: schedule.agentId,
    enabled: schedule.isEnabled,
    idle_seconds: schedule.idleMs / MS,
    sessions_min: schedule.sessionsMin,
    tokens_min: schedule.tokensMin,
    units_min: schedule.unitsMin,
    cooldown_seconds: schedule.cooldownMs / MS,
    latest_by_seconds: schedule.latestByMs === null ? null : schedule.latestByMs / MS,
    cron: schedule.cron,
    time_zone: schedule.timeZone,
    quiet_hours: schedule.quietHours,
    tokens_per_day: schedule.tokensPerDay,
    model: schedule.model,
    instructions: schedule.instructions,
    output_behavior: { type: schedule.outputBehavior },
    auto_apply: schedule.autoApply,
    created_at: schedule.createdAt,
    updated_at: schedule.updatedAt,
    adapted_cooldown_seconds: schedule.adaptedCooldownMs / MS,
    last_dream_id: schedule.lastDreamId,
    last_dream_at: schedule.lastDreamAt,
    last_cron_at: schedule.lastCronAt,
    next_look_at: schedule.nextLookAt,
  }
}

export function toWireScheduleDecision(decision: ScheduleDecision): WireScheduleDecision {
  const { at, outcome, rule, reason, dreamId } = decision
  return { type: 'schedule_decision', at, outcome, rule, reason, dream_id: dreamId }
}

/** A new schedule, with the published defaults for what is absent. */
export function scheduleDraftOf(body: WireScheduleDraft): ScheduleDraft {
  const storeId = body.memory_store_id as MemoryStoreId
  return scheduleWithDefaults({ ...scheduleChangeOf(body), model: body.model, storeId })
}

/** What a body changes; absent fields are absent. */
export function scheduleChangeOf(body: WireScheduleChange): Partial<ScheduleDraft> {
  const { latest_by_seconds: latestBy, idle_seconds: idle, cooldown_seconds: cooldown } = body
  return given({
    agentId: body.agent_id,
    isEnabled: body.enabled,
    idleMs: idle === undefined ? undefined : idle * MS,
    sessionsMin: body.sessions_min,
    tokensMin: body.tokens_min,
    unitsMin: body.units_min,
    cooldownMs: cooldown === undefined ? undefined : cooldown * MS,
    latestByMs: latestBy === undefined || latestBy === null ? latestBy : latestBy * MS,
    cron: body.cron,
    timeZone: body.time_zone,
    quietHours: body.quiet_hours,
    tokensPerDay: body.tokens_per_day,
    model: body.model,
    instructions: body.instructions,
    outputBehavior: body.output_behavior?.type,
    autoApply: body.auto_apply,
  })
}

function given(fields: Given<ScheduleDraft>): Partial<ScheduleDraft> {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as Partial<ScheduleDraft>
}
