import { DREAM_LIMITS } from '../dream-limits.ts'
import type { Deps } from './deps.ts'

/**
 * Waits for work that may take longer than a lease, and renews the lease meanwhile, so that no
 * other process takes the dream over and asks the same again. Rejects as soon as a renewal does.
 */
export async function whileAlive<T>(
  work: Promise<T>,
  keepAlive: () => Promise<void>,
  wait: Deps['wait'],
): Promise<T> {
  const end = new AbortController()
  const beat = async (): Promise<never> => {
    for (;;) {
      await wait(DREAM_LIMITS.leaseMs / 3, end.signal)
      await keepAlive()
    }
  }
  try {
    return await Promise.race([work, beat()])
  } finally {
    end.abort()
  }
}
