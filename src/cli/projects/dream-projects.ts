import { ReverieError } from '../../core/errors.ts'
import type { AgentProject, DreamOutcome, DreamRequest } from '../../reverie.ts'
import { planOf } from '../../wire/extensions/dream-report.ts'
import {
  type DreamtProject,
  dreamProjectsReport,
} from '../../wire/extensions/projects/project-report.ts'
import { counted } from '../amounts.ts'
import type { CommandContext, CommandResult, NextStep } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { failureOf } from '../failure.ts'
import { labelled } from '../labelled.ts'
import { watched } from '../models/watched-dream.ts'
import { importView } from '../reading-view.ts'
import { BLANK, type Line, line, span } from '../styled-line.ts'
import { type FoundMemory, foundMemories, foundView, projectWords } from './find-project.ts'
import { homePath } from './home-path.ts'

/** What was typed. */
export interface DreamProjectsOptions {
  /** All that is the same for every plan. */
  readonly request: Omit<DreamRequest, 'memory' | 'sessions'>
  /** How one plan is shown. */
  readonly planOf: (outcome: DreamOutcome) => Line[]
}

type Dreamt = DreamtProject<DreamOutcome> & Pick<FoundMemory, 'projects'>

const COMMAND = 'reverie dream --all-projects'

/** A plan for the memory of each project; what fails is told and stops no other. Writes nothing. */
export async function dreamProjects(
  context: CommandContext,
  options: DreamProjectsOptions,
): Promise<CommandResult> {
  const projects = await (await context.reverie()).projects.list()
  const memories = foundMemories(projects)
  if (memories.length === 0) throw nothingFound(projects)
  const dreamt: Dreamt[] = []
  for (const found of memories) {
    context.signal.throwIfAborted()
    dreamt.push(await dreamOne(found, context, options))
  }
  const failed = dreamt.filter(({ failure }) => failure !== null).length
  const without =
    projects.length - projects.filter(({ memoryFolder }) => memoryFolder !== null).length
  return {
    report: 'dream-projects',
    data: dreamProjectsReport(dreamt),
    view: dreamt.flatMap((one, at) => [
      ...(at === 0 ? [] : [BLANK]),
      ...projectView(one, context, options),
    ]),
    warnings: [
      ...dreamt.flatMap(warningsOf),
      ...(without === 0
        ? []
        : [
            `${counted(without, 'project')} with transcripts but no note: nothing was planned there.`,
          ]),
    ],
    next: dreamt.flatMap(nextSteps),
    exitCode: failed > 0 ? EXIT.failed : EXIT.ok,
  }
}

async function dreamOne(
  found: FoundMemory,
  context: CommandContext,
  { request }: DreamProjectsOptions,
): Promise<Dreamt> {
  const { talk, io, signal } = context
  const { memory, sessions, projects } = found
  const [project] = projects
  talk.print([...foundView(found, { width: talk.width, env: io.env })])
  try {
    const reverie = await context.reverie()
    const outcome = await watched(context, (watching) =>
      reverie.dream({ ...request, memory, sessions, ...watching }),
    )
    talk.print(importView(outcome.imported, talk.width))
    return { project, projects, memory, outcome, failure: null }
  } catch (error) {
    if (signal.aborted) throw error
    return { project, projects, memory, outcome: null, failure: failureOf(error, COMMAND) }
  }
}

function projectView(
  { projects, memory, outcome, failure }: Dreamt,
  { io, out }: CommandContext,
  options: DreamProjectsOptions,
): Line[] {
  const names = projects.map((project) => span(projectWords(project, io.env), 'strong'))
  const place = span(homePath(memory, io.env), 'quiet')
  return [
    ...names.map((name, at) =>
      at < names.length - 1 ? line('  ', name) : line('  ', name, '   ', place),
    ),
    ...(outcome === null ? [] : options.planOf(outcome)),
    ...(failure === null ? [] : labelled('Error', failure.message, out.width)),
    ...(failure?.next == null ? [] : labelled('Next', failure.next, out.width)),
  ]
}

function warningsOf({ outcome }: Dreamt): readonly string[] {
  return outcome === null ? [] : [...outcome.warnings, ...planOf(outcome).report.warnings]
}

function nextSteps({ outcome, projects }: Dreamt): readonly NextStep[] {
  if (outcome?.dream.planStatus !== 'waiting') return []
  const { id } = outcome.dream
  const names = projects.map(({ workingFolder, name }) => workingFolder ?? name)
  return [
    { command: `reverie review ${id}`, why: `decide for ${names.join(', ')}` },
    { command: `reverie apply ${id}`, why: 'write it' },
  ]
}

function nothingFound(projects: readonly AgentProject[]): ReverieError {
  const found =
    projects.length === 0 ? 'none was found' : `${counted(projects.length, 'project')} without any`
  return new ReverieError('not_found_error', `No project of an agent has notes: ${found}.`, {
    next: 'See `reverie doctor`, or name a memory: `reverie dream ./memory --sessions ./logs`.',
  })
}
