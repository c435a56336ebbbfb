import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { DreamId } from '../../../core/ids.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { ApplyPorts } from '../../dream-ports.ts'
import { outputOf } from '../../settling/output-of.ts'
import { settlePlan, type Wanted } from '../../settling/settle-plan.ts'
import { hostedDream } from '../shown-dream.ts'

/**
 * Brings the output store of a dream to the wanted changes, within a transaction. Throws
 * `conflict_error` where the store is gone or moved on, or a memory would outgrow its limit.
 */
export async function settleHosted(
  dreamId: DreamId,
  wanted: Wanted,
  { storage: tx, now, newId }: Omit<ApplyPorts, 'folder'>,
): Promise<void> {
  await assertTextsThere(tx, dreamId)
  const ports = { storage: tx, folder: null, now, newId }
  const { dream, written } = await settlePlan(dreamId, wanted, ports)
  const storeId = dream.hosted?.output?.storeId ?? dream.storeId
  for (const path of written) {
    const memory = await tx.memories.getByPath(storeId, path)
    if (memory !== null) assertSize(memory.id, memory.content)
  }
}

/** The texts of a dream's changes go with the store that they went to: `conflict_error`. */
export async function assertTextsThere(tx: Storage, dreamId: DreamId): Promise<void> {
  const { storeId } = outputOf(await hostedDream(tx, dreamId))
  if ((await tx.stores.get(storeId)) !== null) return
  throw new ReverieError(
    'conflict_error',
    `The memory store ${storeId} was removed, and the changes of ${dreamId} with it.`,
    { next: 'There is nothing left to decide on.' },
  )
}

function assertSize(id: string, content: string): void {
  if (Buffer.byteLength(content, 'utf8') <= LIMITS.memoryBytesMax) return
  throw new ReverieError(
    'conflict_error',
    `The memory ${id} would have more than ${LIMITS.memoryBytesMax} bytes. Nothing was written.`,
    { next: 'Reject a change that adds to it, or split the memory.' },
  )
}
