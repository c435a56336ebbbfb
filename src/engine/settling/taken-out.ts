import type { ChangeId, DreamId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'

/**
 * A person rejected a change after it was applied: it counts as rejected for good, also when the
 * rest of its dream is reverted later.
 */
export async function recordTakenOut(
  storage: Storage,
  dreamId: DreamId,
  changeIds: readonly ChangeId[],
): Promise<void> {
  for (const id of changeIds) await storage.steps.put(keyOf(dreamId, id), 'rejected')
}

export async function wasTakenOut(
  storage: Storage,
  dreamId: DreamId,
  changeId: ChangeId,
): Promise<boolean> {
  return (await storage.steps.get(keyOf(dreamId, changeId))) !== null
}

function keyOf(dreamId: DreamId, changeId: ChangeId): string {
  return `taken-out:${dreamId}:${changeId}`
}
