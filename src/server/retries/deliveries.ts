import { LIMITS } from '../../config.ts'
import { isReverieError } from '../../core/errors.ts'
import { digestOf } from '../../core/ids.ts'
import type { Alongside } from '../../engine/workspace-api.ts'
import type { Document, Storage } from '../../storage/storage.ts'
import type { Caller } from '../context.ts'
import type { Ending } from './delivery-watch.ts'

/** What a delivery says of the answer that told of a new dream. */
interface Kept {
  /** `open`: on its way. `cut`: it did not arrive whole. Delivered ones are removed. */
  readonly state: 'open' | 'cut'
  /** Which run of the server sends it; one that ended cannot have finished an open one. */
  readonly process: string
}

/** What makes two requests for a dream the same: who asks, and for what, byte by byte. */
export function sameRequest(
  caller: Caller,
  path: string,
  body: string,
  idempotencyKey: string | null,
): string {
  return digestOf({ key: caller.keyId, path, body, idempotencyKey })
}

/** The deliveries of answers to requests for dreams. */
export interface Deliveries {
  /** What has to be written together with the dream. */
  open(same: string): Alongside
  /**
   * The newest dream of an equal request whose answer was cut, taken for this one: its answer is on
   * its way again. Null = there is none.
   */
  take(storage: Storage, same: string): Promise<string | null>
  /** Notes how it ended; nothing where it is gone. */
  settle(storage: Storage, id: string, ending: Ending): Promise<void>
}

/** `process` names this run of the server. */
export function deliveriesOf(process: string, now: () => Date): Deliveries {
  const since = (): string => new Date(now().getTime() - LIMITS.deliveryKeptMs).toISOString()
  const opened: Kept = { state: 'open', process }
  const isCut = (document: Document): boolean => {
    const kept = JSON.parse(document.body) as Kept
    return kept.state === 'cut' || kept.process !== process
  }
  return {
    open: (same) => async (made, tx) => {
      await tx.documents.removeBefore('delivery', since())
      await tx.documents.put({
        kind: 'delivery',
        id: made.id,
        tags: [tagOf(same)],
        createdAt: now().toISOString(),
        body: JSON.stringify(opened),
      })
    },
    async take(storage, same) {
      const { items } = await storage.documents.page({
        kind: 'delivery',
        all: [tagOf(same)],
        created: { gt: since() },
        limit: LIMITS.deliveriesMax,
      })
      for (const document of items.filter(isCut)) {
        if (await put(storage, document, opened)) return document.id
      }
      return null
    },
    async settle(storage, id, ending) {
      if (ending === 'delivered') {
        await storage.documents.remove('delivery', id)
        return
      }
      const document = await storage.documents.get('delivery', id)
      if (document !== null) await put(storage, document, { state: 'cut', process })
    },
  }
}

const tagOf = (same: string): string => `body:${same}`

/** False = somebody else has changed it meanwhile. */
async function put(storage: Storage, document: Document, kept: Kept): Promise<boolean> {
  const { version, ...rest } = document
  try {
    await storage.documents.put({ ...rest, body: JSON.stringify(kept) }, version)
    return true
  } catch (error) {
    if (isReverieError(error, 'conflict_error')) return false
    throw error
  }
}
