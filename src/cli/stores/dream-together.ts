import { ReverieError } from '../../core/errors.ts'
import type { DreamOutcome, DreamRequest } from '../../reverie.ts'
import { dreamTogetherReport } from '../../wire/extensions/collective/dream-together-report.ts'
import { planOf } from '../../wire/extensions/dream-report.ts'
import { byteSize, counted, number } from '../amounts.ts'
import type { CommandContext, CommandResult, NextStep } from '../command-run.ts'
import { labelled } from '../labelled.ts'
import { usageView } from '../models/usage-view.ts'
import { watched } from '../models/watched-dream.ts'
import { importView } from '../reading-view.ts'
import { BLANK, type Line, line, span } from '../styled-line.ts'
import { sessionsOfMemories } from './named-sessions.ts'

/** What was typed. */
export interface TogetherOptions {
  readonly into: readonly string[]
  readonly sessions: readonly string[]
  /** All that is the same for every plan. */
  readonly request: Omit<DreamRequest, 'memory' | 'sessions'>
  /** How one plan is shown. */
  readonly planOf: (outcome: DreamOutcome) => Line[]
}

/** Plans for every memory that learns; writes nothing. */
export async function dreamTogether(
  context: CommandContext,
  memories: readonly string[],
  options: TogetherOptions,
): Promise<CommandResult> {
  const { into, sessions, request } = options
  if (into.length === 0) {
    throw new ReverieError('invalid_request_error', 'Several memories are named, none to learn.', {
      next: 'Say which one learns: --into <memory>.',
    })
  }
  const from = sessionsOfMemories(memories, sessions)
  const reverie = await context.reverie()
  const outcomes = await watched(context, (watching) =>
    reverie.dreamTogether({ ...request, from, into, ...watching }),
  )
  const named = outcomes.map((outcome, at) => ({ memory: into[at] ?? '', outcome }))
  return {
    report: 'dream-together',
    data: dreamTogetherReport(named),
    before: readView(named, context.talk.width),
    view: named.flatMap(({ memory, outcome }, at) => [
      ...(at === 0 ? [] : [BLANK]),
      line('  ', span(memory, 'strong')),
      ...options.planOf(outcome),
    ]),
    warnings: outcomes.flatMap((one) => [...one.warnings, ...planOf(one).report.warnings]),
    next: named.flatMap(nextSteps),
  }
}

interface NamedOutcome {
  readonly memory: string
  readonly outcome: DreamOutcome
}

function readView(named: readonly NamedOutcome[], width: number): Line[] {
  const [first] = named
  return [
    ...named.flatMap(({ memory, outcome }) => memoryView(memory, outcome, width)),
    ...(first === undefined ? [] : importView(first.outcome.imported, width)),
  ]
}

/** What a memory that learns read in words, and what it was told in patterns. */
function memoryView(memory: string, outcome: DreamOutcome, width: number): Line[] {
  const { report } = planOf(outcome)
  const { sessions, contributions, withheld } = outcome.dream.snapshot
  const others = new Set(contributions.map(({ sessionId }) => sessionId)).size
  const size = `${counted(report.memories, 'note')}, ${byteSize(report.effect.bytes.before)}`
  const told = [
    `${counted(sessions.length, 'session')} of its own`,
    `patterns of ${counted(others, 'other session')}`,
    ...(withheld.sessions > 0 ? [`${number(withheld.sessions)} not for its readers`] : []),
  ].join(', ')
  return [
    ...labelled('Into', `${memory}   ${size}`, width),
    ...labelled('Sessions', told, width),
    ...usageView(outcome.dream, report, width),
  ]
}

function nextSteps({ memory, outcome: { dream } }: NamedOutcome): NextStep[] {
  if (dream.planStatus !== 'waiting') return []
  return [
    { command: `reverie review ${dream.id}`, why: `decide for ${memory}` },
    { command: `reverie apply ${dream.id}`, why: 'write it' },
  ]
}
