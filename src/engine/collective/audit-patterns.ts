import type { Change } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import type { NewId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { independentUsers, sealedSessions } from '../patterns/others/sealed-group.ts'
import { markOf, sealedPattern } from '../patterns/others/sealed-sighting.ts'
import { loadedSealed } from '../patterns/others/stored-sealed.ts'
import { audit } from '../workspace/audit.ts'

export interface WrittenChanges {
  readonly dream: Dream
  /** Where the changes went; its counters hold what they rest on by now. */
  readonly store: MemoryStore
  readonly changes: readonly Change[]
  /** ISO 8601 UTC. */
  readonly at: string
}

/** True of a change that tells what users share whose words its readers may not see. */
export function isTold({ evidence }: Change): boolean {
  return evidence.some(({ kind }) => kind === 'shared')
}

/**
 * Leaves a line of ids and counts for each change that told what sessions share whose words its
 * readers may not see. Call it in the transaction that writes them.
 */
export async function auditPatterns(
  tx: Storage,
  { dream, store, changes, at }: WrittenChanges,
  newId: NewId,
): Promise<void> {
  const shared = changes.filter(isTold)
  if (shared.length === 0) return
  const sealed = (await tx.counters.list(store.lineageId)).flatMap((it) => loadedSealed(it) ?? [])
  for (const { id, pattern, evidence } of shared) {
    const counted = sealed.filter((it) => it.pattern === sealedPattern(pattern ?? ''))
    const details = {
      dream_id: dream.id,
      store_id: store.id,
      pattern: markOf(pattern ?? ''),
      users: String(independentUsers(counted).length),
      sessions: String(sealedSessions(counted)),
      evidence: String(evidence.length),
    }
    const by = { type: 'dream_actor', dreamId: dream.id } as const
    await audit(tx, { act: 'pattern.shared', subject: id, by, at, details }, newId)
  }
}
