import type { Change } from '../../../core/change.ts'
import type { Dream } from '../../../core/dream.ts'
import type { DreamId } from '../../../core/ids.ts'
import type { Storage } from '../../../storage/storage.ts'
import { rowsOf } from '../../erasure/rows.ts'
import { ERASED } from '../../erasure/words.ts'
import { planDigest } from '../../plan-digest.ts'
import type { FoundDamages } from './found-damages.ts'

/** Every plan against its digest, as long as nobody has decided on one of its changes. */
export async function verifyPlans(storage: Storage, found: FoundDamages): Promise<void> {
  for await (const rows of rowsOf(storage, 'dream')) {
    for (const { key } of rows) {
      const id = key[0] as DreamId
      await found.during(`dreams ${id}`, () => verifyPlan(id, storage, found))
    }
  }
}

async function verifyPlan(id: DreamId, storage: Storage, found: FoundDamages): Promise<void> {
  const dream = await storage.dreams.get(id)
  if (dream === null || dream.plan === null) return
  const changes = await storage.dreams.changes.list(id)
  const proposed = asProposed(changes)
  if (proposed === null || (await wasEmptied(dream, changes, storage))) return
  found.count('plans', 1)
  const { digest, dispositions } = dream.plan
  if (planDigest(dream, proposed, dispositions) === digest) return
  found.add({ where: `dreams ${id}`, what: 'Its plan is not the one that was made.' })
}

/** Null = a person reworded or decided on some of it, which the digest says nothing of. */
function asProposed(changes: readonly Change[]): readonly Change[] | null {
  const isUntouched = changes.every(({ status }) => status === 'proposed' || status === 'held')
  return isUntouched ? changes : null
}

/** The texts of a removed store, and erased words, are taken out of their plans. */
async function wasEmptied(
  { storeId, hosted }: Dream,
  changes: readonly Change[],
  storage: Storage,
): Promise<boolean> {
  const store = await storage.stores.get(hosted?.output?.storeId ?? storeId)
  return store === null || JSON.stringify(changes).includes(ERASED)
}
