import { type Audience, isSharedAudience } from '../../core/audience.ts'
import { ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { Storage } from '../../storage/storage.ts'
import { isOfPrivate, ownersOfPrivate } from '../pinning/store-readers.ts'
import { cloneOrigin, dreamsInto } from '../settling/output-of.ts'

/** Whose words a store holds. */
export interface Owners {
  readonly userIds: readonly string[]
}

/** Of the sessions that went into the store by dreams that stand. */
export async function ownersBehind(storage: Storage, storeId: MemoryStoreId): Promise<Owners> {
  const dreams = await dreamsInto(storage, storeId)
  const ids = dreams
    .filter(({ planStatus }) => planStatus === 'applied')
    .flatMap(({ snapshot: { sessions, contributions } }) => [
      ...sessions.map(({ id }) => id),
      // Whose words may be read may also be quoted.
      ...contributions.filter(({ userId }) => userId === null).map(({ sessionId }) => sessionId),
    ])
  const sessions = await Promise.all([...new Set(ids)].map((id) => storage.sessions.get(id)))
  const heard = sessions.flatMap((session) => session?.userIds ?? [])
  const inherited = (await cloneOrigin(storage, storeId))?.userIds ?? []
  return { userIds: [...new Set([...heard, ...inherited])].sort() }
}

/**
 * Refuses to note down in a private store what is not its owner's alone: sessions of two people, or
 * meant for other readers. Shared stores read of every session what their readers may.
 */
export function assertOwnersOwn(of: Audience, sessions: readonly Session[], behind: Owners): void {
  if (isSharedAudience(of)) return
  const named = [...sessions.flatMap(({ userIds }) => userIds), ...behind.userIds]
  const owners = ownersOfPrivate(of, named)
  if (owners.length > 1) {
    throw new ReverieError(
      'invalid_request_error',
      `These sessions name ${owners.length} users for one private memory; it is of one.`,
      {
        next: 'Give each user a memory of their own, or dream into one with the audience of a team.',
      },
    )
  }
  const foreign = sessions.filter((session) => !isOfPrivate(of, session, named)).length
  if (foreign === 0) return
  throw new ReverieError(
    'invalid_request_error',
    `${foreign} of ${sessions.length} sessions are meant for other readers than this private memory.`,
    { next: 'Dream them into a memory of their own audience.' },
  )
}
