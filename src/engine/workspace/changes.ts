import { LIMITS } from '../../config.ts'
import { LOCAL_PRINCIPAL } from '../../core/audience.ts'
import type { Change, ChangeStatus } from '../../core/change.ts'
import type { Dream, PlanStatus } from '../../core/dream.ts'
import { assertNever, notFound, ReverieError } from '../../core/errors.ts'
import type { ChangeId, ChangeSetId, DreamId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { outputOf } from '../settling/output-of.ts'
import { ALL_EFFECTIVE, NOTHING, settlePlan, type Wanted } from '../settling/settle-plan.ts'
import { recordTakenOut } from '../settling/taken-out.ts'
import type {
  ReviewDecision,
  ShownChangeSet,
  ShownDream,
  WorkspaceChanges,
} from '../workspace-api.ts'
import { type AuditAct, audit } from './audit.ts'
import { assertSoundText, editedChange } from './edited-change.ts'
import { assertShown, hostedDream, setsOf, shownDream } from './shown-dream.ts'
import type { WorkspaceDeps } from './workspace-deps.ts'

/** The review of dreams: what is decided, written and taken back, each in one transaction. */
export function changesOf(deps: WorkspaceDeps): WorkspaceChanges {
  const { storage, secrets } = deps
  return {
    list: (dreamId, filter) => shownDream(storage, dreamId, filter),

    async decide(dreamId, id, decision, by) {
      if (decision.decision === 'edit') await assertSoundText(decision.text, secrets)
      return storage.transaction(async (tx) => {
        const review = await reviewOf(tx, dreamId, id, decision, by, deps)
        const isDone = await DECIDE[decision.decision](review)
        if (isDone) await noteDecision(review)
        return shownDream(tx, dreamId)
      })
    },

    apply: (dreamId, digest, by) =>
      wholePlan({ dreamId, digest, by }, deps, async (tx, { dream, changes }) => {
        const hasMore = changes.some(({ status }) => status === 'accepted')
        const isOpen = dream.planStatus === 'waiting' || (dream.planStatus === 'applied' && hasMore)
        assertPlan(dream, isOpen, 'applied')
        await settle(tx, dreamId, ALL_EFFECTIVE, deps)
        return 'dream.applied'
      }),

    revert: (dreamId, digest, by) =>
      wholePlan({ dreamId, digest, by }, deps, async (tx, { dream }) => {
        assertPlan(dream, dream.planStatus === 'applied', 'reverted')
        await settle(tx, dreamId, NOTHING, deps)
        return 'dream.reverted'
      }),

    discard: (dreamId, digest, by) =>
      wholePlan({ dreamId, digest, by }, deps, async (tx, { dream }) => {
        assertPlan(dream, dream.planStatus === 'waiting', 'discarded')
        await tx.dreams.setPlanStatus(dreamId, 'discarded')
        return 'dream.discarded'
      }),
  }
}

/** One decision on one change-set, within a transaction. */
interface Review {
  readonly tx: Storage
  readonly dream: Dream
  readonly set: ShownChangeSet
  /** The change that was named; null = the set itself was. */
  readonly change: Change | null
  readonly decision: ReviewDecision
  readonly by: Actor
  readonly at: string
  readonly deps: WorkspaceDeps
}

/** Finds what is decided on; throws `not_found_error`, and `conflict_error` where it moved on. */
async function reviewOf(
  tx: Storage,
  dreamId: DreamId,
  id: ChangeId | ChangeSetId,
  decision: ReviewDecision,
  by: Actor,
  deps: WorkspaceDeps,
): Promise<Review> {
  const { dream, changes } = await shownDream(tx, dreamId)
  const change = changes.find((one) => one.id === id) ?? null
  const set = setsOf(changes).find((one) => one.id === (change?.changeSet ?? id))
  if (set === undefined) throw notFound('change', id)
  assertPlan(dream, DECIDABLE.includes(dream.planStatus), 'decided on')
  assertShown(`The change-set ${set.id}`, set.digest, decision.digest)
  const gone = set.changes.find(({ status }) => status === 'reverted')
  if (gone !== undefined) throw takenOut(gone)
  return { tx, dream, set, change, decision, by, at: deps.now().toISOString(), deps }
}

const DECIDABLE: readonly PlanStatus[] = ['waiting', 'applied']

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

  async edit({ tx, dream, set, change, decision, by, ...rest }) {
    if (change === null || decision.decision !== 'edit') throw notFound('change', set.id)
    const written = set.changes.find(({ status }) => status === 'applied')
    if (written !== undefined) throw isWritten(written)
    await tx.dreams.changes.reword(dream.id, editedChange(change, decision.text, nameOf(by)))
    await mark({ tx, dream, set, change, decision, by, ...rest }, 'accepted')
    return true
  },
}

/** Marks those of the set that are open and not decided so already. */
async function mark({ tx, dream, set, by, at }: Review, status: ChangeStatus): Promise<boolean> {
  const open = set.changes.filter((one) => one.status !== status && one.status !== 'applied')
  const decision = { status, heldReason: null, decidedBy: nameOf(by), at }
  for (const { id } of open) await tx.dreams.changes.decide(dream.id, id, decision)
  return open.length > 0
}

/** Takes what is applied of the set back out of the text, and nothing else in or out. */
async function takeOut({ tx, dream, set, deps }: Review): Promise<boolean> {
  const ids = set.changes.flatMap(({ id, status }) => (status === 'applied' ? [id] : []))
  if (ids.length === 0) return false
  const isIn = ({ id, status }: Change): boolean => status === 'applied' && !ids.includes(id)
  await settle(tx, dream.id, { planStatus: 'applied', isIn }, deps)
  await recordTakenOut(tx, dream.id, ids)
  return true
}

async function settle(
  tx: Storage,
  dreamId: DreamId,
  wanted: Wanted,
  { now, newId }: WorkspaceDeps,
): Promise<void> {
  await assertTextsThere(tx, dreamId)
  const { dream, written } = await settlePlan(dreamId, wanted, {
    storage: tx,
    folder: null,
    now,
    newId,
  })
  const storeId = dream.hosted?.output?.storeId ?? dream.storeId
  for (const path of written) {
    const memory = await tx.memories.getByPath(storeId, path)
    if (memory !== null) assertSize(memory.id, memory.content)
  }
}

/** The texts of a dream's changes go with the store that they went to. */
async function assertTextsThere(tx: Storage, dreamId: DreamId): Promise<void> {
  const { storeId } = outputOf(await hostedDream(tx, dreamId))
  if ((await tx.stores.get(storeId)) !== null) return
  throw new ReverieError(
    'conflict_error',
    `The memory store ${storeId} was removed, and the changes of ${dreamId} with it.`,
    { next: 'There is nothing left to decide on.' },
  )
}

function assertSize(id: string, content: string): void {
  if (Buffer.byteLength(content, 'utf8') <= LIMITS.memoryBytesMax) return
  throw new ReverieError(
    'conflict_error',
    `The memory ${id} would have more than ${LIMITS.memoryBytesMax} bytes. Nothing was written.`,
    { next: 'Reject a change that adds to it, or split the memory.' },
  )
}

/** An act on all changes of a dream, fenced by the digest of all that was shown. */
async function wholePlan(
  {
    dreamId,
    digest,
    by,
  }: { readonly dreamId: DreamId; readonly digest: string; readonly by: Actor },
  { storage, now, newId }: WorkspaceDeps,
  act: (tx: Storage, shown: ShownDream) => Promise<AuditAct>,
): Promise<ShownDream> {
  return storage.transaction(async (tx) => {
    const shown = await shownDream(tx, dreamId)
    assertShown(`The plan of ${dreamId}`, shown.digest, digest)
    const done = await act(tx, shown)
    const at = now().toISOString()
    await audit(tx, { act: done, subject: dreamId, by, at, details: { digest } }, newId)
    return shownDream(tx, dreamId)
  })
}

const ACT: Readonly<Record<ReviewDecision['decision'], AuditAct>> = {
  accept: 'change.accepted',
  reject: 'change.rejected',
  revert: 'change.reverted',
  edit: 'change.edited',
}

async function noteDecision({
  tx,
  dream,
  set,
  change,
  decision,
  by,
  at,
  deps,
}: Review): Promise<void> {
  const details = { dream_id: dream.id, change_set: set.id, digest: set.digest }
  const act = ACT[decision.decision]
  await audit(tx, { act, subject: change?.id ?? set.id, by, at, details }, deps.newId)
}

/** Whom a decision is attributed to. */
function nameOf(by: Actor): string {
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
      return LOCAL_PRINCIPAL
    default:
      return assertNever(by)
  }
}

function assertPlan(dream: Dream, isLegal: boolean, act: string): void {
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
