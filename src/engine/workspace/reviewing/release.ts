import { LOCAL_PRINCIPAL } from '../../../core/audience.ts'
import { ReverieError } from '../../../core/errors.ts'
import { type Actor, actorId } from '../../../core/memory.ts'
import type { ReviewDecision, ShownChangeSet } from '../../workspace-api.ts'

/** Whether a decision lets in what a rail held; one that was rejected meanwhile counts too. */
export function isRelease(
  { changes }: Pick<ShownChangeSet, 'changes'>,
  { decision }: Pick<ReviewDecision, 'decision'>,
): boolean {
  if (decision !== 'accept' && decision !== 'edit') return false
  return changes.some(
    ({ status, heldReason }) => heldReason !== null && (status === 'held' || status === 'rejected'),
  )
}

/** Nothing that reads sessions may let in what sessions said: `permission_error`. */
export function assertMayRelease({ type }: Actor): void {
  if (type === 'user_actor' || type === 'api_actor') return
  throw new ReverieError(
    'permission_error',
    'A held change is released by a person or with a key.',
    { next: 'Review it: reverie review --held' },
  )
}

/** Whom a decision is attributed to. */
export function actorName(by: Actor): string {
  return actorId(by) ?? LOCAL_PRINCIPAL
}
