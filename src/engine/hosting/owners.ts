import type { Audience } from '../../core/audience.ts'
import { ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { Storage } from '../../storage/storage.ts'
import { cloneOrigin, dreamsInto } from '../settling/output-of.ts'

/** Whose words a store holds or shall hold, and who may read them. */
export interface Owners {
  readonly userIds: readonly string[]
  readonly audiences: readonly Audience[]
}

export function ownersOf(sessions: readonly Session[]): Owners {
  return {
    userIds: [...new Set(sessions.flatMap(({ userIds }) => userIds))].sort(),
    audiences: [...new Set(sessions.map(({ audience }) => audience))].sort(),
  }
}

/** Of the sessions that went into the store by dreams that stand. */
export async function ownersBehind(storage: Storage, storeId: MemoryStoreId): Promise<Owners> {
  const dreams = await dreamsInto(storage, storeId)
  const ids = dreams
    .filter(({ planStatus }) => planStatus === 'applied')
    .flatMap(({ snapshot }) => snapshot.sessions.map(({ id }) => id))
  const sessions = await Promise.all([...new Set(ids)].map((id) => storage.sessions.get(id)))
  const heard = ownersOf(sessions.filter((session) => session !== null))
  const inherited = (await cloneOrigin(storage, storeId))?.userIds ?? []
  return { ...heard, userIds: [...new Set([...heard.userIds, ...inherited])].sort() }
}

/** Two people's words in one store need rails that do not stand yet: refused, never mixed. */
export function assertOneUser(owners: readonly Owners[]): void {
  const users = new Set(owners.flatMap(({ userIds }) => userIds))
  if (users.size < 2) return
  throw new ReverieError(
    'invalid_request_error',
    `These sessions name ${users.size} users for one memory; a dream reads those of one.`,
    { next: 'Give each user a memory of their own and dream them one by one.' },
  )
}

/** What some may read is not noted down where others read. */
export function assertOneAudience(audience: Audience, owners: readonly Owners[]): void {
  const audiences = new Set([audience, ...owners.flatMap((one) => one.audiences)])
  if (audiences.size < 2) return
  throw new ReverieError(
    'invalid_request_error',
    `The store and the sessions are meant for ${audiences.size} audiences; a dream has one.`,
    { next: 'Dream the sessions of each audience into a store of its own.' },
  )
}
