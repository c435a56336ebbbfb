import type { DreamId, WorkspaceId } from '../../core/ids.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import type { HostingDeps, RunnerDeps } from './hosting-deps.ts'
import { runHosted } from './run-hosted.ts'

/** Works through the dreams that wait, of all workspaces. */
export interface Runner {
  /**
   * Resolves once the signal is aborted and every run has stopped; those stay for the next process.
   * Errors of single dreams end these; what else goes wrong is reported, and tried again.
   */
  run(signal: AbortSignal): Promise<void>
  /** Looks for work at once. */
  wake(): void
}

export function createRunner(deps: RunnerDeps): Runner {
  let interrupt: () => void = () => undefined
  let isWoken = false
  const wake = (): void => {
    isWoken = true
    interrupt()
  }

  /** Sleeps until there may be work. */
  const sleep = async (signal: AbortSignal): Promise<void> => {
    if (isWoken || signal.aborted) return
    const nap = new AbortController()
    interrupt = () => nap.abort()
    signal.addEventListener('abort', interrupt, { once: true })
    try {
      await deps.wait(DREAM_LIMITS.dreamLookMs, nap.signal)
    } catch (error) {
      if (!nap.signal.aborted) throw error
    } finally {
      signal.removeEventListener('abort', interrupt)
      interrupt = () => undefined
    }
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    const running = new Map<DreamId, Promise<void>>()
    const start = ({ workspaceId, id }: Waiting): void => {
      const ended = runHosted(id, signal, hostingOf(workspaceId, deps, wake))
        // A run that could not even fail is not tried again at once.
        .then(
          () => wake,
          (error: unknown) => deps.report(error),
        )
        .then((next) => {
          running.delete(id)
          next?.()
        })
      running.set(id, ended)
    }
    while (!signal.aborted) {
      isWoken = false
      try {
        const free = deps.dreamsAtOnce - running.size
        for (const waiting of await look(free, running, deps)) start(waiting)
      } catch (error) {
        deps.report(error)
      }
      await sleep(signal)
    }
    await Promise.all(running.values())
  }

  return { run, wake }
}

interface Waiting {
  readonly workspaceId: WorkspaceId
  readonly id: DreamId
}

/** The next dreams to run: in each workspace the oldest first, the workspaces taking turns. */
async function look(
  free: number,
  running: ReadonlyMap<DreamId, unknown>,
  { storage, now }: RunnerDeps,
): Promise<readonly Waiting[]> {
  if (free <= 0) return []
  const at = now().toISOString()
  const limit = free + running.size
  const queues: Waiting[][] = []
  for (const workspaceId of await storage.workspaces()) {
    const ids = await storage.inWorkspace(workspaceId).dreams.runs.waiting(at, limit)
    queues.push(ids.filter((id) => !running.has(id)).map((id) => ({ workspaceId, id })))
  }
  const turns = Math.max(0, ...queues.map((queue) => queue.length))
  return Array.from({ length: turns }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? []))
    .flat()
    .slice(0, free)
}

function hostingOf(workspaceId: WorkspaceId, deps: RunnerDeps, wake: () => void): HostingDeps {
  return { ...deps, storage: deps.storage.inWorkspace(workspaceId), wake }
}
