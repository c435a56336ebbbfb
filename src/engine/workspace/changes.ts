import type { DreamId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { ALL_EFFECTIVE, NOTHING } from '../settling/settle-plan.ts'
import type { ShownDream, WorkspaceChanges } from '../workspace-api.ts'
import { type AuditAct, audit } from './audit.ts'
import { assertSoundText } from './edited-change.ts'
import { assertPlan, decideOnSet } from './reviewing/decide-on-set.ts'
import { type DreamFilter, heldSets, rejectHeld } from './reviewing/held-changes.ts'
import { settleHosted } from './reviewing/settle-hosted.ts'
import { assertShown, hostedDream, shownDream } from './shown-dream.ts'
import { storeAt, type WorkspaceDeps } from './workspace-deps.ts'

/** Plans of the command line are decided on there. */
const isHosted: DreamFilter = ({ hosted }) => hosted !== null

/** The review of dreams: what is decided, written and taken back, each in one transaction. */
export function changesOf(deps: WorkspaceDeps): WorkspaceChanges {
  const { storage, secrets } = deps
  return {
    async held(query) {
      if (query.storeId !== undefined) await storeAt(storage, query.storeId)
      return heldSets(storage, query, isHosted)
    },

    async rejectHeld(storeId, reason, by) {
      await storeAt(storage, storeId)
      return rejectHeld({ storeId, reason, by }, { ...deps, folder: null }, isHosted)
    },

    list: (dreamId, filter) => shownDream(storage, dreamId, filter),

    async decide(dreamId, id, decision, by) {
      if (decision.decision === 'edit') await assertSoundText(decision.text, secrets)
      return storage.transaction(async (tx) => {
        await hostedDream(tx, dreamId)
        await decideOnSet({ dreamId, id, decision, by }, { ...deps, storage: tx, folder: null })
        return shownDream(tx, dreamId)
      })
    },

    apply: (dreamId, digest, by) =>
      wholePlan({ dreamId, digest, by }, deps, async (tx, { dream, changes }) => {
        const hasMore = changes.some(({ status }) => status === 'accepted')
        const isOpen = dream.planStatus === 'waiting' || (dream.planStatus === 'applied' && hasMore)
        assertPlan(dream, isOpen, 'applied')
        await settleHosted(dreamId, ALL_EFFECTIVE, { ...deps, storage: tx })
        return 'dream.applied'
      }),

    revert: (dreamId, digest, by) =>
      wholePlan({ dreamId, digest, by }, deps, async (tx, { dream }) => {
        assertPlan(dream, dream.planStatus === 'applied', 'reverted')
        await settleHosted(dreamId, NOTHING, { ...deps, storage: tx })
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
