import { LIMITS } from '../../config.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { StoreHealth } from '../workspace-api.ts'
import { tokenCounter } from './fresh-sessions.ts'
import type { LookMemory } from './gather-facts.ts'
import type { StoreSide } from './rules/sleep-facts.ts'
import type { SleeperDeps } from './sleeper-deps.ts'

/** What one sleeper remembers of stores and sessions; all of it can be read again. */
export function lookMemory({ healthOf }: Pick<SleeperDeps, 'healthOf'>): LookMemory {
  const sides = new Map<MemoryStoreId, KnownSide>()
  return {
    countTokens: tokenCounter(),
    async storeSide(storage, id, now) {
      const { items } = await storage.memories.versions.page(id, { limit: 1 })
      const versionId = items[0]?.id ?? null
      const known = sides.get(id)
      const age = known === undefined ? -1 : now.getTime() - known.at
      const isFresh = age >= 0 && age < LIMITS.sleepStoreSideMs
      if (known?.versionId === versionId && isFresh) return known.side
      const side = sideOf(await healthOf(id, storage))
      if (sides.size >= LIMITS.schedulesMax) sides.clear()
      sides.set(id, { versionId, at: now.getTime(), side })
      return side
    },
  }
}

/** How a store's health counts for its sleep. */
export function sideOf(health: StoreHealth): StoreSide {
  return {
    duplicateShare: health.duplicates / Math.max(1, health.units),
    openConflicts: health.openConflicts,
    sizeShare: health.memories / Math.max(1, health.memoriesMax),
  }
}

interface KnownSide {
  readonly versionId: string | null
  readonly at: number
  readonly side: StoreSide
}
