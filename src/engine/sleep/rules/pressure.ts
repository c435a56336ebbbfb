import { LIMITS } from '../../../config.ts'
import type { Amounts, StoreSide } from './sleep-facts.ts'

/** How much there is to dream about; 1 is enough. */
export function pressureOf(fresh: Amounts, store: StoreSide): number {
  const input = Math.max(
    fresh.sessions / LIMITS.pressureSessions,
    fresh.tokens / LIMITS.pressureTokens,
    fresh.units / LIMITS.pressureUnits,
  )
  const crowded =
    Math.max(0, store.sizeShare - LIMITS.pressureSizeShareMin) / (1 - LIMITS.pressureSizeShareMin)
  const upkeep =
    store.duplicateShare / LIMITS.pressureDuplicateShare +
    store.openConflicts / LIMITS.pressureOpenConflicts +
    crowded
  return input + upkeep / 2
}
