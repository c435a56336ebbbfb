import type { TokenUsage } from '../../core/dream.ts'
import type { Lease } from '../../storage/storage.ts'
import { audit } from '../workspace/audit.ts'
import { failureOf } from './failure-of.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { endSession, streamOf } from './telling/dream-session.ts'
import { linesOf } from './telling/session-lines.ts'

/**
 * Ends a dream with the error that its run ended in, and its session with it. Throws
 * `conflict_error` where the dream is somebody else's by now, or has ended.
 */
export async function failHosted(
  lease: Lease,
  error: unknown,
  usage: TokenUsage,
  { storage, now, newId, announce }: HostingDeps,
): Promise<void> {
  const at = now().toISOString()
  const failure = failureOf(error)
  const stream = await storage.transaction(async (tx) => {
    await tx.dreams.runs.fail(lease, at, failure, usage)
    const dream = await tx.dreams.get(lease.dreamId)
    if (dream === null) return null
    const lines = linesOf(dream, at)
    const text = 'The dream failed. Nothing of it was written.'
    await endSession(tx, dream, {
      at,
      lines: [lines.error(failure), lines.message('end', text)],
      usage,
    })
    const by = { type: 'dream_actor', dreamId: dream.id } as const
    const details = { type: failure.type }
    await audit(tx, { act: 'dream.failed', subject: dream.id, by, at, details }, newId)
    return streamOf(dream)
  })
  if (stream !== null) announce(stream)
}
