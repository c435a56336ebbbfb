import type { Dream, Snapshot } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import { type DreamId, derivedId, type MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { dreamsInto, noteClone, type Output } from '../settling/output-of.ts'
import { ownersBehind } from './owners.ts'

const SHORT_ID_CHARS = 8

/**
 * A new store with the pinned memories of a dream's input. Units keep their ids, and with them
 * their pins; the lineage is a new one that has read and counted what the input's has. Ids are
 * derived from the dream's, so that the same dream always makes the same clone.
 */
export async function cloneInput(
  dream: Dream,
  input: MemoryStore,
  at: string,
  tx: Storage,
): Promise<Output> {
  const id = derivedId('memstore', dream.id)
  await tx.stores.create({
    ...input,
    id,
    name: nameOfClone(input.name, dream.id),
    lineageId: id,
    createdAt: at,
    updatedAt: at,
  })
  const memories: Snapshot['memories'][number][] = []
  for (const pinned of dream.snapshot.memories) {
    memories.push(await cloneMemory(dream, pinned, id, at, tx))
  }
  const later = await appliedSince(dream, tx)
  await tx.sessions.consumption.copy(input.lineageId, id, later)
  await tx.counters.copy(input.lineageId, id, later)
  await tx.ledger.copy(input.id, id, later)
  const { userIds } = await ownersBehind(tx, input.id)
  await noteClone(tx, id, { dreamId: dream.id, userIds })
  return { storeId: id, memories }
}

async function cloneMemory(
  dream: Dream,
  { path, versionId, sha256 }: Snapshot['memories'][number],
  storeId: MemoryStoreId,
  at: string,
  tx: Storage,
): Promise<Snapshot['memories'][number]> {
  const content = (await tx.memories.versions.get(versionId))?.content ?? null
  if (content === null) {
    throw new ReverieError('not_found_error', `The version ${versionId} of ${path} is gone.`)
  }
  const memory = await tx.memories.write({
    storeId,
    path,
    content,
    actor: { type: 'dream_actor', dreamId: dream.id },
    at,
    newIds: {
      memory: derivedId('mem', dream.id, path),
      version: derivedId('memver', dream.id, path),
    },
  })
  const units = await tx.units.ofVersion(versionId)
  await tx.units.record(
    memory.id,
    memory.versionId,
    units.map((unit) => ({ ...unit, memoryId: memory.id, versionId: memory.versionId })),
  )
  return { path, versionId: memory.versionId, sha256 }
}

/**
 * Dreams that came into the input after it was pinned: the clone has not their texts, so it has not
 * read their sessions. One that cannot be told from those before counts as later, for what is read
 * twice does no harm.
 */
async function appliedSince(
  { storeId, createdAt, snapshot }: Dream,
  tx: Storage,
): Promise<readonly DreamId[]> {
  const pinned = new Set(snapshot.memories.map(({ versionId }) => versionId))
  const later: DreamId[] = []
  for (const { id, endedAt } of await dreamsInto(tx, storeId)) {
    const { items } = await tx.memories.versions.page(storeId, { actorId: id, limit: 1 })
    const [newest] = items
    const at = newest?.createdAt ?? endedAt
    const isPinned = newest !== undefined && pinned.has(newest.id)
    if (at !== null && at >= createdAt && !isPinned) later.push(id)
  }
  return later
}

/** The input's name, cut between characters where the two do not fit. */
function nameOfClone(name: string, dreamId: string): string {
  const short = dreamId.slice(dreamId.indexOf('_') + 1).slice(0, SHORT_ID_CHARS)
  const suffix = ` (dream ${short})`
  let kept = ''
  for (const character of name) {
    if (kept.length + character.length + suffix.length > DREAM_LIMITS.storeNameCharsMax) break
    kept += character
  }
  return kept + suffix
}
