import { aProject, fixedProjects } from '../../projects/fixed-projects.test-support.ts'
import type { AgentProject, OtherDreamer, ProjectOperations } from '../../reverie.ts'

export interface FakeProjects {
  readonly projects: readonly AgentProject[]
  readonly otherDreamers: readonly OtherDreamer[]
  /** Of the agent; null = there is none. */
  readonly settings: string | null
}

export const FAKE_PROJECTS: FakeProjects = {
  projects: [aProject()],
  otherDreamers: [],
  settings: null,
}

/** The projects of a fake world; every call is let through by `guard`. */
export function fakeProjects(world: FakeProjects, guard: () => void): ProjectOperations {
  const { projects, otherDreamers, settings } = world
  const dreamers = projects.map(({ memoryFolder }) => [memoryFolder ?? '', otherDreamers] as const)
  const port = fixedProjects({ projects, dreamers: Object.fromEntries(dreamers), settings })
  const guarded = <A extends readonly unknown[], T>(
    call: (...args: A) => Promise<T>,
  ): ((...args: A) => Promise<T>) => {
    return async (...args) => {
      guard()
      return call(...args)
    }
  }
  return {
    list: guarded(port.list),
    at: guarded(port.at),
    otherDreamers: guarded(port.otherDreamers),
    planHook: guarded(port.planHook),
    writeHook: guarded(port.writeHook),
    survey: guarded(async () =>
      projects.map((project) => ({
        project,
        transcripts: project.transcripts.map((file) => ({ ...file, daysLeft: 27, isKept: true })),
        otherDreamers,
      })),
    ),
  }
}
