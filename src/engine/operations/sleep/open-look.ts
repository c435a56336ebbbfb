import type { DueRequest } from '../../folder-api/projects-api.ts'
import type { SleepFacts } from '../../sleep/rules/sleep-facts.ts'
import type { Deps } from '../deps.ts'
import { resolveTarget, type Target } from '../target.ts'
import { cheapFacts, type FolderInView } from './folder-facts.ts'
import { type KeptSleep, keptSleep, scheduleOf } from './folder-sleep.ts'
import { lookAround, type Surroundings } from './look-around.ts'
import { noteRead } from './note-read.ts'

/** One look at one memory. */
export interface DueLook {
  readonly request: DueRequest
  readonly target: Target
  readonly kept: KeptSleep
  readonly folder: FolderInView
  readonly around: Surroundings
  readonly cheap: SleepFacts
}

/** Looks at a memory and at what is around it; no transcript is opened. */
export async function openLook(request: DueRequest, deps: Deps): Promise<DueLook> {
  const target = await resolveTarget(request.memory, deps)
  const now = deps.now()
  const { store } = target
  const kept = await noteRead(
    deps.storage,
    store,
    await keptSleep(deps.storage, store.id, now.toISOString()),
  )
  const schedule = scheduleOf(kept.sleep)
  const around = await lookAround(request, { now, idleMs: schedule.idleMs }, deps)
  const folder = { store, sleep: kept.sleep, schedule, now }
  return { request, target, kept, folder, around, cheap: await cheapFacts(folder, around, deps) }
}
