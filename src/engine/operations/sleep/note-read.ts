import type { Dream } from '../../../core/dream.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Storage } from '../../../storage/storage.ts'
import { loadWaitingEvents } from '../../rendering/waiting-events.ts'
import { markRead } from '../../sleep/read-marks.ts'
import { type KeptSleep, keepSleep, sleepId } from './folder-sleep.ts'

/**
 * Notes what the dreams of a memory have read since the last look, whoever asked for them and
 * whatever became of their plans: a plan that waits, was discarded or was taken back is not made
 * again by itself until something is new.
 */
export async function noteRead(
  storage: Storage,
  { id }: Pick<MemoryStore, 'id'>,
  kept: KeptSleep,
): Promise<KeptSleep> {
  const dreams = await unsettled(storage, id, kept)
  const [newest] = dreams
  if (newest === undefined) return kept
  return storage.transaction(async (tx) => {
    for (const dream of dreams) await markDreamRead(tx, dream)
    const sleep = { ...kept.sleep, settledDreamId: newest.id }
    return (await keepSleep(tx, { ...kept, sleep })) ?? kept
  })
}

/** Notes what one dream has read, but for what waits for another one. */
async function markDreamRead(tx: Storage, { id, storeId, snapshot }: Dream): Promise<void> {
  const waiting = await loadWaitingEvents(tx, id)
  const parts = [...snapshot.sessions, ...snapshot.contributions]
  const read = parts.flatMap(({ eventIds }) => eventIds).filter((event) => !waiting.has(event))
  await markRead(tx, sleepId(storeId), read)
}

/** Completed dreams that are newer than the last one that was noted, newest first. */
async function unsettled(
  storage: Storage,
  id: MemoryStore['id'],
  { sleep }: KeptSleep,
): Promise<readonly Dream[]> {
  const completed = (await storage.dreams.list(id)).filter(({ status }) => status === 'completed')
  const noted = completed.findIndex((dream) => dream.id === sleep.settledDreamId)
  return noted < 0 ? completed : completed.slice(0, noted)
}
