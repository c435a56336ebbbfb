import { LIMITS } from '../../config.ts'
import type { ScheduleId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import { itemsOf } from './all-pages.ts'
import { type KeptSchedule, keptIn } from './kept-schedule.ts'
import { type Looked, lookAt, untilNext } from './look.ts'
import { lookMemory } from './look-memory.ts'
import type { SleeperDeps } from './sleeper-deps.ts'

/** Looks at schedules and starts their dreams. Any number of processes may have one. */
export interface Sleeper {
  /** Looks again and again until aborted. */
  run(signal: AbortSignal): Promise<void>
  /** Looks once at every schedule that is due. */
  look(): Promise<void>
  /** Ends the wait for the next look: something is new. */
  wake(): void
}

/** Makes a sleeper over all workspaces of a storage. */
export function createSleeper(deps: SleeperDeps): Sleeper {
  const memory = lookMemory(deps)
  const looked = new Map<ScheduleId, Looked>()
  const rest = restOf(deps)
  let last = Number.NEGATIVE_INFINITY

  const lookOnce = async (storage: Storage, kept: KeptSchedule, isClockBack: boolean) => {
    const { id } = kept.schedule
    const before = looked.get(id)
    const now = deps.now()
    const isKnown = before?.version === kept.version && before.nextLookAt > now
    if (isKnown && !isClockBack) return
    try {
      looked.set(id, await lookAt(storage, kept, deps, memory))
    } catch (error) {
      deps.report(error, id)
      const nextLookAt = new Date(now.getTime() + LIMITS.sleepLookMs)
      looked.set(id, { version: kept.version, nextLookAt })
    }
  }

  const look = async (): Promise<void> => {
    const now = deps.now().getTime()
    const isClockBack = now < last
    last = now
    const there = new Set<ScheduleId>()
    for (const workspaceId of await deps.storage.workspaces()) {
      const storage = deps.storage.inWorkspace(workspaceId)
      for (const kept of await schedulesIn(storage)) {
        there.add(kept.schedule.id)
        await lookOnce(storage, kept, isClockBack)
      }
    }
    for (const id of looked.keys()) if (!there.has(id)) looked.delete(id)
  }

  return {
    look,
    wake: rest.wake,
    async run(signal) {
      while (!signal.aborted) {
        try {
          await look()
        } catch (error) {
          deps.report(error, null)
        }
        const ms = looked.size === 0 ? LIMITS.sleepLookMs : untilNext(looked.values(), deps.now())
        await rest.until(Math.max(ms, LIMITS.sleepRestMs), signal)
      }
    },
  }
}

/** Read whole first: looks write to the list that they are read from. */
async function schedulesIn(storage: Storage): Promise<readonly KeptSchedule[]> {
  const kept: KeptSchedule[] = []
  const documents = itemsOf(
    (query) => storage.documents.page({ ...query, kind: 'schedule', order: 'asc' }),
    Number.POSITIVE_INFINITY,
  )
  for await (const document of documents) kept.push(keptIn(document))
  return kept
}

/** Waits that can be ended early. */
function restOf({ wait, report }: Pick<SleeperDeps, 'wait' | 'report'>): {
  readonly wake: () => void
  readonly until: (ms: number, signal: AbortSignal) => Promise<void>
} {
  let current: AbortController | null = null
  let isWoken = false
  return {
    wake() {
      isWoken = true
      current?.abort()
    },
    async until(ms, signal) {
      if (isWoken || signal.aborted) {
        isWoken = false
        return
      }
      const controller = new AbortController()
      current = controller
      try {
        await wait(ms, AbortSignal.any([signal, controller.signal]))
      } catch (error) {
        if (!signal.aborted && !controller.signal.aborted) report(error, null)
      } finally {
        current = null
        isWoken = false
      }
    },
  }
}
