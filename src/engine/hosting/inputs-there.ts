import type { Dream } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { outputOf } from '../settling/output-of.ts'
import { DreamFault } from './failure-of.ts'

/**
 * Throws `DreamFault` where the input store is gone or archived, or a session that it reads or is
 * told of is gone. Sessions of others are not named.
 */
export async function assertInputsThere(dream: Dream, storage: Storage): Promise<void> {
  const { storeId, hosted, snapshot } = dream
  const store = await storage.stores.get(storeId)
  if (store === null || store.archivedAt !== null) {
    throw new DreamFault(
      'input_memory_store_unavailable',
      `The memory store ${storeId} was ${store === null ? 'removed' : 'archived'} after the dream was created.`,
    )
  }
  for (const id of hosted?.sessionIds ?? []) {
    if ((await storage.sessions.get(id)) !== null) continue
    throw new DreamFault(
      'input_session_unavailable',
      `The session ${id} was removed after the dream was created.`,
    )
  }
  for (const { sessionId } of snapshot.contributions) {
    if ((await storage.sessions.get(sessionId)) !== null) continue
    throw new DreamFault(
      'input_session_unavailable',
      'A session of another agent was removed after the dream was created.',
    )
  }
}

type Pinned = Pick<Dream, 'storeId' | 'snapshot'>

/** Throws `DreamFault` for a store that is more than a dream can hold. */
export async function assertInputSize(dream: Pinned, storage: Storage): Promise<void> {
  const { dreamMemoriesMax, dreamStoreBytesMax } = DREAM_LIMITS
  const { memories } = dream.snapshot
  if (memories.length > dreamMemoriesMax) {
    throw tooLarge(dream, `${memories.length} memories; ${dreamMemoriesMax} are allowed`)
  }
  let bytes = 0
  for (const { versionId } of memories) {
    bytes += (await storage.memories.versions.get(versionId))?.contentSizeBytes ?? 0
  }
  if (bytes > dreamStoreBytesMax) {
    throw tooLarge(dream, `${bytes} bytes; ${dreamStoreBytesMax} are allowed`)
  }
}

function tooLarge({ storeId }: Pinned, what: string): DreamFault {
  return new DreamFault(
    'input_memory_store_too_large',
    `The memory store ${storeId} has ${what} in a dream.`,
  )
}

/** Throws `conflict_error` where the output was archived or removed while the dream ran. */
export async function assertOutputThere(dream: Dream, storage: Storage): Promise<void> {
  const { storeId } = outputOf(dream)
  const store = await storage.stores.get(storeId)
  if (store !== null && store.archivedAt === null) return
  throw new ReverieError(
    'conflict_error',
    `The output store ${storeId} was ${store === null ? 'removed' : 'archived'} while the dream ran.`,
  )
}
