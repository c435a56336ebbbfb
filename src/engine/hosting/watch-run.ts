import type { TokenUsage } from '../../core/dream.ts'
import { isReverieError } from '../../core/errors.ts'
import type { Lease } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { DreamFault } from './failure-of.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { leaseEnd } from './lease-keeper.ts'

/** Why a run was stopped from outside. */
export class RunStop extends Error {
  override readonly name = 'RunStop'
  /** `lost`: canceled, or taken over by another process. */
  readonly kind: 'shutdown' | 'lost'

  constructor(kind: RunStop['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

export interface RunWatch {
  /** Aborted with a `RunStop`, or with what ends the dream: no time left, an error of a heartbeat. */
  readonly signal: AbortSignal
  /** Call between pieces of work; throws once the run has to stop. */
  readonly keepAlive: () => Promise<void>
  /** Ends the watch; resolves when nothing of it is under way any more. */
  end(): Promise<void>
}

/**
 * Renews the lease of a run from time to time, beside the work and between its pieces, and stops it
 * when the dream was canceled or taken over, took too long, or the process shuts down.
 */
export function watchRun(
  lease: Lease,
  outer: AbortSignal,
  deps: HostingDeps,
  /** What the run has used so far, where that has changed since it was asked last. */
  newlyUsed: () => TokenUsage | undefined,
): RunWatch {
  const { storage, now, wait } = deps
  const { dreamHeartbeatMs, dreamMsMax, dreamTurnMs } = DREAM_LIMITS
  const stop = new AbortController()
  const end = new AbortController()
  const begun = now().getTime()
  let renewedAt = begun
  let turnedAt = begun

  const shutDown = (): void => stop.abort(new RunStop('shutdown', 'The runner stops.'))
  outer.addEventListener('abort', shutDown, { once: true })
  if (outer.aborted) shutDown()

  const beat = async (): Promise<void> => {
    const at = now()
    if (at.getTime() - begun > dreamMsMax) {
      const seconds = dreamMsMax / 1_000
      stop.abort(new DreamFault('timeout', `The dream took longer than ${seconds} seconds.`))
    }
    stop.signal.throwIfAborted()
    renewedAt = at.getTime()
    try {
      await storage.dreams.runs.renew(lease, leaseEnd(at), newlyUsed())
    } catch (error) {
      const isLost = isReverieError(error, 'conflict_error')
      stop.abort(isLost ? new RunStop('lost', error.message) : error)
      stop.signal.throwIfAborted()
    }
  }

  const beating = async (): Promise<void> => {
    while (!end.signal.aborted && !stop.signal.aborted) {
      await wait(dreamHeartbeatMs, end.signal)
      await beat()
    }
  }
  // What it rejects with is the reason of one of the two signals, which is looked at elsewhere.
  const ended = Promise.allSettled([beating()])

  return {
    signal: stop.signal,
    keepAlive: async () => {
      stop.signal.throwIfAborted()
      const at = now().getTime()
      if (at - renewedAt >= dreamHeartbeatMs) await beat()
      if (at - turnedAt < dreamTurnMs) return
      // Requests, a cancel among them, are served between the pieces of a long computation.
      await wait(0, null)
      turnedAt = now().getTime()
    },
    end: async () => {
      outer.removeEventListener('abort', shutDown)
      end.abort()
      await ended
    },
  }
}
