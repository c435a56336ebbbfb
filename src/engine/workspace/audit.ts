import type { NewId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Page, PageQuery, Storage, TimeRange } from '../../storage/storage.ts'

/** Every act that leaves an audit line, as `<what>.<done>`. */
export const AUDIT_ACTS = [
  'store.created',
  'store.updated',
  'store.archived',
  'store.removed',
  'memory.created',
  'memory.updated',
  'memory.removed',
  'version.redacted',
  'dream.created',
  'dream.completed',
  'dream.failed',
  'dream.canceled',
  'dream.archived',
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
}

export interface AuditQuery extends PageQuery {
  readonly acts?: readonly AuditAct[]
  readonly created?: TimeRange
}

const STREAM = 'audit'

/** Appends a line to the workspace's audit; call it in the transaction of the act itself. */
export async function audit(tx: Storage, entry: AuditEntry, newId: NewId): Promise<void> {
  const { act, subject, by, at, details = {} } = entry
  const body = JSON.stringify({ subject, by, details })
  await tx.logs.append(STREAM, [{ id: newId('log'), type: act, at, body }])
}

/** The workspace's audit, newest first. */
export async function auditPage(storage: Storage, query: AuditQuery): Promise<Page<AuditLine>> {
  const { acts, ...rest } = query
  const page = await storage.logs.page(STREAM, {
    ...rest,
    ...(acts === undefined ? {} : { types: acts }),
    order: 'desc',
  })
  return {
    ...page,
    items: page.items.map(({ id, type, at, body }) => ({
      ...(JSON.parse(body ?? '{}') as Pick<AuditLine, 'subject' | 'by' | 'details'>),
      id,
      act: type as AuditAct,
      at: at ?? '',
    })),
  }
}
