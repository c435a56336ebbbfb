import { type Dream, isTerminal } from '../../core/dream.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import type { Storage } from '../../storage/storage.ts'
import { cancelIn } from '../hosting/dreams-of.ts'
import { add, type PlaceCounts } from './clean-rows.ts'
import type { Made } from './gather.ts'
import type { Lineage, MadeChange } from './lineage.ts'
import type { Act } from './withdraw.ts'

/**
 * Ends what would bring the words back: dreams that read them or the memories that are written anew
 * are canceled, their waiting plans dropped, and what they have done is marked as taken back.
 */
export async function endDreams(
  tx: Storage,
  { dreams, readers }: Pick<Made, 'dreams' | 'readers'>,
  lineage: Lineage,
  act: Act,
  counts: PlaceCounts,
): Promise<void> {
  const touched = new Set([...lineage.touched].map(({ dreamId }) => dreamId))
  for (const dream of dreams) {
    if (!isTerminal(dream.status) && readers.has(dream.id)) {
      await cancel(tx, dream, act)
      add(counts, 'dreams_canceled', 1)
    }
    const isStale = readers.has(dream.id) || touched.has(dream.id)
    if (dream.planStatus === 'waiting' && isStale) {
      await tx.dreams.setPlanStatus(dream.id, 'discarded')
      add(counts, 'plans_discarded', 1)
    }
  }
  for (const made of lineage.touched) await takeBack(tx, made, lineage, act)
}

async function cancel(tx: Storage, { id, hosted }: Dream, { by, at, newId }: Act): Promise<void> {
  if (hosted === null) await tx.dreams.runs.cancel(id, at)
  else await cancelIn(tx, id, by, { now: () => new Date(at), newId })
}

/** An applied change whose text goes was reverted; one that waits is not let through any more. */
async function takeBack(
  tx: Storage,
  { dreamId, change }: MadeChange,
  { texts, retold }: Lineage,
  { at }: Act,
): Promise<void> {
  const decision = { heldReason: null, decidedBy: 'erasure', at }
  if (change.status === 'held' || change.status === 'proposed' || change.status === 'accepted') {
    await tx.dreams.changes.decide(dreamId, change.id, { ...decision, status: 'rejected' })
  }
  if (change.status !== 'applied') return
  const written = change.edits.flatMap((edit) =>
    edit.op === 'delete' ? [] : [asUnitText(edit.text)],
  )
  const goes = written.some((text) => {
    return texts.has(text) && texts.get(text) !== text && !retold.has(text)
  })
  if (!goes) return
  await tx.dreams.changes.decide(dreamId, change.id, { ...decision, status: 'reverted' })
  await tx.ledger.markReverted(dreamId, [change.id])
}
