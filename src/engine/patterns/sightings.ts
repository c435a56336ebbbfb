import type { DreamId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import type { Storage } from '../../storage/storage.ts'

/** Keeps what a plan would add to the counters until somebody applies it. */
export async function storeSightings(
  storage: Storage,
  dreamId: DreamId,
  sightings: readonly Sighting[],
): Promise<void> {
  await storage.steps.put(keyOf(dreamId), JSON.stringify(sightings))
}

export async function loadSightings(
  storage: Storage,
  dreamId: DreamId,
): Promise<readonly Sighting[]> {
  const stored = await storage.steps.get(keyOf(dreamId))
  return stored === null ? [] : (JSON.parse(stored) as readonly Sighting[])
}

function keyOf(dreamId: DreamId): string {
  return `sightings:${dreamId}`
}
