import { isReverieError } from '../../core/errors.ts'
import type { DoctorCheck, FolderOperations, ProjectSurvey, SettingsEdit } from '../../reverie.ts'
import { hookCommand } from './hook-command.ts'

/** What `doctor` tells of coding agents; a part that cannot be had is a check that fails. */
export interface DoctoredProjects {
  readonly checks: readonly DoctorCheck[]
  readonly surveys: readonly ProjectSurvey[]
}

const HOOK = 'Hook of Claude Code'

/** Looks at the projects of agents and at the hook in their settings. */
export async function doctorProjects(
  { projects }: FolderOperations,
  invocation: readonly string[],
): Promise<DoctoredProjects> {
  const hook = await told(HOOK, () => hookCheck(projects, hookCommand(invocation).text))
  let surveys: readonly ProjectSurvey[] = []
  const listed = await told('Projects', async () => {
    surveys = await projects.survey()
    return null
  })
  return { checks: [hook, listed].filter((check) => check !== null), surveys }
}

/** Null = there is no Claude Code to ask. */
async function hookCheck(
  projects: FolderOperations['projects'],
  command: string,
): Promise<DoctorCheck> {
  const [on, off] = [
    await projects.planHook(command, true),
    await projects.planHook(command, false),
  ]
  if (on.before === on.after) return connected(on)
  if (off.before === off.after) {
    const next = 'To dream in idle gaps: `reverie connect claude-code`.'
    return { name: HOOK, isOk: true, found: 'not connected', next }
  }
  return {
    name: HOOK,
    isOk: false,
    found: 'connected, to reverie at another place',
    next: 'If that is gone, connect this one: `reverie connect claude-code`.',
  }
}

function connected({ hooksOffIn }: SettingsEdit): DoctorCheck {
  if (hooksOffIn === null) return { name: HOOK, isOk: true, found: 'connected', next: null }
  return {
    name: HOOK,
    isOk: false,
    found: `connected, but hooks are disabled in ${hooksOffIn}`,
    next: 'Take disableAllHooks out there, or set it to false: until then no session is dreamt over when it ends.',
  }
}

async function told(
  name: string,
  look: () => Promise<DoctorCheck | null>,
): Promise<DoctorCheck | null> {
  try {
    return await look()
  } catch (error) {
    // No agent, no settings of its own: nothing is wrong.
    if (name === HOOK && isReverieError(error, 'not_found_error')) return null
    if (!isReverieError(error)) throw error
    return { name, isOk: false, found: error.message, next: error.next }
  }
}
