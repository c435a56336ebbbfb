import { type Change, canMoveTo } from '../core/change.ts'
import {
  canDreamMoveTo,
  canPlanMoveTo,
  type Dream,
  type DreamStatus,
  type Plan,
  type PlanStatus,
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
export function renewed(of: LeasedDream, lease: Lease, leaseUntil: string): LeasedDream {
  requireHeld(of, lease)
  return { ...of, leaseUntil }
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
  const ended = endedUnder(of, lease, 'completed', at)
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
): LeasedDream {
  const ended = endedUnder(of, lease, 'failed', at)
  return { ...ended, dream: { ...ended.dream, error } }
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

function endedUnder(of: LeasedDream, lease: Lease, to: DreamStatus, at: string): LeasedDream {
  requireHeld(of, lease)
  if (!canDreamMoveTo(of.dream.status, to)) {
    throw illegalMove('dream', of.dream.id, of.dream.status, to)
  }
  return { ...of, dream: { ...of.dream, status: to, endedAt: at } }
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
