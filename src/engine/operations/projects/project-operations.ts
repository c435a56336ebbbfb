import { ReverieError } from '../../../core/errors.ts'
import type { SessionId } from '../../../core/ids.ts'
import type {
  AgentProject,
  AgentProjects,
  OtherDreamer,
  TranscriptFile,
} from '../../../projects/projects.ts'
import type {
  ProjectOperations,
  ProjectSurvey,
  TranscriptSurvey,
} from '../../folder-api/projects-api.ts'
import type { Deps } from '../deps.ts'
import { importMark } from '../importing/import-marks.ts'

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
  const sessions = await deps.storage.sessions.list()
  const stored = new Set(
    sessions.flatMap(({ id, purgedAt }) => (purgedAt === undefined ? [id] : [])),
  )
  for (const project of (await deps.projects?.list()) ?? []) {
    surveys.push({
      project,
      transcripts: await transcriptsOf(project, stored, deps),
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
  stored: ReadonlySet<SessionId>,
  deps: Deps,
): Promise<readonly TranscriptSurvey[]> {
  const nowMs = deps.now().getTime()
  const surveys: TranscriptSurvey[] = []
  for (const file of transcripts) {
    surveys.push({
      ...file,
      daysLeft: keepsDays === null ? null : daysLeft(file.modifiedAt, keepsDays, nowMs),
      isKept: await isKept(file, stored, deps),
    })
  }
  return surveys
}

/** Whole days; what would go today has none. */
function daysLeft(modifiedAt: string, keepsDays: number, nowMs: number): number {
  const endMs = Date.parse(modifiedAt) + keepsDays * DAY_MS
  return Math.max(0, Math.floor((endMs - nowMs) / DAY_MS))
}

/** Whether a file was read as it is now, and nothing that came of it was removed since. */
async function isKept(
  { path, sizeBytes, modifiedAt }: TranscriptFile,
  stored: ReadonlySet<SessionId>,
  deps: Deps,
): Promise<boolean> {
  const imported = (await importMark(deps.storage, path))?.imported ?? null
  if (imported === null || imported.sizeBytes !== sizeBytes) return false
  const isSame = Math.abs(imported.modifiedAtMs - Date.parse(modifiedAt)) < 1
  return isSame && imported.sessionIds.every((id) => stored.has(id))
}
