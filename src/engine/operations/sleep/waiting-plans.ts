import type { Dream } from '../../../core/dream.ts'
import type { DreamId, SessionId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Storage } from '../../../storage/storage.ts'
import { isDecidedOn } from '../../sleep/unreviewed.ts'
import type { Deps } from '../deps.ts'
import { noteAct } from '../note-act.ts'

/** A plan that waits and of which somebody has decided something: it stays. Null = there is none. */
export async function planInReview(
  storage: Storage,
  { id }: Pick<MemoryStore, 'id'>,
): Promise<Dream | null> {
  for (const dream of await waitingPlans(storage, id)) {
    if (await isDecidedOn(storage, dream.id)) return dream
  }
  return null
}

/**
 * Discards plans that wait, that nobody has looked at, and whose sessions the later dream has read
 * too. Returns the newest of them; null = there was none.
 */
export async function giveWayTo(
  later: Dream,
  { id, lineageId }: MemoryStore,
  deps: Pick<Deps, 'storage' | 'now' | 'newId'>,
): Promise<DreamId | null> {
  return deps.storage.transaction(async (tx) => {
    const replaced: DreamId[] = []
    for (const earlier of await waitingPlans(tx, id)) {
      if (earlier.id === later.id || (await isDecidedOn(tx, earlier.id))) continue
      if (!(await hasRead(tx, lineageId, later, earlier))) continue
      await tx.dreams.setPlanStatus(earlier.id, 'discarded')
      const details = { digest: earlier.plan?.digest ?? '', replaced_by: later.id }
      await noteAct(tx, { act: 'dream.discarded', subject: earlier.id, details }, deps)
      replaced.push(earlier.id)
    }
    return replaced[0] ?? null
  })
}

async function waitingPlans(storage: Storage, id: MemoryStore['id']): Promise<readonly Dream[]> {
  const dreams = await storage.dreams.list(id)
  return dreams.filter(({ planStatus, hosted }) => planStatus === 'waiting' && hosted === null)
}

/** What the lineage has read since, by a dream that was applied, no later dream reads again. */
async function hasRead(
  tx: Storage,
  lineageId: string,
  later: Dream,
  earlier: Dream,
): Promise<boolean> {
  const read = new Set(sessionsOf(later))
  for (const id of sessionsOf(earlier)) {
    if (read.has(id)) continue
    if ((await tx.sessions.consumption.unread(lineageId, id)).length > 0) return false
  }
  return true
}

function sessionsOf({ snapshot }: Dream): readonly SessionId[] {
  const { sessions, contributions } = snapshot
  return [...sessions.map(({ id }) => id), ...contributions.map(({ sessionId }) => sessionId)]
}
