import { LIMITS } from '../../config.ts'
import {
  type ChainHead,
  type ChainPlace,
  type ChainVerdict,
  linkedRow,
  placeOf,
} from '../../core/audit/audit-chain.ts'
import { type ChainAnchor, startChainCheck } from '../../core/audit/audit-check.ts'
import type { NewId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { LogLine, Page, PageQuery, Storage, TimeRange } from '../../storage/storage.ts'

/** Every act that leaves an audit line, as `<what>.<done>`. */
export const AUDIT_ACTS = [
  'store.created',
  'store.updated',
  'store.archived',
  'store.removed',
  'store.exported',
  'store.imported',
  'memory.created',
  'memory.updated',
  'memory.removed',
  'memory.pinned',
  'memory.unpinned',
  'version.redacted',
  'dream.created',
  'dream.completed',
  'dream.failed',
  'dream.canceled',
  'dream.archived',
  'dream.unarchived',
  'dream.applied',
  'dream.discarded',
  'dream.reverted',
  'change.accepted',
  'change.rejected',
  'change.edited',
  'change.reverted',
  'change.released',
  'pattern.shared',
  'collective_dream.created',
  'collective_dream.canceled',
  'memory.withdrawn',
  'erasure.done',
  'schedule.created',
  'schedule.updated',
  'schedule.removed',
  'session.created',
  'session.imported',
  'session.updated',
  'session.archived',
  'session.removed',
  'session.purged',
  'state.backed_up',
  'agent.created',
  'agent.updated',
  'agent.archived',
  'environment.created',
  'environment.updated',
  'environment.archived',
  'environment.removed',
  'key.created',
  'key.rotated',
  'key.revoked',
] as const

export type AuditAct = (typeof AUDIT_ACTS)[number]

/** Who did what to what, and when. Never a content, a path or a secret: what is erased stays erased. */
export interface AuditEntry {
  readonly act: AuditAct
  /** The id of what it was done to. */
  readonly subject: string
  readonly by: Actor
  /** ISO 8601 UTC. */
  readonly at: string
  /** Further ids and digests, by name. */
  readonly details?: Readonly<Record<string, string>>
}

/** An entry as it stands in the log. */
export interface AuditLine extends Required<AuditEntry> {
  readonly id: string
  /** Null = older than the chain. */
  readonly chain: ChainPlace | null
}

export interface AuditQuery extends PageQuery {
  readonly acts?: readonly AuditAct[]
  readonly created?: TimeRange
  /** Id of what it was done to. */
  readonly subject?: string
}

const STREAM = 'audit'

/**
 * Appends a line to the workspace's audit, linked to the one before it; call it in the transaction
 * of the act itself.
 */
export async function audit(tx: Storage, entry: AuditEntry, newId: NewId): Promise<void> {
  const { act, subject, by, at, details = {} } = entry
  const head = await tx.logs.head(STREAM)
  const row = { id: newId('log'), type: act, at, body: JSON.stringify({ subject, by, details }) }
  const linked = linkedRow(row, {
    sequence: (head?.sequence ?? 0) + 1,
    previous: head === null ? null : (placeOf(head.line)?.link ?? null),
  })
  await tx.logs.append(STREAM, [linked])
}

/**
 * The workspace's audit, newest first. With a subject a page may hold fewer lines than asked for
 * although more follow.
 */
export async function auditPage(storage: Storage, query: AuditQuery): Promise<Page<AuditLine>> {
  const { acts, subject, after, ...rest } = query
  let from = after
  for (let looked = rest.limit; ; looked += rest.limit) {
    const page = await storage.logs.page(STREAM, {
      ...rest,
      ...(from === undefined ? {} : { after: from }),
      ...(acts === undefined ? {} : { types: acts }),
      order: 'desc',
    })
    const lines = page.items.map(auditLine)
    const items = lines.filter((line) => subject === undefined || line.subject === subject)
    const isEnough = items.length > 0 || looked >= LIMITS.auditLinesLookedAtMax
    if (isEnough || page.next === null) return { ...page, items }
    from = page.next
  }
}

function auditLine({ id, type, at, body }: LogLine): AuditLine {
  const told = JSON.parse(body ?? '{}') as Pick<AuditLine, 'subject' | 'by' | 'details'>
  const { subject, by, details } = told
  return { subject, by, details, id, act: type as AuditAct, at: at ?? '', chain: placeOf({ body }) }
}

/** Where the audit ends now; null = nothing of it is linked yet. Kept elsewhere, it is an anchor. */
export async function auditHead(storage: Storage): Promise<ChainHead | null> {
  const place = placeOf((await storage.logs.head(STREAM))?.line ?? { body: null })
  return place === null ? null : { sequence: place.sequence, link: place.link }
}

/** Whether the audit is as it was appended; it is read whole, page by page. */
export async function verifyAudit(
  storage: Pick<Storage, 'logs'>,
  anchor: ChainAnchor | null,
): Promise<ChainVerdict> {
  const check = startChainCheck(anchor)
  const limit = LIMITS.auditLinesAtOnce
  for (let after: string | null | undefined; after !== null; ) {
    const page = await storage.logs.page(STREAM, {
      limit,
      order: 'asc',
      ...(after === undefined ? {} : { after }),
    })
    for (const row of page.items) check.take(row)
    after = page.next
  }
  return check.verdict()
}
