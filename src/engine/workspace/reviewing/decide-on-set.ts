import type { Change, ChangeStatus } from '../../../core/change.ts'
import type { Dream, PlanStatus } from '../../../core/dream.ts'
import { notFound, ReverieError } from '../../../core/errors.ts'
import type { ChangeId, ChangeSetId, DreamId } from '../../../core/ids.ts'
import type { Actor } from '../../../core/memory.ts'
import { isAsShown } from '../../../core/rails/same-bytes.ts'
import type { ApplyPorts } from '../../dream-ports.ts'
import { assertSettleable } from '../../settling/settle-plan.ts'
import { recordTakenOut } from '../../settling/taken-out.ts'
import type { ReviewDecision, ShownChangeSet } from '../../workspace-api.ts'
import { type AuditAct, type AuditEntry, audit } from '../audit.ts'
import { editedChange } from '../edited-change.ts'
import { isAnother, setsOf } from '../shown-dream.ts'
import { actorName, assertMayRelease, isRelease } from './release.ts'
import { assertTextsThere, settleHosted } from './settle-hosted.ts'

/** What somebody decides on a change-set, named by its id or by that of one of its changes. */
export interface SetDecision {
  readonly dreamId: DreamId
  readonly id: ChangeId | ChangeSetId
  readonly decision: ReviewDecision
  readonly by: Actor
}

/** One decision on one change-set, within a transaction. */
interface Review {
  readonly dream: Dream
  readonly set: ShownChangeSet
  /** The change that was named; null = the set itself was. */
  readonly change: Change | null
  readonly decision: ReviewDecision
  readonly by: Actor
  readonly at: string
  readonly ports: ApplyPorts
}

/**
 * Decides on a change-set as it was shown, within a transaction, with its audit line. Letting in
 * what a rail held is a release: by a person or a key, while its place is as the plan knows it.
 * Throws `not_found_error`, `conflict_error`, `permission_error`.
 */
export async function decideOnSet(order: SetDecision, ports: ApplyPorts): Promise<void> {
  const review = await reviewOf(order, ports)
  const isReleasing = isRelease(review.set, review.decision)
  if (isReleasing) await assertReleasable(review)
  const isDone = await DECIDE[order.decision.decision](review)
  if (isDone) await noteDecision(review, isReleasing)
}

/** Rejects change-sets of which nothing is applied, within a transaction. */
export async function rejectSets(
  { dream, sets, by }: Pick<Review, 'dream' | 'by'> & { readonly sets: readonly ShownChangeSet[] },
  ports: ApplyPorts,
): Promise<void> {
  const at = ports.now().toISOString()
  for (const set of sets) {
    const decision = { decision: 'reject', digest: set.digest } as const
    const review: Review = { dream, set, change: null, decision, by, at, ports }
    if (await mark(review, 'rejected')) await noteDecision(review, false)
  }
}

async function reviewOf(
  { dreamId, id, decision, by }: SetDecision,
  ports: ApplyPorts,
): Promise<Review> {
  const { dreams } = ports.storage
  const dream = await dreams.get(dreamId)
  if (dream === null) throw notFound('dream', dreamId)
  const changes = await dreams.changes.list(dreamId)
  const change = changes.find((one) => one.id === id) ?? null
  const set = setsOf(changes).find((one) => one.id === (change?.changeSet ?? id))
  if (set === undefined) throw notFound('change', id)
  assertPlan(dream, DECIDABLE.includes(dream.planStatus), 'decided on')
  if (!isAsShown(set.changes, decision.digest)) throw isAnother(`The change-set ${set.id}`)
  const gone = set.changes.find(({ status }) => status === 'reverted')
  if (gone !== undefined) throw takenOut(gone)
  return { dream, set, change, decision, by, at: ports.now().toISOString(), ports }
}

const DECIDABLE: readonly PlanStatus[] = ['waiting', 'applied']

/** A plan of a folder that waits is judged as a whole when it is applied. */
async function assertReleasable({ dream, set, by, ports }: Review): Promise<void> {
  assertMayRelease(by)
  if (dream.hosted !== null) await assertTextsThere(ports.storage, dream.id)
  else if (dream.planStatus === 'waiting') return
  const ids = set.changes.map(({ id }) => id)
  const isIn = ({ id, status }: Change): boolean => status === 'applied' || ids.includes(id)
  await assertSettleable(dream.id, { planStatus: 'applied', isIn }, ports)
}

/** Each says whether there was anything to do. */
const DECIDE: Readonly<Record<ReviewDecision['decision'], (review: Review) => Promise<boolean>>> = {
  accept: (review) => mark(review, 'accepted'),

  async reject(review) {
    const isMarked = await mark(review, 'rejected')
    return (await takeOut(review)) || isMarked
  },

  async revert(review) {
    if (await takeOut(review)) return true
    throw new ReverieError('conflict_error', `${review.set.id} is not applied.`, {
      next: 'Reject it, so that it is never written.',
    })
  },

  async edit(review) {
    const { dream, set, change, decision, by, ports } = review
    if (change === null || decision.decision !== 'edit') throw notFound('change', set.id)
    const written = set.changes.find(({ status }) => status === 'applied')
    if (written !== undefined) throw isWritten(written)
    const edited = editedChange(change, decision.text, actorName(by))
    await ports.storage.dreams.changes.reword(dream.id, edited)
    await mark(review, 'accepted')
    return true
  },
}

/** Marks those of the set that are open and not decided so already; why one was held stays told. */
async function mark({ dream, set, by, at, ports }: Review, status: ChangeStatus): Promise<boolean> {
  const open = set.changes.filter((one) => one.status !== status && one.status !== 'applied')
  for (const { id, heldReason } of open) {
    const decision = { status, heldReason, decidedBy: actorName(by), at }
    await ports.storage.dreams.changes.decide(dream.id, id, decision)
  }
  return open.length > 0
}

/** Takes what is applied of the set back out of the text, and nothing else in or out. */
async function takeOut({ dream, set, ports }: Review): Promise<boolean> {
  const ids = set.changes.flatMap(({ id, status }) => (status === 'applied' ? [id] : []))
  if (ids.length === 0) return false
  const isIn = ({ id, status }: Change): boolean => status === 'applied' && !ids.includes(id)
  await settleHosted(dream.id, { planStatus: 'applied', isIn }, ports)
  await recordTakenOut(ports.storage, dream.id, ids)
  return true
}

const ACT: Readonly<Record<ReviewDecision['decision'], AuditAct>> = {
  accept: 'change.accepted',
  reject: 'change.rejected',
  revert: 'change.reverted',
  edit: 'change.edited',
}

/** A release leaves a line of its own, beside that of an edit and in place of that of an accept. */
async function noteDecision(review: Review, isReleasing: boolean): Promise<void> {
  const { dream, set, change, decision, by, at, ports } = review
  const details = { dream_id: dream.id, change_set: set.id, digest: set.digest }
  const line = { subject: change?.id ?? set.id, by, at }
  const note = (entry: AuditEntry): Promise<void> => audit(ports.storage, entry, ports.newId)
  if (!isReleasing || decision.decision === 'edit') {
    await note({ ...line, act: ACT[decision.decision], details })
  }
  if (!isReleasing) return
  const reasons = [...new Set(set.changes.flatMap(({ heldReason }) => heldReason ?? []))].sort()
  const released = { ...details, held_reason: reasons.join(',') }
  await note({ ...line, act: 'change.released', details: released })
}

/** Throws `conflict_error` where a plan's state does not allow an act. */
export function assertPlan(dream: Dream, isLegal: boolean, act: string): void {
  if (isLegal) return
  const state = dream.planStatus === 'none' ? dream.status : dream.planStatus
  throw new ReverieError('conflict_error', `${dream.id} is ${state}; it cannot be ${act}.`)
}

function takenOut({ id }: Change): ReverieError {
  return new ReverieError(
    'conflict_error',
    `${id} was taken back out of the text and cannot be decided on again.`,
    { next: 'Write it into the memory, or revert the whole dream and run it again.' },
  )
}

function isWritten({ id }: Change): ReverieError {
  return new ReverieError('conflict_error', `${id} is applied; its words cannot be edited.`, {
    next: 'Revert it, or update the memory itself.',
  })
}
