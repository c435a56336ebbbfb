import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { Lease, Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { Output } from '../settling/output-of.ts'
import { cloneInput } from './clone-store.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { assertInputSize, assertInputsThere } from './inputs-there.ts'
import { openSession } from './telling/dream-session.ts'

/**
 * Opens the session of a claimed dream and makes its output, in one transaction; one that was begun
 * before goes on where it is. Throws `DreamFault` where an input is gone or too large.
 */
export async function beginHosted(
  lease: Lease,
  { storage, now }: Pick<HostingDeps, 'storage' | 'now'>,
): Promise<Dream> {
  if (lease.token > DREAM_LIMITS.dreamStartsMax) {
    throw new Error(`The dream was started ${DREAM_LIMITS.dreamStartsMax} times and never ended.`)
  }
  const claimed = await dreamAt(storage, lease)
  await assertInputsThere(claimed, storage)
  if (isBegun(claimed)) return claimed
  await assertInputSize(claimed, storage)
  return storage.transaction(async (tx) => {
    await assertInputsThere(claimed, tx)
    const at = now().toISOString()
    const output = await makeOutput(claimed, at, tx)
    const sessionId = await openSession(tx, claimed, at)
    await tx.dreams.runs.begin(lease, { sessionId, output })
    return dreamAt(tx, lease)
  })
}

function isBegun({ hosted }: Dream): boolean {
  return hosted !== null && hosted.sessionId !== null && hosted.output !== null
}

async function makeOutput(dream: Dream, at: string, tx: Storage): Promise<Output> {
  const { storeId, snapshot, hosted } = dream
  if (hosted?.outputBehavior !== 'create_new') return { storeId, memories: snapshot.memories }
  const input = await tx.stores.get(storeId)
  if (input === null) throw notFound('memory store', storeId)
  return cloneInput(dream, input, at, tx)
}

async function dreamAt(storage: Storage, { dreamId }: Lease): Promise<Dream> {
  const dream = await storage.dreams.get(dreamId)
  if (dream === null) throw notFound('dream', dreamId)
  return dream
}
