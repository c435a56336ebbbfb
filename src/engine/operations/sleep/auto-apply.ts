import type { Change } from '../../../core/change.ts'
import { isReverieError } from '../../../core/errors.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { ApplyOutcome, DreamOutcome } from '../../api.ts'
import type { FolderAutoApply } from '../../folder-api/projects-api.ts'
import { effectiveSets, unitsIn } from '../../hosting/hold-back.ts'
import { isLetThrough } from '../../hosting/let-through.ts'
import { assertSettleable, settlePlan, type Wanted } from '../../settling/settle-plan.ts'
import { loadSnapshot } from '../../stages/snapshot.ts'
import type { Deps } from '../deps.ts'
import { noteAct } from '../note-act.ts'
import { assertNoOtherDreamer } from '../projects/other-dreamers.ts'
import { targetOf } from '../target.ts'

/** What was written without a person; `why` says for people why nothing was. */
export type AutoApplied =
  | { readonly applied: ApplyOutcome; readonly why: null }
  | { readonly applied: null; readonly why: string | null }

/**
 * Writes the change-sets of a plan that a level lets through, all in one act, so that one revert
 * takes all of it back. The others are held for a person. Where nothing can be written the plan waits
 * as it is.
 */
export async function autoApply(
  outcome: DreamOutcome,
  level: FolderAutoApply,
  deps: Deps,
): Promise<AutoApplied> {
  const { dream } = outcome
  if (dream.planStatus !== 'waiting') return { applied: null, why: null }
  if (level === 'off') return waits('auto-apply is off')
  const sorted = await sortedOut(outcome, level, deps)
  if (sorted.letIn.length === 0) return waits(`"${level}" lets none of its changes through`)
  try {
    const dreamId = outcome.dream.id
    await assertNoOtherDreamer(outcome.store, deps, { isForced: false, dreamId })
    return { applied: await write(outcome, sorted, level, deps), why: null }
  } catch (error) {
    // Somebody else tidies the memory, or wrote to it since it was read.
    if (!isReverieError(error, 'conflict_error')) throw error
    return waits(error.message.replace(/\.$/, ''))
  }
}

function waits(why: string): AutoApplied {
  return { applied: null, why: `The plan waits: ${why}.` }
}

interface SortedOut {
  readonly letIn: readonly Change[]
  readonly held: readonly Change[]
}

/** Sets stand or fall together. */
async function sortedOut(
  { dream, changes }: DreamOutcome,
  level: FolderAutoApply,
  { storage }: Pick<Deps, 'storage'>,
): Promise<SortedOut> {
  const units = unitsIn((await loadSnapshot(dream.snapshot, storage)).content)
  const sets = effectiveSets(changes)
  const isIn = (set: readonly Change[]): boolean =>
    set.every((change) => isLetThrough(change, level, units))
  return {
    letIn: sets.filter(isIn).flat(),
    held: sets.filter((set) => !isIn(set)).flat(),
  }
}

async function write(
  { dream }: DreamOutcome,
  { letIn, held }: SortedOut,
  level: FolderAutoApply,
  deps: Deps,
): Promise<ApplyOutcome> {
  const { storage, now, newId } = deps
  const { folder } = await targetOf(dream, deps)
  const ids = new Set<string>(letIn.map(({ id }) => id))
  const wanted: Wanted = { planStatus: 'applied', isIn: ({ id }) => ids.has(id) }
  await assertSettleable(dream.id, wanted, { storage, folder })
  // Ahead of the writing: were it cut off, the rest must not look like what was let through.
  await hold(held, dream.id, deps)
  const details = { digest: dream.plan?.digest ?? '', auto_apply: level }
  const act = { act: 'dream.applied', subject: dream.id, details } as const
  const whenSettled = (tx: Storage): Promise<void> => noteAct(tx, act, deps)
  const settled = await settlePlan(dream.id, wanted, { storage, folder, now, newId, whenSettled })
  const statuses = (await storage.dreams.changes.list(dream.id)).map(({ status }) => status)
  return {
    dream: settled.dream,
    applied: settled.moved,
    held: statuses.filter((status) => status === 'held').length,
    rejected: statuses.filter((status) => status === 'rejected').length,
    files: settled.written,
  }
}

async function hold(
  changes: readonly Change[],
  dreamId: DreamOutcome['dream']['id'],
  { storage, now }: Deps,
): Promise<void> {
  const decision = {
    status: 'held',
    heldReason: 'awaits_review',
    decidedBy: null,
    at: now().toISOString(),
  } as const
  await storage.transaction(async (tx) => {
    for (const { id } of changes) await tx.dreams.changes.decide(dreamId, id, decision)
  })
}
