import type { Change } from '../../core/change.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { ChangeId, MemoryStoreId, UnitId } from '../../core/ids.ts'
import type { Unit } from '../../core/unit.ts'
import type { FolderOperations } from '../api.ts'
import { asOf, type StoreHistory } from '../as-of.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { Deps } from './deps.ts'
import { asMemoryPath } from './inspect.ts'
import { memoryActsOf } from './memories/put-memory.ts'
import { noteAct } from './note-act.ts'
import { only, resolveTarget } from './target.ts'

/** Reading, writing and pinning memories of a folder or store. */
export function memoriesOf(deps: Deps): FolderOperations['memories'] {
  return {
    ...memoryActsOf(deps),

    async list(storeRef) {
      const { store } = await resolveTarget(storeRef, deps)
      return deps.storage.memories.list(store.id)
    },

    async get(storeRef, path) {
      const { store } = await resolveTarget(storeRef, deps)
      const memory = await deps.storage.memories.getByPath(store.id, asMemoryPath(path))
      if (memory === null) throw notFound('memory', path)
      return { memory, units: await deps.storage.units.ofVersion(memory.versionId) }
    },

    async search(storeRef, query, limit) {
      const { store } = await resolveTarget(storeRef, deps)
      const most = Math.min(limit, DREAM_LIMITS.searchHitsMax)
      return deps.storage.memories.search(store.id, query, most)
    },

    async asOf(storeRef, date) {
      assertDate(date)
      const { store } = await resolveTarget(storeRef, deps)
      return asOf(await historyOf(store.id, deps), date)
    },

    async setPinned(storeRef, pathOrUnit, isPinned) {
      const { store } = await resolveTarget(storeRef, deps)
      const chosen = unitsNamed(pathOrUnit, await deps.storage.units.list(store.id))
      return deps.storage.transaction(async (tx): Promise<readonly UnitId[]> => {
        for (const { id } of chosen) await tx.units.setPinned(id, isPinned)
        const act = isPinned ? 'memory.pinned' : 'memory.unpinned'
        for (const memoryId of new Set(chosen.map((unit) => unit.memoryId))) {
          await noteAct(
            tx,
            { act, subject: memoryId, details: { memory_store_id: store.id } },
            deps,
          )
        }
        return chosen.map(({ id }) => id)
      })
    },
  }
}

/** The units of a memory, or the one whose id was given, shortened or not. */
function unitsNamed(pathOrUnit: string, units: readonly Unit[]): readonly Unit[] {
  const path = asMemoryPath(pathOrUnit)
  const ofPath = units.filter((unit) => unit.path === path)
  if (ofPath.length > 0) return ofPath
  if (/^unit_./.test(pathOrUnit)) return [only('unit', pathOrUnit, units)]
  throw notFound('memory or unit', pathOrUnit)
}

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T[\d:.]+Z?)?)?)?$/

function assertDate(date: string): void {
  if (DATE.test(date)) return
  throw new ReverieError('invalid_request_error', `"${date}" is no date.`, {
    next: 'Give a year, a month or a day: 2026, 2026-03 or 2026-03-14.',
  })
}

async function historyOf(storeId: MemoryStoreId, deps: Deps): Promise<StoreHistory> {
  const { storage } = deps
  const units = await storage.units.list(storeId)
  const ledger = await storage.ledger.list(storeId)
  const changes = new Map<ChangeId, Change>()
  for (const dreamId of new Set(ledger.map((entry) => entry.dreamId))) {
    for (const change of await storage.dreams.changes.list(dreamId)) changes.set(change.id, change)
  }
  return { units, ledger, changes }
}
