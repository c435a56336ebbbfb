import type { Dream, Snapshot } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'

/** Where the changes of a dream go, and what stood there before them. */
export interface Output {
  readonly storeId: MemoryStoreId
  readonly memories: Snapshot['memories']
}

/** Throws `conflict_error` for a dream that has no output yet. */
export function outputOf(dream: Dream): Output {
  if (dream.hosted === null) {
    return { storeId: dream.storeId, memories: dream.snapshot.memories }
  }
  if (dream.hosted.output !== null) return dream.hosted.output
  throw new ReverieError('conflict_error', `${dream.id} has no output yet.`, {
    next: 'Wait until it has ended.',
  })
}

/** What a clone brought along: who made it, and whose words were in it from the start. */
export interface CloneOrigin {
  readonly dreamId: DreamId
  readonly userIds: readonly string[]
}

export async function noteClone(
  tx: Storage,
  storeId: MemoryStoreId,
  origin: CloneOrigin,
): Promise<void> {
  await tx.steps.put(keyOf(storeId), JSON.stringify(origin))
}

/** Null = the store did not begin as the output of a dream. */
export async function cloneOrigin(
  storage: Storage,
  storeId: MemoryStoreId,
): Promise<CloneOrigin | null> {
  const row = await storage.steps.get(keyOf(storeId))
  return row === null ? null : (JSON.parse(row) as CloneOrigin)
}

/** Every dream whose changes are meant for this store; the one that made it stands last. */
export async function dreamsInto(
  storage: Storage,
  storeId: MemoryStoreId,
): Promise<readonly Dream[]> {
  const dreams = await storage.dreams.list(storeId)
  const own = dreams.filter(({ hosted }) => hosted?.outputBehavior !== 'create_new')
  const origin = await cloneOrigin(storage, storeId)
  const maker = origin === null ? null : await storage.dreams.get(origin.dreamId)
  return maker === null ? own : [...own, maker]
}

function keyOf(storeId: MemoryStoreId): string {
  return `clone:${storeId}`
}
