import { LIMITS } from '../../config.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { HeldOperations } from '../api.ts'
import { assertSoundText } from '../workspace/edited-change.ts'
import { heldSets, rejectHeld } from '../workspace/reviewing/held-changes.ts'
import { decideOpen } from './decide.ts'
import type { Deps } from './deps.ts'
import { findDream } from './inspect.ts'
import { LOCAL_PERSON } from './note-act.ts'
import { resolveTarget } from './target.ts'

/** What rails hold, for a person to decide on. */
export function heldOf(deps: Deps): HeldOperations {
  const { storage, now, newId } = deps
  return {
    async list(filter = {}) {
      const store = filter.memory === undefined ? null : await storeNamed(filter.memory, deps)
      const { reason } = filter
      const query = {
        limit: LIMITS.heldListedMax,
        ...(store === null ? {} : { storeId: store.id }),
        ...(reason === undefined ? {} : { reason }),
      }
      const { items } = await heldSets(storage, query)
      const stores = await storage.stores.list()
      return items.flatMap((held) => {
        const into = stores.find(({ id }) => id === held.storeId)
        return into === undefined ? [] : [{ ...held, store: into }]
      })
    },

    async decide(dreamId, changeId, decision) {
      const dream = await findDream(dreamId, deps)
      const changes = await storage.dreams.changes.list(dream.id)
      const named = changes.find(({ id }) => id === changeId)
      if (named === undefined) throw notFound('change', changeId)
      if (named.status !== 'held') throw isDecided(changeId)
      if (decision.decision === 'edit') await assertSoundText(decision.text, deps.secrets)
      await decideOpen(dream, { id: changeId, decision }, deps)
    },

    async rejectAll(memory, reason) {
      const { id: storeId } = await storeNamed(memory, deps)
      const ports = { storage, folder: null, now, newId }
      return rejectHeld({ storeId, reason, by: LOCAL_PERSON }, ports)
    },
  }
}

async function storeNamed(memory: string, deps: Deps): Promise<MemoryStore> {
  return (await resolveTarget(memory, deps)).store
}

function isDecided(id: string): ReverieError {
  return new ReverieError('conflict_error', `${id} is not held any more.`, {
    next: 'List what is held again: reverie review --held',
  })
}
