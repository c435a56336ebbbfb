import { type Change, canMoveTo } from '../core/change.ts'
import {
  canDreamMoveTo,
  canPlanMoveTo,
  type Dream,
  type DreamStatus,
  type HostedDream,
  isTerminal,
  type Plan,
  type PlanStatus,
  type TokenUsage,
} from '../core/dream.ts'
import { ReverieError } from '../core/errors.ts'
import type { ChangeDecision, Lease } from './storage.ts'
import { illegalMove, inconsistent } from './storage-errors.ts'

/** A dream with who may write it. Times are ISO 8601 UTC and compare as text. */
export interface LeasedDream {
  readonly dream: Dream
  /** Grows with every claim; 0 = never claimed. */
  readonly token: number
  readonly leaseUntil: string | null
}

/** Whether the dream keeps every other one from updating its store. */
export function isUpdating({ hosted, status }: Dream): boolean {
  return hosted?.outputBehavior === 'update_existing' && !isTerminal(status)
}

/** A dream that would update a store while this one does. */
export function updatedAlready(holder: Dream): ReverieError {
  return new ReverieError(
    'conflict_error',
    `The dream "${holder.id}" is ${holder.status} and updates the memory store "${holder.storeId}".`,
    { next: 'Wait until it has ended, or cancel it.', details: { dream_id: holder.id } },
  )
}

/** Whether a runner of the server may claim the dream. */
export function isWaiting(of: LeasedDream, now: string): boolean {
  return of.dream.hosted !== null && claimed(of, now, now) !== null
}

/** The dream as claimed, or null where somebody holds it or it has ended. */
export function claimed(of: LeasedDream, now: string, leaseUntil: string): LeasedDream | null {
  const isFree =
    of.dream.status === 'running'
      ? of.leaseUntil === null || of.leaseUntil <= now
      : canDreamMoveTo(of.dream.status, 'running')
  return isFree
    ? { dream: { ...of.dream, status: 'running' }, token: of.token + 1, leaseUntil }
    : null
}

/** The dream held for longer; throws `conflict_error`. */
export function renewed(
  of: LeasedDream,
  lease: Lease,
  leaseUntil: string,
  usage?: TokenUsage,
): LeasedDream {
  requireHeld(of, lease)
  return { ...of, dream: { ...of.dream, hosted: withUsage(of.dream.hosted, usage) }, leaseUntil }
}

/** The dream at its place; throws `conflict_error`, `invalid_request_error` where it has none. */
export function begun(
  of: LeasedDream,
  lease: Lease,
  { sessionId, output }: Pick<HostedDream, 'sessionId' | 'output'>,
): LeasedDream {
  requireHeld(of, lease)
  const { id, status } = of.dream
  if (status !== 'running') throw illegalMove('dream', id, status, 'running')
  return {
    ...of,
    dream: { ...of.dream, hosted: { ...requireHosted(of.dream), sessionId, output } },
  }
}

/** The dream as completed under this lease; throws `conflict_error`. */
export function completed(
  of: LeasedDream,
  lease: Lease,
  at: string,
  plan: Plan,
  changes: readonly Change[],
): LeasedDream {
  const ids = new Set(changes.map((change) => change.id))
  if (ids.size < changes.length) {
    throw inconsistent(`Two changes of the dream "${lease.dreamId}" share an id.`)
  }
  const ended = endedUnder(of, lease, 'completed', at, plan.report.usage)
  return withPlanStatus(
    { ...ended, dream: { ...ended.dream, plan } },
    changes.length === 0 ? 'empty' : 'waiting',
  )
}

/** The dream as failed under this lease; throws `conflict_error`. */
export function failed(
  of: LeasedDream,
  lease: Lease,
  at: string,
  error: NonNullable<Dream['error']>,
  usage?: TokenUsage,
): LeasedDream {
  const ended = endedUnder(of, lease, 'failed', at, usage)
  return { ...ended, dream: { ...ended.dream, error } }
}

/**
 * The dream as canceled, out of the reach of its lease; a canceled one as it is. Throws
 * `invalid_request_error` for any other that has ended.
 */
export function canceled(of: LeasedDream, at: string): LeasedDream {
  const { id, status } = of.dream
  if (status === 'canceled') return of
  if (!canDreamMoveTo(status, 'canceled')) {
    throw new ReverieError('invalid_request_error', `The dream "${id}" has ${status} already.`, {
      next: 'Only pending and running dreams can be canceled.',
    })
  }
  const dream: Dream = { ...of.dream, status: 'canceled', endedAt: at }
  return { dream, token: of.token + 1, leaseUntil: null }
}

/** The dream as archived; throws `invalid_request_error` where it is not hosted or has not ended. */
export function archived(of: LeasedDream, at: string): LeasedDream {
  const hosted = requireHosted(of.dream)
  if (!isTerminal(of.dream.status)) {
    throw new ReverieError(
      'invalid_request_error',
      `The dream "${of.dream.id}" is ${of.dream.status} and cannot be archived.`,
      { next: 'Wait until it has ended, or cancel it.' },
    )
  }
  const archivedAt = hosted.archivedAt ?? at
  return { ...of, dream: { ...of.dream, hosted: { ...hosted, archivedAt } } }
}

/** The dream with its plan moved on; throws `conflict_error` where that is not legal. */
export function withPlanStatus(of: LeasedDream, to: PlanStatus): LeasedDream {
  const from = of.dream.planStatus
  if (!canPlanMoveTo(from, to)) throw illegalMove('plan of the dream', of.dream.id, from, to)
  return { ...of, dream: { ...of.dream, planStatus: to } }
}

/** The change as decided; throws `conflict_error` where that is not legal. */
export function decided(change: Change, { status, heldReason }: ChangeDecision): Change {
  if (!canMoveTo(change.status, status)) {
    throw illegalMove('change', change.id, change.status, status)
  }
  return { ...change, status, heldReason }
}

/** The change in a person's words; throws `conflict_error` where it was applied. */
export function reworded(change: Change, words: Change): Change {
  if (change.status === 'applied' || change.status === 'reverted') {
    throw new ReverieError(
      'conflict_error',
      `The change "${change.id}" is ${change.status} and keeps its words.`,
      { next: 'Edit the memory itself.' },
    )
  }
  const { before, after, edits, ledger, isWordedByModel } = words
  return { ...change, before, after, edits, ledger, isWordedByModel }
}

function endedUnder(
  of: LeasedDream,
  lease: Lease,
  to: DreamStatus,
  at: string,
  used?: TokenUsage,
): LeasedDream {
  requireHeld(of, lease)
  if (!canDreamMoveTo(of.dream.status, to)) {
    throw illegalMove('dream', of.dream.id, of.dream.status, to)
  }
  const hosted = withUsage(of.dream.hosted, used)
  return { ...of, dream: { ...of.dream, status: to, endedAt: at, hosted } }
}

function withUsage(hosted: HostedDream | null, used: TokenUsage | undefined): HostedDream | null {
  if (hosted === null || used === undefined) return hosted
  const { inputTokens, outputTokens, cachedInputTokens } = used
  return { ...hosted, usage: { inputTokens, outputTokens, cachedInputTokens } }
}

function requireHosted({ id, hosted }: Dream): HostedDream {
  if (hosted !== null) return hosted
  throw inconsistent(`The dream "${id}" was not asked for at the server.`)
}

/** Fencing: an older token writes nothing. */
function requireHeld(of: LeasedDream, lease: Lease): void {
  if (lease.token === of.token) return
  throw new ReverieError(
    'conflict_error',
    `The dream "${lease.dreamId}" was taken over by another process.`,
    { next: 'Leave it to that process; nothing was written.' },
  )
}
