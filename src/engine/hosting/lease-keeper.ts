import type { Lease, Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'

/** Until when a lease taken or renewed now holds, ISO 8601. */
export function leaseEnd(from: Date): string {
  return new Date(from.getTime() + DREAM_LIMITS.leaseMs).toISOString()
}

/** Renews the lease once a third of it has gone by; throws when somebody else holds the dream. */
export function leaseKeeper(
  lease: Lease,
  { storage, now }: { readonly storage: Storage; readonly now: () => Date },
): () => Promise<void> {
  let renewedAt = now().getTime()
  return async () => {
    const at = now()
    if (at.getTime() - renewedAt < DREAM_LIMITS.leaseMs / 3) return
    renewedAt = at.getTime()
    await storage.dreams.runs.renew(lease, leaseEnd(at))
  }
}
