import { ReverieError } from '../core/errors.ts'
import type { AgentProject, AgentProjects, OtherDreamer, SettingsEdit } from './projects.ts'

export interface FixedWorld {
  readonly projects?: readonly AgentProject[]
  /** By memory folder. */
  readonly dreamers?: Readonly<Record<string, readonly OtherDreamer[]>>
  /** Text of the settings file; null = there is none. */
  readonly settings?: string | null
}

/** A project with a memory of one note and one transcript, but for what is said. */
export function aProject(over: Partial<AgentProject> = {}): AgentProject {
  const folder = '/home/me/.claude/projects/-home-me-shop'
  return {
    name: '-home-me-shop',
    workingFolder: '/home/me/shop',
    memoryPlace: `${folder}/memory`,
    memoryFolder: `${folder}/memory`,
    notes: 1,
    indexLines: 12,
    transcriptFolders: [folder],
    transcripts: [
      { path: `${folder}/one.jsonl`, sizeBytes: 2_000, modifiedAt: '2026-11-20T10:00:00.000Z' },
    ],
    keepsDays: 30,
    ...over,
  }
}

/** The port over values: as files would be, with a settings file that holds nothing but the command. */
export function fixedProjects({
  projects = [],
  dreamers = {},
  settings = null,
}: FixedWorld): AgentProjects {
  let text = settings
  return {
    list: async () =>
      projects.filter(({ notes, transcripts }) => notes > 0 || transcripts.length > 0),
    at: async (workingFolder) =>
      projects.find((one) => isWithin(workingFolder, one.workingFolder)) ??
      nothingAt(workingFolder),
    otherDreamers: async (memoryFolder) => dreamers[memoryFolder] ?? [],
    planHook: async (command, isOn): Promise<SettingsEdit> => ({
      path: '/home/me/.claude/settings.json',
      before: text,
      after: isOn ? `${command}\n` : null,
      hooksOffIn: null,
    }),
    writeHook: async ({ path, before, after }) => {
      if (before !== text) throw new ReverieError('conflict_error', `"${path}" is another by now.`)
      text = after
    },
  }
}

function isWithin(folder: string, root: string | null): boolean {
  return root !== null && (folder === root || folder.startsWith(`${root}/`))
}

function nothingAt(workingFolder: string): AgentProject {
  const name = workingFolder.replaceAll(/[^a-zA-Z0-9]/g, '-')
  const folder = `/home/me/.claude/projects/${name}`
  return aProject({
    name,
    workingFolder,
    memoryPlace: `${folder}/memory`,
    memoryFolder: null,
    notes: 0,
    indexLines: null,
    transcriptFolders: [folder],
    transcripts: [],
  })
}
