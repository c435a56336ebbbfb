import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { AgentProject } from '../../reverie.ts'
import { byteSize, counted, number } from '../amounts.ts'
import type { CommandContext } from '../command-run.ts'
import { labelled } from '../labelled.ts'
import type { Line } from '../styled-line.ts'
import type { Environment } from '../terminal.ts'
import { homePath } from './home-path.ts'
import { shellWord } from './shell-word.ts'

/** A memory that was found, with the transcripts that belong to it. */
export interface FoundMemory {
  readonly memory: string
  /** Of every project below. */
  readonly sessions: readonly string[]
  /** Whose memory it is: more than one where settings give them the same folder. */
  readonly projects: readonly [AgentProject, ...AgentProject[]]
  readonly warnings: readonly string[]
}

/**
 * The memory of the project that the command is run in. Throws `not_found_error` where there is
 * none, with where it was looked for and what can be typed instead.
 */
export async function memoryHere(context: CommandContext): Promise<FoundMemory> {
  const { env, workingFolder } = context.io
  const folder = workingFolder()
  const project = await (await context.reverie()).projects.at(folder)
  const found = foundMemory(project)
  if (found !== null) return found
  throw project.transcripts.length === 0 ? nothingAt(folder, project, env) : noNotes(project, env)
}

/** Null = the project has no note. */
function foundMemory(project: AgentProject): FoundMemory | null {
  const { memoryFolder: memory, transcripts, transcriptFolders } = project
  if (memory === null) return null
  const sessions = transcripts.map(({ path }) => path)
  const [folder = ''] = transcriptFolders
  const none = `There is no transcript in ${folder}: the notes alone are tidied. Claude Code deletes transcripts after ${project.keepsDays ?? 'some'} days.`
  return { memory, sessions, projects: [project], warnings: sessions.length === 0 ? [none] : [] }
}

/** Each memory once, with the transcripts of every project that it serves. */
export function foundMemories(projects: readonly AgentProject[]): readonly FoundMemory[] {
  const memories = new Map<string, FoundMemory>()
  for (const found of projects.map(foundMemory).filter((one) => one !== null)) {
    const known = memories.get(found.memory)
    memories.set(found.memory, known === undefined ? found : shared(known, found))
  }
  return [...memories.values()]
}

function shared(known: FoundMemory, { sessions, projects }: FoundMemory): FoundMemory {
  return {
    ...known,
    sessions: [...known.sessions, ...sessions],
    projects: [...known.projects, ...projects],
  }
}

/** Where people work on a project, as they write it; else what the agent calls it. */
export function projectWords({ workingFolder, name }: AgentProject, env: Environment): string {
  return workingFolder === null ? name : homePath(workingFolder, env)
}

/** `Project`, `Memory` and `Sessions` as they were found, said before they are read. */
export function foundView(
  { memory, projects }: FoundMemory,
  { width, env }: { readonly width: number; readonly env: Environment },
): Line[] {
  const [{ notes, indexLines }] = projects
  const transcripts = projects.flatMap((project) => project.transcripts)
  const transcriptFolders = projects.flatMap((project) => project.transcriptFolders)
  const names = projects.map((project) => projectWords(project, env))
  const index = indexLines === null ? '' : `, index ${indexWords(indexLines)}`
  const bytes = transcripts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const folders = transcriptFolders.map((path) => homePath(path, env)).join(', ')
  const sessions = `${counted(transcripts.length, 'transcript')}, ${byteSize(bytes)}, in ${folders}`
  return [
    ...labelled(names.length === 1 ? 'Project' : 'Projects', names.join(', '), width),
    ...labelled('Found', `${counted(notes, 'note')}${index} in ${homePath(memory, env)}`, width),
    ...(transcripts.length === 0 ? [] : labelled('Found', sessions, width)),
  ]
}

/** `188 of 200 lines` */
export function indexWords(lines: number): string {
  return `${number(lines)} of ${number(LIMITS.indexLinesMax)} lines`
}

function nothingAt(folder: string, project: AgentProject, env: Environment): ReverieError {
  const [transcripts = ''] = project.transcriptFolders
  const looked = [project.memoryPlace, transcripts].map((path) => homePath(path, env))
  return new ReverieError(
    'not_found_error',
    `No agent has notes or transcripts of "${homePath(folder, env)}". Looked for notes in ${looked[0]} and for transcripts in ${looked[1]}.`,
    {
      next: 'Go to a folder where Claude Code has worked (`reverie doctor` lists them), or name a memory: `reverie dream ./memory --sessions ./logs`.',
    },
  )
}

function noNotes(
  { memoryPlace, transcriptFolders, ...project }: AgentProject,
  env: Environment,
): ReverieError {
  const place = shellWord(memoryPlace)
  const folders = transcriptFolders.map(shellWord).join(' ')
  return new ReverieError(
    'not_found_error',
    `Found ${counted(project.transcripts.length, 'transcript')} of this project, but no note in ${homePath(memoryPlace, env)}.`,
    {
      next: `To begin a memory from them: \`mkdir -p ${place}\`, then \`reverie dream ${place} --sessions ${folders}\`.`,
    },
  )
}
