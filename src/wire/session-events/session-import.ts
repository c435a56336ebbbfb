import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { parseAudience } from '../../core/audience.ts'
import { type Metadata, metadataSchema } from '../metadata.ts'
import { instant } from '../page.ts'
import { type ImportedEvent, importedEventSchema } from './imported-event.ts'

/** A session of another system, or one that was exported from the hosted service. */
export interface ImportedSession {
  readonly id?: string | undefined
  readonly title?: string | null | undefined
  readonly agent_id?: string | null | undefined
  readonly agent_name?: string | null | undefined
  readonly user_id?: string | null | undefined
  /** Who may read the session. */
  readonly audience?: string | undefined
  readonly outcome?: 'success' | 'failure' | undefined
  /** 0 to 1. */
  readonly reward?: number | undefined
  /** The task, or family of tasks, that the session belongs to. */
  readonly task?: string | undefined
  readonly metadata?: Metadata | undefined
  readonly created_at?: string | null | undefined
  readonly memory_store_ids?: readonly string[] | undefined
}

/** Fields that stand in the metadata under the same names. */
export const STATED_FIELDS = ['user_id', 'audience', 'outcome', 'reward', 'task'] as const

const isAudience = (value: string): boolean => parseAudience(value) !== null
const AUDIENCE_FORM = 'is `private:<name>`, `team:<name>` or `org:<name>`'
const reference = z.string().min(1).max(LIMITS.idCharsMax)
const given = z.strictObject({
  id: reference.optional(),
  title: z.string().max(LIMITS.sessionTitleCharsMax).nullable().optional(),
  agent_id: reference.nullable().optional(),
  agent_name: z.string().min(1).max(LIMITS.agentNameCharsMax).nullable().optional(),
  user_id: z.string().min(1).max(LIMITS.metadataValueCharsMax).nullable().optional(),
  audience: z
    .string()
    .max(LIMITS.metadataValueCharsMax)
    .refine(isAudience, `audience ${AUDIENCE_FORM}`)
    .optional(),
  outcome: z.enum(['success', 'failure']).optional(),
  reward: z.number().min(0).max(1).optional(),
  task: z.string().min(1).max(LIMITS.metadataValueCharsMax).optional(),
  metadata: metadataSchema
    .refine(
      ({ audience }) => audience === undefined || isAudience(audience),
      `metadata.audience ${AUDIENCE_FORM}`,
    )
    .optional(),
  created_at: instant.nullable().optional(),
  memory_store_ids: z.array(reference).max(LIMITS.sessionStoresMax).optional(),
})

/** A session as the wire shows it, in the fields that an import keeps. */
const exported = z
  .looseObject({
    type: z.literal('session'),
    id: reference,
    title: given.shape.title,
    agent: z.looseObject({ id: reference, name: z.string().min(1) }),
    metadata: given.shape.metadata,
    created_at: instant,
  })
  .transform(
    ({ id, title, agent, metadata, created_at }): ImportedSession => ({
      id,
      title,
      agent_id: agent.id,
      agent_name: agent.name,
      metadata,
      created_at,
    }),
  )

export const importedSessionSchema: z.ZodType<ImportedSession> = z.union([given, exported])

/** Body of an import as one JSON document. */
export interface SessionsToImport {
  readonly sessions: readonly (ImportedSession & { readonly events: readonly ImportedEvent[] })[]
}

export const sessionsToImportSchema: z.ZodType<SessionsToImport> = z
  .strictObject({
    sessions: z.array(given.extend({ events: z.array(importedEventSchema) })),
  })
  .meta({ id: 'SessionsToImport' })

/** Body of `POST /v1/reverie/sessions/{id}/events`; a bad event is counted, not fatal. */
export const eventsToImportSchema: z.ZodType<{ readonly events: readonly unknown[] }> = z
  .strictObject({ events: z.array(z.unknown()).min(1).max(LIMITS.eventsPerRequestMax) })
  .meta({ id: 'SessionEventsToImport' })

export interface SessionImportReport {
  readonly type: 'session_import'
  readonly sessions: readonly { readonly id: string; readonly new_events: number }[]
  readonly new_events: number
  /** Lines or items of the source, counted from 1; `read` and the sum of `skipped` give them. */
  readonly lines: number
  readonly read: number
  /** Reason -> how many. */
  readonly skipped: Readonly<Record<string, number>>
  /** The first of them, with their places. */
  readonly bad_lines: readonly { readonly line: number; readonly reason: string }[]
  /** Kind of secret -> how many were taken out. */
  readonly redacted: Readonly<Record<string, number>>
}

const count = z.int().min(0)

export const sessionImportSchema: z.ZodType<SessionImportReport> = z
  .strictObject({
    type: z.literal('session_import'),
    sessions: z.array(z.strictObject({ id: z.string(), new_events: count })),
    new_events: count,
    lines: count,
    read: count,
    skipped: z.record(z.string(), count),
    bad_lines: z.array(z.strictObject({ line: count, reason: z.string() })),
    redacted: z.record(z.string(), count),
  })
  .meta({ id: 'SessionImport' })
