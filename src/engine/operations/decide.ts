import { type Change, isEffective } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import { shownDigest } from '../../core/rails/same-bytes.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ApplyOutcome } from '../api.ts'
import { overtaken } from '../settling/bring-to.ts'
import { ALL_EFFECTIVE, NOTHING, settlePlan, type Wanted } from '../settling/settle-plan.ts'
import { recordTakenOut } from '../settling/taken-out.ts'
import { decideOnSet, type SetDecision } from '../workspace/reviewing/decide-on-set.ts'
import type { Deps } from './deps.ts'
import { findChange, findDream } from './inspect.ts'
import { LOCAL_PERSON, noteAct, noteSettled } from './note-act.ts'
import { assertNoOtherDreamer } from './projects/other-dreamers.ts'
import { targetOf } from './target.ts'

/**
 * A person's word on a change, and with it on its change-set, which stands or falls together.
 * Rejecting what is applied takes it back out of the text.
 */
export async function decideChange(
  changeId: string,
  decision: 'accept' | 'reject',
  digest: string,
  deps: Deps,
): Promise<Change> {
  const { dreamId, change } = await findChange(changeId, deps)
  const dream = await findDream(dreamId, deps)
  assertShown(dream, digest)
  assertPlan(dream, dream.planStatus === 'waiting' || dream.planStatus === 'applied', 'decided on')
  if (change.status === 'reverted') throw takenOut(change)
  const changes = await deps.storage.dreams.changes.list(dreamId)
  const set = changes.filter(({ changeSet }) => changeSet === change.changeSet)
  if (decision === 'reject' && set.some(({ status }) => status === 'applied')) {
    const ids = set.map(({ id }) => id)
    const isIn = (other: Change): boolean => isEffective(other) && !ids.includes(other.id)
    const details = { dream_id: dream.id, change_set: change.changeSet }
    await settle(dream, { planStatus: 'applied', isIn }, deps, async (tx) => {
      await recordTakenOut(tx, dream.id, ids)
      await noteAct(tx, { act: 'change.rejected', subject: change.id, details }, deps)
    })
  } else {
    const seen = { id: change.id, decision: { decision, digest: shownDigest(set) } }
    await decideOpen(dream, seen, deps)
  }
  return (await findChange(change.id, deps)).change
}

/**
 * Decides on a change-set of which nothing is applied, as it was shown. What lets in a held change of
 * an applied plan looks whether its place is still there.
 */
export async function decideOpen(
  dream: Dream,
  { id, decision }: Pick<SetDecision, 'id' | 'decision'>,
  deps: Deps,
): Promise<void> {
  const isWritten = dream.planStatus === 'applied' && decision.decision !== 'reject'
  const folder = isWritten ? (await targetOf(dream, deps)).folder : null
  const order = { dreamId: dream.id, id, decision, by: LOCAL_PERSON }
  const { now, newId } = deps
  await deps.storage.transaction((tx) => decideOnSet(order, { storage: tx, folder, now, newId }))
}

export async function apply(
  dreamId: string,
  deps: Deps,
  { isForced = false }: { readonly isForced?: boolean } = {},
): Promise<ApplyOutcome> {
  const found = await findDream(dreamId, deps)
  const { store } = await targetOf(found, deps)
  // Recovery may have finished what an interrupted apply began: then there is only to tell it.
  const dream = await findDream(found.id, deps)
  const changes = await deps.storage.dreams.changes.list(dream.id)
  if (found.planStatus === 'waiting' && dream.planStatus === 'applied') {
    const applied = changes.filter(({ status }) => status === 'applied')
    const files = [...new Set(applied.flatMap(({ after }) => after.map(({ path }) => path)))].sort()
    return { dream, applied, ...tallyOf(changes), files }
  }
  const hasMore = changes.some(({ status }) => status === 'accepted')
  const isOpen = dream.planStatus === 'waiting' || (dream.planStatus === 'applied' && hasMore)
  assertPlan(dream, isOpen, 'applied')
  await assertNoOtherDreamer(store, deps, { isForced, dreamId: dream.id })
  return settle(dream, ALL_EFFECTIVE, deps, noting(deps))
}

export async function revert(dreamId: string, deps: Deps): Promise<ApplyOutcome> {
  const dream = await findDream(dreamId, deps)
  assertPlan(dream, dream.planStatus === 'applied', 'reverted')
  const outcome = await settle(dream, NOTHING, deps, noting(deps))
  const purged = await purgedOf(dream, deps)
  return purged.length === 0 ? outcome : { ...outcome, purged }
}

/** Sessions of a dream whose transcripts have left since: nothing is there to be read again. */
async function purgedOf({ snapshot }: Dream, { storage }: Deps): Promise<readonly SessionId[]> {
  const purged: SessionId[] = []
  for (const { id } of snapshot.sessions) {
    if ((await storage.sessions.get(id))?.purgedAt !== undefined) purged.push(id)
  }
  return purged
}

export async function discard(dreamId: string, deps: Deps): Promise<Dream> {
  const dream = await findDream(dreamId, deps)
  assertPlan(dream, dream.planStatus === 'waiting', 'discarded')
  const details = { digest: dream.plan?.digest ?? '' }
  await deps.storage.transaction(async (tx) => {
    await tx.dreams.setPlanStatus(dream.id, 'discarded')
    await noteAct(tx, { act: 'dream.discarded', subject: dream.id, details }, deps)
  })
  return findDream(dream.id, deps)
}

type Noting = (tx: Storage, dream: Dream) => Promise<void>

function noting(deps: Deps): Noting {
  return (tx, dream) => noteSettled(tx, dream, deps)
}

async function settle(
  dream: Dream,
  wanted: Wanted,
  deps: Deps,
  whenSettled: Noting,
): Promise<ApplyOutcome> {
  const { folder } = await targetOf(dream, deps)
  const { storage, now, newId } = deps
  const ports = { storage, folder, now, newId, whenSettled }
  const settled = await settlePlan(dream.id, wanted, ports).catch((error: unknown) =>
    overtakenOr(error, dream, deps),
  )
  const changes = await storage.dreams.changes.list(dream.id)
  return {
    dream: settled.dream,
    applied: settled.moved,
    ...tallyOf(changes),
    files: settled.written,
  }
}

/**
 * What looks like an edit may be the same dream, in the hands of another process at this moment: its
 * end is waited for.
 */
async function overtakenOr(error: unknown, dream: Dream, deps: Deps): Promise<never> {
  if (!isReverieError(error, 'conflict_error')) throw error
  await targetOf(dream, deps)
  const present = await findDream(dream.id, deps)
  throw present.planStatus === dream.planStatus ? error : overtaken(present)
}

function tallyOf(changes: readonly Change[]): Pick<ApplyOutcome, 'held' | 'rejected'> {
  return {
    held: changes.filter(({ status }) => status === 'held').length,
    rejected: changes.filter(({ status }) => status === 'rejected').length,
  }
}

/** Same-bytes fence: a decision is on the plan that was shown. */
function assertShown(dream: Dream, digest: string): void {
  if (dream.plan?.digest === digest) return
  throw new ReverieError(
    'conflict_error',
    `The plan of ${dream.id} is not the one that was shown.`,
    {
      next: `Look at it again: reverie show ${dream.id}`,
    },
  )
}

function takenOut(change: Change): ReverieError {
  return new ReverieError(
    'conflict_error',
    `${change.id} was taken back out of the text and cannot be decided on again.`,
    { next: 'Write it by hand, or revert the whole dream and run it again.' },
  )
}

function assertPlan(dream: Dream, isLegal: boolean, act: string): void {
  if (isLegal) return
  const state = dream.planStatus === 'none' ? dream.status : dream.planStatus
  throw new ReverieError('conflict_error', `${dream.id} is ${state}; it cannot be ${act}.`, {
    next: `See what it holds: reverie show ${dream.id}`,
  })
}
