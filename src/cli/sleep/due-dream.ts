import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { DueOutcome, DueRequest, FolderAutoApply } from '../../reverie.ts'
import { readConfig } from '../../settings.ts'
import type { DueReport } from '../../wire/extensions/due-report.ts'
import { counted } from '../amounts.ts'
import type { CommandContext, CommandResult, NextStep } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { departureView } from '../models/departure-view.ts'
import { foundMemories, memoryHere } from '../projects/find-project.ts'
import { type Line, line, span, wrap } from '../styled-line.ts'
import { logHead } from './log-head.ts'

/** Options of `dream` that belong to dreams in idle gaps. */
export interface DueOptions {
  readonly ifDue?: boolean
  readonly autoApply?: FolderAutoApply
}

/** Throws `invalid_request_error` where somebody says how a dream that nobody sees has to be. */
export function assertUnattended(attended: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(attended).filter((name) => attended[name] !== undefined)
  if (given.length === 0) return
  const options = given.map((name) => `--${name}`).join(', ')
  throw new ReverieError('invalid_request_error', `--if-due does not go with ${options}.`, {
    next: 'Leave that out; --auto-apply says what is written.',
  })
}

/** Throws `invalid_request_error` where something is only meant for dreams in idle gaps. */
export function unlessDue({ autoApply }: DueOptions): void {
  if (autoApply === undefined) return
  throw new ReverieError('invalid_request_error', '--auto-apply is for dreams that nobody sees.', {
    next: 'Use it with --if-due, or --apply to write a plan at once.',
  })
}

/** What was typed besides. */
export interface DueOrder {
  readonly memories: readonly string[]
  readonly options: DueOptions & {
    readonly sessions?: readonly string[]
    readonly allProjects?: boolean
    readonly detailedExitcode?: boolean
  }
  readonly request: Omit<DueRequest, 'memory' | 'sessions' | 'autoApply'>
}

interface Named {
  readonly memory: string
  readonly sessions: readonly string[]
}

type Entry = DueReport['dreams'][number]

/** Dreams over memories that are due, one after the other; the others say why they wait. */
export async function dueDreams(context: CommandContext, order: DueOrder): Promise<CommandResult> {
  let memories: readonly Named[] = []
  try {
    memories = await memoriesOf(context, order)
    return await dreamsOver(memories, context, order)
  } catch (error) {
    const at = (): string => memories[0]?.memory ?? order.memories[0] ?? context.io.workingFolder()
    context.talk.print(logHead(context.io, at))
    throw error
  }
}

async function dreamsOver(
  memories: readonly Named[],
  context: CommandContext,
  order: DueOrder,
): Promise<CommandResult> {
  const autoApply = order.options.autoApply ?? readConfig(context.io.env).autoApply
  const entries: Entry[] = []
  const warnings: string[] = []
  for (const named of memories) {
    context.signal.throwIfAborted()
    try {
      const due = await dueDream(context, { ...order.request, ...named, autoApply })
      entries.push(entryOf(named.memory, due))
      warnings.push(...(due.dream?.warnings ?? []))
    } catch (error) {
      if (memories.length === 1 || context.signal.aborted || !isReverieError(error)) throw error
      entries.push(failed(named.memory, error))
    }
  }
  const { width } = context.out
  const hasFailed = entries.some(({ outcome }) => outcome === 'failed')
  const isWaiting = entries.some(({ waiting, rule }) => waiting > 0 || rule === 'awaits_review')
  return {
    report: 'dream-if-due',
    data: { dreams: entries } satisfies DueReport,
    view: entries.flatMap((entry) => [
      ...logHead(context.io, () => entry.memory),
      ...entryView(entry, memories.length > 1, width),
    ]),
    warnings,
    next: entries.flatMap(nextSteps),
    exitCode: hasFailed
      ? EXIT.failed
      : isWaiting && order.options.detailedExitcode === true
        ? EXIT.changesWait
        : EXIT.ok,
  }
}

/** Tells nothing of how far it is: mostly nobody is there, and cron mails every line. */
async function dueDream(
  { talk, signal, reverie, io }: CommandContext,
  request: DueRequest,
): Promise<DueOutcome> {
  return (await reverie()).dreamIfDue({
    ...request,
    onDeparture: (departure) =>
      talk.print([...logHead(io, () => request.memory), ...departureView(departure, talk.width)]),
    signal,
  })
}

/** Those that are named, that of the project here, or those of all projects, each once. */
async function memoriesOf(
  context: CommandContext,
  { memories, options: { sessions, allProjects = false } }: DueOrder,
): Promise<readonly Named[]> {
  const [memory, ...others] = memories
  if (allProjects && (memory !== undefined || sessions !== undefined)) throw tooMuch()
  if (others.length > 0) throw tooMuch()
  if (memory !== undefined) return [{ memory, sessions: sessions ?? [] }]
  if (!allProjects) {
    const found = await memoryHere(context)
    return [{ memory: found.memory, sessions: sessions ?? found.sessions }]
  }
  return foundMemories(await (await context.reverie()).projects.list()).map(
    ({ memory, sessions }) => ({ memory, sessions }),
  )
}

function tooMuch(): ReverieError {
  return new ReverieError('invalid_request_error', 'A dream that is due is of one memory.', {
    next: 'Name one memory with its --sessions, none for the project here, or --all-projects alone.',
  })
}

function entryOf(memory: string, due: DueOutcome): Entry {
  const { outcome, rule, reason, nextLookAt, dream, applied, replaced } = due
  const changes = dream?.changes ?? []
  const isOpen = dream !== null && ['waiting', 'applied'].includes(dream.dream.planStatus)
  const open = changes.filter(({ status }) => ['proposed', 'accepted', 'held'].includes(status))
  return {
    memory,
    outcome,
    rule,
    reason,
    next_look_at: nextLookAt,
    dream_id: dream?.dream.id ?? null,
    plan_status: dream?.dream.planStatus ?? null,
    changes: changes.length,
    waiting: isOpen ? open.length : 0,
    applied: applied?.applied.length ?? 0,
    files: applied?.files ?? [],
    replaced_dream_id: replaced,
  }
}

function failed(memory: string, error: ReverieError): Entry {
  return {
    memory,
    outcome: 'failed',
    rule: error.type,
    reason: error.message,
    next_look_at: null,
    dream_id: null,
    plan_status: null,
    changes: 0,
    waiting: 0,
    applied: 0,
    files: [],
    replaced_dream_id: null,
  }
}

const OUTCOMES = { ran: 'Dreamt', waited: 'Not due', failed: 'Failed' } as const

/** One line for why, and one more for what came of it. */
function entryView(entry: Entry, isNamed: boolean, width: number): Line[] {
  const { outcome, rule, reason, memory } = entry
  const about = isNamed ? ` ${memory}:` : ':'
  const why = `${OUTCOMES[outcome]}${about} ${rule}. ${reason}`
  return [
    ...wrap([span(why)], { width, before: line('  ') }),
    ...(outcome === 'ran' ? wrap([span(result(entry))], { width, before: line('  ') }) : []),
  ]
}

function result(entry: Entry): string {
  const { dream_id, changes, waiting, applied, replaced_dream_id } = entry
  const isToldBelow = changes > 0 && (waiting === changes || applied === changes)
  const parts = [
    ...(changes === 0 ? ['nothing to change'] : isToldBelow ? [] : [counted(changes, 'change')]),
    ...(applied > 0 ? [`${counted(applied, 'change')} written`] : []),
    ...(waiting > 0 ? [`${counted(waiting, 'change')} for you to decide`] : []),
    ...(replaced_dream_id === null ? [] : [`in place of ${replaced_dream_id}`]),
  ]
  return `${dream_id}: ${parts.join(', ')}.`
}

function nextSteps({ dream_id, waiting, applied }: Entry): readonly NextStep[] {
  if (dream_id === null) return []
  return [
    ...(waiting > 0 ? [{ command: `reverie review ${dream_id}`, why: 'decide, key by key' }] : []),
    ...(applied > 0
      ? [{ command: `reverie revert ${dream_id}`, why: 'undo what was written' }]
      : []),
  ]
}
