import { ReverieError } from '../../../core/errors.ts'
import type { AgentProject, AgentProjects, OtherDreamer } from '../../../projects/projects.ts'
import type { ProjectOperations, ProjectSurvey, TranscriptSurvey } from '../../projects-api.ts'
import type { Deps } from '../deps.ts'

/** Projects of coding agents; without a way to find them there are none. */
export function projectsOf(deps: Deps): ProjectOperations {
  return {
    list: async () => (await deps.projects?.list()) ?? [],
    at: async (workingFolder) => found(deps).at(workingFolder),
    survey: () => survey(deps),
    otherDreamers: async (memoryFolder) => (await deps.projects?.otherDreamers(memoryFolder)) ?? [],
    planHook: async (command, isOn) => found(deps).planHook(command, isOn),
    writeHook: async (edit) => found(deps).writeHook(edit),
  }
}

function found({ projects }: Deps): AgentProjects {
  if (projects !== undefined) return projects
  throw new ReverieError('not_found_error', 'This program looks for no projects of agents.', {
    next: 'Name the memory folder and its transcripts.',
  })
}

async function survey(deps: Deps): Promise<readonly ProjectSurvey[]> {
  const surveys: ProjectSurvey[] = []
  for (const project of (await deps.projects?.list()) ?? []) {
    surveys.push({
      project,
      transcripts: await transcriptsOf(project, deps),
      otherDreamers: await dreamersOf(project, deps),
    })
  }
  return surveys
}

async function dreamersOf(
  { memoryFolder }: AgentProject,
  { projects }: Deps,
): Promise<readonly OtherDreamer[]> {
  return memoryFolder === null ? [] : ((await projects?.otherDreamers(memoryFolder)) ?? [])
}

const DAY_MS = 86_400_000

async function transcriptsOf(
  { transcripts, keepsDays }: AgentProject,
  deps: Deps,
): Promise<readonly TranscriptSurvey[]> {
  const nowMs = deps.now().getTime()
  const surveys: TranscriptSurvey[] = []
  for (const file of transcripts) {
    surveys.push({
      ...file,
      daysLeft: keepsDays === null ? null : daysLeft(file.modifiedAt, keepsDays, nowMs),
      isKept: await isKept(),
    })
  }
  return surveys
}

/** Whole days; what would go today has none. */
function daysLeft(modifiedAt: string, keepsDays: number, nowMs: number): number {
  const endMs = Date.parse(modifiedAt) + keepsDays * DAY_MS
  return Math.max(0, Math.floor((endMs - nowMs) / DAY_MS))
}

async function isKept(): Promise<boolean> {
  return false
}
