import { LIMITS } from '../../../config.ts'
import type { HeldReason } from '../../../core/change.ts'
import type { Dream } from '../../../core/dream.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { MemoryStoreId } from '../../../core/ids.ts'
import type { Actor } from '../../../core/memory.ts'
import type { Page, Storage } from '../../../storage/storage.ts'
import type { ApplyPorts } from '../../dream-ports.ts'
import { dreamsInto } from '../../settling/output-of.ts'
import type { HeldQuery, HeldSet } from '../../workspace-api.ts'
import { setsOf } from '../shown-dream.ts'
import { rejectSets } from './decide-on-set.ts'

/** Which dreams are looked at. */
export type DreamFilter = (dream: Dream) => boolean

const ANY: DreamFilter = () => true

/**
 * Change-sets that a rail holds, in plans that wait or are applied, newest dream first. A page may
 * hold fewer than asked for although more follow.
 */
export async function heldSets(
  storage: Storage,
  query: HeldQuery,
  isMeant: DreamFilter = ANY,
): Promise<Page<HeldSet>> {
  const { limit, after } = query
  const dreams = (await openDreams(storage, query.storeId)).filter(isMeant)
  const from = after === undefined ? null : readPosition(after, dreams)
  const found: HeldSet[] = []
  let looked = 0
  for (const dream of from === null ? dreams : dreams.slice(from.index)) {
    const skipped = dream.id === from?.dreamId ? from.setId : null
    found.push(...(await heldOf(storage, dream, query.reason, skipped)))
    looked += 1
    const isLast = dream === dreams.at(-1)
    const isFull = found.length > limit || (found.length === limit && !isLast)
    if (isFull) return pageOf(found.slice(0, limit), null)
    if (looked >= LIMITS.heldDreamsLookedAtMax && !isLast) return pageOf(found, `${dream.id}:end`)
  }
  return { items: found, next: null, last: positionOf(found.at(-1)) }
}

function pageOf(items: readonly HeldSet[], end: string | null): Page<HeldSet> {
  const last = positionOf(items.at(-1))
  return { items, next: end ?? last, last }
}

function positionOf(held: HeldSet | undefined): string | null {
  return held === undefined ? null : `${held.dream.id}:${held.set.id}`
}

interface Place {
  readonly index: number
  readonly dreamId: string
  readonly setId: string
}

/** Throws `invalid_request_error` for a place whose dream is gone. */
function readPosition(position: string, dreams: readonly Dream[]): Place {
  const [dreamId = '', setId = ''] = position.split(':')
  const index = dreams.findIndex(({ id }) => id === dreamId)
  if (index >= 0) return { index, dreamId, setId }
  throw new ReverieError('invalid_request_error', 'This place in the list is no longer there.', {
    next: 'List from the beginning.',
  })
}

/** Dreams of which changes can still be decided on; of one store, or of all. */
async function openDreams(
  storage: Storage,
  storeId: MemoryStoreId | undefined,
): Promise<readonly Dream[]> {
  const dreams =
    storeId === undefined ? await storage.dreams.list() : await dreamsInto(storage, storeId)
  return dreams.filter(({ planStatus }) => planStatus === 'waiting' || planStatus === 'applied')
}

/** In plan order, behind one that was told already. */
async function heldOf(
  storage: Storage,
  dream: Dream,
  reason: HeldReason | undefined,
  skipped: string | null,
): Promise<readonly HeldSet[]> {
  if (skipped === 'end') return []
  const sets = setsOf(await storage.dreams.changes.list(dream.id))
  return sets
    .slice(sets.findIndex(({ id }) => id === skipped) + 1)
    .map((set) => ({
      dream,
      storeId: dream.hosted?.output?.storeId ?? dream.storeId,
      set,
      reasons: [
        ...new Set(
          set.changes.flatMap(({ status, heldReason }) =>
            status === 'held' && heldReason !== null ? [heldReason] : [],
          ),
        ),
      ],
    }))
    .filter(({ reasons }) => (reason === undefined ? reasons.length > 0 : reasons.includes(reason)))
}

/**
 * Rejects every set that is held for a reason, one transaction for each dream: who floods a store
 * with what is held shall not cost a person a key for each. Returns how many sets there were.
 */
export async function rejectHeld(
  { storeId, reason, by }: RejectedReason,
  ports: ApplyPorts,
  isMeant: DreamFilter = ANY,
): Promise<number> {
  let rejected = 0
  for (const { id } of (await openDreams(ports.storage, storeId)).filter(isMeant)) {
    rejected += await ports.storage.transaction(async (tx) => {
      const dream = await tx.dreams.get(id)
      if (dream === null) return 0
      const sets = (await heldOf(tx, dream, reason, null)).map(({ set }) => set)
      await rejectSets({ dream, sets, by }, { ...ports, storage: tx })
      return sets.length
    })
  }
  return rejected
}

/** Which held changes nobody wants. */
export interface RejectedReason {
  readonly storeId: MemoryStoreId
  readonly reason: HeldReason
  readonly by: Actor
}
