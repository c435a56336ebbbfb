import { z } from 'zod'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'

export interface SessionSummaryReport {
  readonly id: string
  readonly format: string
  readonly title: string
  readonly source_path: string
  readonly started_at: string | null
  readonly ended_at: string | null
  readonly user_ids: readonly string[]
  readonly agent_ids: readonly string[]
  readonly parent_session_id: string | null
}

export interface SessionEventReport {
  readonly id: string
  readonly type: string
  readonly speaker: string
  readonly voice: string
  readonly text: string
  readonly at: string | null
  readonly user_id: string | null
  readonly agent_id: string | null
  readonly thread_id: string | null
  readonly source: { readonly path: string; readonly line: number }
}

/** What an import read, skipped and took out. `read` and the sum of `skipped` give `lines`. */
export interface ImportReport {
  readonly files: number
  readonly sessions: number
  readonly new_events: number
  readonly lines: number
  readonly read: number
  readonly skipped: Readonly<Record<string, number>>
  /** The first damaged or unknown lines; `line` null = the whole file. */
  readonly bad_lines: readonly {
    readonly path: string
    readonly line: number | null
    readonly reason: string
  }[]
  /** Kind and place of each secret; never the secret. */
  readonly redacted: readonly {
    readonly kind: string
    readonly path: string
    readonly line: number
  }[]
}

const count = z.int().min(0)
const summary = z.strictObject({
  id: z.string(),
  format: z.string(),
  title: z.string(),
  source_path: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  user_ids: z.array(z.string()),
  agent_ids: z.array(z.string()),
  parent_session_id: z.string().nullable(),
})

export const importReportSchema: z.ZodType<ImportReport> = z.strictObject({
  files: count,
  sessions: count,
  new_events: count,
  lines: count,
  read: count,
  skipped: z.record(z.string(), count),
  bad_lines: z.array(
    z.strictObject({ path: z.string(), line: count.nullable(), reason: z.string() }),
  ),
  redacted: z.array(z.strictObject({ kind: z.string(), path: z.string(), line: count })),
})

export const sessionListReportSchema: z.ZodType<{
  readonly sessions: readonly SessionSummaryReport[]
}> = z.strictObject({ sessions: z.array(summary) })

export const sessionShowReportSchema: z.ZodType<{
  readonly session: SessionSummaryReport
  readonly events: readonly SessionEventReport[]
}> = z.strictObject({
  session: summary,
  events: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      speaker: z.string(),
      voice: z.string(),
      text: z.string(),
      at: z.string().nullable(),
      user_id: z.string().nullable(),
      agent_id: z.string().nullable(),
      thread_id: z.string().nullable(),
      source: z.strictObject({ path: z.string(), line: count }),
    }),
  ),
})

export const sessionRemoveReportSchema: z.ZodType<{ readonly session_id: string }> = z.strictObject(
  { session_id: z.string() },
)

export function importReport(summary: {
  readonly files: number
  readonly sessions: number
  readonly newEvents: number
  readonly lines: number
  readonly read: number
  readonly skipped: Readonly<Record<string, number>>
  readonly badLines: ImportReport['bad_lines']
  readonly redacted: ImportReport['redacted']
}): ImportReport {
  const { newEvents, badLines, redacted, ...same } = summary
  return {
    ...same,
    new_events: newEvents,
    bad_lines: badLines.map(({ path, line, reason }) => ({ path, line, reason })),
    redacted: redacted.map(({ kind, path, line }) => ({ kind, path, line })),
  }
}

export function sessionSummaryReport(session: Session): SessionSummaryReport {
  return {
    id: session.id,
    format: session.format,
    title: session.title,
    source_path: session.sourcePath,
    started_at: session.startedAt,
    ended_at: session.endedAt,
    user_ids: [...session.userIds],
    agent_ids: [...session.agentIds],
    parent_session_id: session.parentSessionId,
  }
}

export function sessionEventReport(event: SessionEvent): SessionEventReport {
  return {
    id: event.id,
    type: event.type,
    speaker: event.speaker,
    voice: event.voice,
    text: event.text,
    at: event.at,
    user_id: event.userId,
    agent_id: event.agentId,
    thread_id: event.threadId,
    source: { path: event.source.path, line: event.source.line },
  }
}
