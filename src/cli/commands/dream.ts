import { type Command, InvalidArgumentError, Option } from 'commander'
import { LIMITS } from '../../config.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { DreamOutcome, FolderOperations } from '../../reverie.ts'
import { dreamReport, planOf } from '../../wire/extensions/dream-report.ts'
import { byteSize, duration } from '../amounts.ts'
import type { CommandContext, CommandResult, NextStep, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { formatOption } from '../format-option.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { addModelOptions, type ModelOptions, modelRequest } from '../models/model-options.ts'
import { watched } from '../models/watched-dream.ts'
import { planView } from '../plan-view.ts'
import { dreamProjects } from '../projects/dream-projects.ts'
import { foundView, memoryHere } from '../projects/find-project.ts'
import { shellWord } from '../projects/shell-word.ts'
import { readingView } from '../reading-view.ts'
import { parseSince } from '../since.ts'
import { assertUnattended, type DueOptions, dueDreams, unlessDue } from '../sleep/due-dream.ts'
import { dreamTogether, type TogetherOptions } from '../stores/dream-together.ts'
import { BLANK, type Line } from '../styled-line.ts'
import { applyResult } from './apply.ts'

interface DreamOptions extends ModelOptions, DueOptions {
  readonly sessions?: readonly string[]
  readonly into?: readonly string[]
  readonly allProjects?: boolean
  readonly since?: string
  readonly instructions?: string
  readonly format?: string
  readonly apply?: boolean
  readonly detailedExitcode?: boolean
  readonly limit: number
}

const LIMIT_DEFAULT = 20

export function addDreamCommand(program: Command, run: Run): void {
  const command = program
    .command('dream')
    .description(
      'Read a memory and its sessions and plan what to change. Writes nothing by itself.',
    )
    .argument(
      '[memory...]',
      'a folder of markdown, store:<name> or store:<id>; none = that of the project here',
    )
    .addHelpText(
      'before',
      examples([
        ['reverie dream', 'this project of Claude Code, found by itself'],
        ['reverie dream --all-projects', 'each of them'],
        ['reverie dream --all-projects --if-due', 'from cron: those at rest with enough new'],
        ['reverie dream ./memory', 'tidy the memory alone'],
        ['reverie dream ./memory --sessions ./logs --since 7d', 'of the last week'],
        ['reverie dream ./memory -i "prices matter most"', 'say what matters'],
        ['reverie dream ./memory --model ollama/qwen3:8b', 'ask a model of your own'],
        ['reverie dream ./memory --json --detailed-exitcode', 'for a script'],
        ['reverie dream ./coder ./qa --sessions coder=./a qa=./b --into ./qa', 'from several'],
      ]),
    )
    .option(
      '--sessions <source...>',
      'transcripts: files, folders, globs, or ids of stored sessions; of several memories as <memory>=<source>',
    )
    .option('--all-projects', 'a plan for the memory of each project of Claude Code')
    .option('--into <memory...>', 'which of several memories learns; each gets a plan of its own')
    .option('--if-due', 'only when it is due: at rest, enough new, the last one long enough ago')
    .addOption(
      new Option('--auto-apply <level>', 'what --if-due writes by itself').choices([
        'off',
        'safe',
        'trusted',
      ]),
    )
    .option('--since <when>', 'only sessions that ended since: 24h, 7d, 2w or a date')
    .option('-i, --instructions <text>', 'what this dream should look for')
    .addOption(formatOption())
  addModelOptions(command)
    .addOption(new Option('--plan', 'only plan (the default)').conflicts('apply'))
    .option('--apply', 'write the plan at once; prints what `reverie apply` prints')
    .option('--detailed-exitcode', 'exit 2 when changes wait for you')
    .option('--limit <n>', 'changes shown', parseLimit, LIMIT_DEFAULT)
    .action((memories: readonly string[], options: DreamOptions) => {
      const [memory, ...others] = memories
      if (options.ifDue === true) {
        return run('dream-if-due', (context) => due(context, memories, options))
      }
      unlessDue(options)
      if (options.allProjects === true) {
        return run('dream-projects', (context) => everyProject(context, memories, options))
      }
      if (others.length > 0 || options.into !== undefined) {
        return run('dream-together', (context) => together(context, memories, options))
      }
      return run('dream', (context) =>
        memory === undefined ? dreamHere(context, options) : dream(context, memory, options),
      )
    })
}

/** The memory of the project that the command is run in, with its transcripts unless others are named. */
async function dreamHere(context: CommandContext, options: DreamOptions): Promise<CommandResult> {
  const found = await memoryHere(context)
  const { talk, io } = context
  talk.print([...foundView(found, { width: talk.width, env: io.env }), BLANK])
  const { sessions = found.sessions } = options
  const result = await dream(context, found.memory, { ...options, sessions })
  return { ...result, warnings: [...found.warnings, ...(result.warnings ?? [])] }
}

function due(
  context: CommandContext,
  memories: readonly string[],
  options: DreamOptions,
): Promise<CommandResult> {
  const { into, apply, since, instructions } = options
  assertUnattended({ into, apply, since, instructions })
  return dueDreams(context, { memories, options, request: commonRequest(context, options) })
}

async function everyProject(
  context: CommandContext,
  memories: readonly string[],
  options: DreamOptions,
): Promise<CommandResult> {
  const { into, sessions, apply, limit } = options
  if (memories.length > 0 || into !== undefined || sessions !== undefined || apply === true) {
    throw new ReverieError('invalid_request_error', 'All projects dream as they are found.', {
      next: 'Leave out memories, --sessions, --into and --apply; apply each plan by itself.',
    })
  }
  const startedMs = context.io.now().getTime()
  const result = await dreamProjects(context, {
    request: commonRequest(context, options),
    planOf: (outcome) => outcomeView(outcome, { width: context.out.width, limit }),
  })
  const isWaiting = (result.next ?? []).length > 0 && (result.exitCode ?? EXIT.ok) === EXIT.ok
  return {
    ...result,
    after: costView(context, startedMs),
    ...(isWaiting && options.detailedExitcode === true ? { exitCode: EXIT.changesWait } : {}),
  }
}

export function parseLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.changesMax) {
    throw new InvalidArgumentError(`Give a whole number from 1 to ${LIMITS.changesMax}.`)
  }
  return limit
}

async function together(
  context: CommandContext,
  memories: readonly string[],
  options: DreamOptions,
): Promise<CommandResult> {
  if (options.apply === true) {
    throw new ReverieError('invalid_request_error', 'Plans of several memories wait.', {
      next: 'Look at them, and apply each: reverie apply <dream>.',
    })
  }
  const startedMs = context.io.now().getTime()
  const { into = [], sessions = [], limit } = options
  const result = await dreamTogether(context, memories, {
    into,
    sessions,
    request: commonRequest(context, options),
    planOf: (outcome) => outcomeView(outcome, { width: context.out.width, limit }),
  })
  const isWaiting = (result.next ?? []).length > 0
  return {
    ...result,
    after: costView(context, startedMs),
    ...(isWaiting && options.detailedExitcode === true ? { exitCode: EXIT.changesWait } : {}),
  }
}

async function dream(
  context: CommandContext,
  memory: string,
  options: DreamOptions,
): Promise<CommandResult> {
  const startedMs = context.io.now().getTime()
  const { sessions = [] } = options
  const request = { memory, sessions, ...commonRequest(context, options) }
  const reverie = await context.reverie()
  const outcome = await watched(context, (watching) => reverie.dream({ ...request, ...watching }))
  const isWaiting = outcome.dream.planStatus === 'waiting'
  const warnings = [...outcome.warnings, ...planOf(outcome).report.warnings]
  const index = await indexOf(reverie, memory)
  const areSessionsNamed = sessions.length > 0
  const reading = readingView({ memory, areSessionsNamed, outcome, index }, context.talk.width)
  if (options.apply === true && isWaiting) {
    const applied = applyResult(await reverie.apply(outcome.dream.id), context.out.width, 'apply')
    return { ...applied, before: reading, warnings }
  }
  return {
    data: dreamReport(outcome),
    view: outcomeView(outcome, { width: context.out.width, limit: options.limit }),
    before: reading,
    after: costView(context, startedMs),
    warnings,
    next: nextSteps(outcome, memory),
    ...(isWaiting && options.detailedExitcode === true ? { exitCode: EXIT.changesWait } : {}),
  }
}

/** What holds for every memory. */
function commonRequest({ io }: CommandContext, options: DreamOptions): TogetherOptions['request'] {
  const { since, instructions, format } = options
  return {
    ...(since === undefined ? {} : { since: parseSince(since, io.now()) }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(format === undefined ? {} : { format }),
    ...modelRequest(options),
  }
}

/** Lines of the index file, which agents load at the start; null where the store has none. */
async function indexOf(
  reverie: FolderOperations,
  memory: string,
): Promise<{ readonly lines: number; readonly linesMax: number } | null> {
  try {
    const { memory: index } = await reverie.memories.get(memory, '/MEMORY.md')
    const lines = index.content.split('\n').length - (index.content.endsWith('\n') ? 1 : 0)
    return { lines, linesMax: LIMITS.indexLinesMax }
  } catch (error) {
    if (isReverieError(error, 'not_found_error')) return null
    throw error
  }
}

/** An identical run shows the plan that waits; without one it says since when nothing is new. */
function outcomeView(
  outcome: DreamOutcome,
  options: { readonly width: number; readonly limit: number },
): Line[] {
  if (outcome.isNew) return planView(outcome, options)
  const { dream: earlier } = outcome
  const news = labelled('Plan', `Nothing new since ${earlier.id}.`, options.width)
  if (earlier.planStatus !== 'waiting') return news
  return [
    ...labelled('Plan', `Nothing new since ${earlier.id}, which still waits:`, options.width),
    BLANK,
    ...planView(outcome, options),
  ]
}

function costView({ io, talk }: CommandContext, startedMs: number): Line[] {
  const took = duration(io.now().getTime() - startedMs)
  return labelled(
    'Took',
    `${took}, ${byteSize(io.peakMemoryBytes())} of memory at most`,
    talk.width,
  )
}

function nextSteps({ dream: planned, changes }: DreamOutcome, memory: string): NextStep[] {
  const { id } = planned
  if (planned.planStatus === 'waiting') {
    return [
      { command: `reverie review ${id}`, why: 'decide, key by key' },
      { command: `reverie show ${id} --diff`, why: 'see the files' },
      { command: `reverie apply ${id}`, why: 'write it' },
      { command: `reverie revert ${id}`, why: 'undo it afterwards' },
    ]
  }
  if (planned.planStatus === 'applied' && changes.length > 0) {
    return [{ command: `reverie show ${id}`, why: 'what that dream changed' }]
  }
  return [{ command: `reverie memory ls ${shellWord(memory)}`, why: 'read the memory as it is' }]
}
