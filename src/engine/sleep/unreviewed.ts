import { LIMITS } from '../../config.ts'
import type { Dream } from '../../core/dream.ts'
import type { DreamId, MemoryStoreId, NewId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { audit } from '../workspace/audit.ts'
import { itemsOf } from './all-pages.ts'

/**
 * The dream, if its result waits and nobody has looked at it, used it or changed it: a whole plan
 * that waits, or a new store. Null = it stays whatever comes.
 */
export async function unreviewed(storage: Storage, id: DreamId | null): Promise<Dream | null> {
  const dream = id === null ? null : await storage.dreams.get(id)
  if (dream === null || dream.hosted === null || dream.status !== 'completed') return null
  if (await isDecidedOn(storage, dream.id)) return null
  const isFree =
    dream.hosted.outputBehavior === 'create_new'
      ? await isUntouched(storage, dream)
      : dream.planStatus === 'waiting'
  return isFree ? dream : null
}

/** Whether somebody has accepted, rejected or taken out any of a dream's changes. */
export async function isDecidedOn(storage: Storage, id: DreamId): Promise<boolean> {
  const changes = await storage.dreams.changes.list(id)
  return changes.some(({ status }) => DECIDED.includes(status))
}

const DECIDED: readonly string[] = ['accepted', 'rejected', 'reverted']

async function isUntouched(storage: Storage, dream: Dream): Promise<boolean> {
  const storeId = dream.hosted?.output?.storeId
  if (storeId === undefined) return false
  const store = await storage.stores.get(storeId)
  if (store === null || store.archivedAt !== null) return false
  if (dream.planStatus === 'reverted' || dream.planStatus === 'discarded') return false
  for (const kind of ['session', 'schedule'] as const) {
    const { items } = await storage.documents.page({ kind, all: [`store:${storeId}`], limit: 1 })
    if (items.length > 0) return false
  }
  const into = await storage.dreams.list(storeId)
  return into.length === 0 && !(await isWritten(storage, storeId))
}

/** True where anybody but a dream has written to the store. */
async function isWritten(storage: Storage, storeId: MemoryStoreId): Promise<boolean> {
  const versions = itemsOf(
    (query) => storage.memories.versions.page(storeId, query),
    LIMITS.sleepVersionsMax,
  )
  for await (const { actor } of versions) {
    if (actor.type !== 'dream_actor') return true
  }
  return false
}

/**
 * An earlier result gives way to a later one that read at least as much, if nobody looked at it: a
 * plan is discarded, a store archived.
 */
export async function giveWay(
  tx: Storage,
  earlierId: DreamId | null,
  later: Dream,
  act: { readonly by: Actor; readonly at: string; readonly newId: NewId },
): Promise<void> {
  const earlier = earlierId === later.id ? null : await unreviewed(tx, earlierId)
  if (earlier === null || !hasRead(later, earlier)) return
  const { by, at, newId } = act
  const details = { replaced_by: later.id }
  if (earlier.hosted?.outputBehavior === 'update_existing') {
    await tx.dreams.setPlanStatus(earlier.id, 'discarded')
    await audit(tx, { act: 'dream.discarded', subject: earlier.id, by, at, details }, newId)
    return
  }
  const storeId = earlier.hosted?.output?.storeId
  if (storeId === undefined) return
  await tx.stores.archive(storeId, at)
  await audit(tx, { act: 'store.archived', subject: storeId, by, at, details }, newId)
}

function hasRead(later: Dream, earlier: Dream): boolean {
  const read = new Set(later.hosted?.sessionIds ?? [])
  return (earlier.hosted?.sessionIds ?? []).every((id) => read.has(id))
}
