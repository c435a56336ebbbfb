import { z } from 'zod'
import { assertNever } from '../../core/errors.ts'
import type { Actor } from '../../core/memory.ts'

/** Who did it, by kind and id. */
export interface AuditActor {
  readonly type: Actor['type']
  readonly id: string | null
}

/** One act of one workspace. It never tells a content. */
export interface AuditReport {
  readonly type: 'audit_line'
  readonly id: string
  readonly at: string
  readonly act: string
  /** Id of what it was done to. */
  readonly subject: string
  readonly by: AuditActor
  /** Further ids and digests. */
  readonly details: Readonly<Record<string, string>>
}

export const auditReportSchema: z.ZodType<AuditReport> = z
  .strictObject({
    type: z.literal('audit_line'),
    id: z.string(),
    at: z.string(),
    act: z.string(),
    subject: z.string(),
    by: z.strictObject({
      type: z.enum(['user_actor', 'api_actor', 'session_actor', 'dream_actor', 'folder_actor']),
      id: z.string().nullable(),
    }),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AuditLine' })

/** A line as the engine has it. */
interface Line extends Omit<AuditReport, 'type' | 'by'> {
  readonly by: Actor
}

export function auditReport({ id, at, act, subject, by, details }: Line): AuditReport {
  return {
    type: 'audit_line',
    id,
    at,
    act,
    subject,
    by: { type: by.type, id: idOf(by) },
    details,
  }
}

function idOf(by: Actor): string | null {
  switch (by.type) {
    case 'user_actor':
      return by.userId
    case 'api_actor':
      return by.apiKeyId
    case 'session_actor':
      return by.sessionId
    case 'dream_actor':
      return by.dreamId
    case 'folder_actor':
      return null
    default:
      return assertNever(by)
  }
}
