import { z } from 'zod'
import type { ChainPlace, ChainVerdict } from '../../core/audit/audit-chain.ts'
import { anchorText } from '../../core/audit/audit-check.ts'
import { type Actor, actorId } from '../../core/memory.ts'

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
  /** Its place in the chain; null = it is older than the chain. */
  readonly chain: ChainPlace | null
}

const link = z.string().regex(/^[0-9a-f]{64}$/)
const sequence = z.int().min(1)

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
    chain: z.strictObject({ sequence, previous: link, link }).nullable(),
  })
  .meta({ id: 'AuditLine' })

/** A line as the engine has it. */
export interface ToldLine extends Omit<AuditReport, 'type' | 'by'> {
  readonly by: Actor
}

export function auditReport({ id, at, act, subject, by, details, chain }: ToldLine): AuditReport {
  return {
    type: 'audit_line',
    id,
    at,
    act,
    subject,
    by: { type: by.type, id: actorId(by) },
    details,
    chain,
  }
}

/** Where an audit ends. */
export interface AuditHeadReport {
  readonly type: 'audit_head'
  /** Both null = nothing is linked yet. */
  readonly sequence: number | null
  readonly link: string | null
  /** `<sequence>:<link>`, to be kept elsewhere; null as above. */
  readonly anchor: string | null
}

export const auditHeadReportSchema: z.ZodType<AuditHeadReport> = z
  .strictObject({
    type: z.literal('audit_head'),
    sequence: sequence.nullable(),
    link: link.nullable(),
    anchor: z.string().nullable(),
  })
  .meta({ id: 'AuditHead' })

export function auditHeadReport(head: ChainVerdict['head']): AuditHeadReport {
  return {
    type: 'audit_head',
    sequence: head?.sequence ?? null,
    link: head?.link ?? null,
    anchor: head === null ? null : anchorText(head),
  }
}

/** Whether an audit is as it was written. */
export interface AuditVerdictReport {
  readonly type: 'audit_verdict'
  readonly is_whole: boolean
  readonly lines: number
  /** Lines from before there was a chain: counted, not proven. */
  readonly unlinked: number
  /** Null = every line is as it was appended. */
  readonly broken: {
    /** From 0, in the order of writing. */
    readonly index: number
    readonly fault: 'edited' | 'inserted' | 'deleted' | 'moved' | 'cut'
  } | null
  readonly head: AuditHeadReport
  /** False: nobody looked whether lines are missing at the end, or whether all was made anew. */
  readonly is_anchored: boolean
}

export const auditVerdictReportSchema: z.ZodType<AuditVerdictReport> = z
  .strictObject({
    type: z.literal('audit_verdict'),
    is_whole: z.boolean(),
    lines: z.int().min(0),
    unlinked: z.int().min(0),
    broken: z
      .strictObject({
        index: z.int().min(0),
        fault: z.enum(['edited', 'inserted', 'deleted', 'moved', 'cut']),
      })
      .nullable(),
    head: auditHeadReportSchema,
    is_anchored: z.boolean(),
  })
  .meta({ id: 'AuditVerdict' })

export function auditVerdictReport(verdict: ChainVerdict, isAnchored: boolean): AuditVerdictReport {
  const { lines, unlinked, broken, head } = verdict
  return {
    type: 'audit_verdict',
    is_whole: broken === null,
    lines,
    unlinked,
    broken,
    head: auditHeadReport(head),
    is_anchored: isAnchored,
  }
}

export const auditListReportSchema: z.ZodType<{ readonly lines: readonly AuditReport[] }> =
  z.strictObject({ lines: z.array(auditReportSchema) })
