import type { Command } from 'commander'
import type { Change } from '../../core/change.ts'
import type { DreamWithChanges } from '../../core/dream.ts'
import { ReverieError } from '../../core/errors.ts'
import type { FolderOperations } from '../../reverie.ts'
import { reviewReport } from '../../wire/extensions/decision-report.ts'
import { planOf } from '../../wire/extensions/dream-report.ts'
import { counted, number } from '../amounts.ts'
import { changedPaths, changeView } from '../change-view.ts'
import type { CommandContext, CommandResult, NextStep, Run } from '../command-run.ts'
import { Interrupted } from '../failure.ts'
import { diffView } from '../file-diff.ts'
import { examples } from '../help-text.ts'
import { REVIEW_KEY_HELP, type ReviewKey, withKeys } from '../review-keys.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'
import type { Terminal } from '../terminal.ts'
import { reviewHeld } from './held-review.ts'

type Decisions = ReadonlyMap<string, 'accept' | 'reject'>

export function addReviewCommand(program: Command, run: Run): void {
  program
    .command('review')
    .description('Go through changes with single keys: y, n, s, b, d, q, ?.')
    .argument('[dream]', 'id of the dream; with --held also a memory, or nothing for all')
    .option('--held', 'only what was held; accepting lets it in')
    .option('--list', 'with --held: print, decide nothing')
    .option('--reject-all', 'with --held: reject all of one memory and one --reason')
    .option('--reason <reason>', 'with --held: only what is held for it')
    .addHelpText(
      'before',
      examples([
        ['reverie review drm_4f2a', 'everything that is not held'],
        ['reverie review drm_4f2a --held', 'what only a person can let in'],
        ['reverie review --held ./memory', 'the same of all its plans'],
        ['reverie review --held --list --json', 'for programs'],
      ]),
    )
    .action((named: string | undefined, options: ReviewOptions) =>
      run('review', (context) => {
        const { held = false, list = false, rejectAll = false, reason } = options
        const isDream = named?.startsWith('drm_') === true
        if (!held && (list || rejectAll || reason !== undefined)) throw needsHeld()
        if (held && (!isDream || list || rejectAll)) {
          return reviewHeld(context, { memory: named, list, rejectAll, reason })
        }
        if (named === undefined) throw needsDream()
        return review(context, named, held)
      }),
    )
}

interface ReviewOptions {
  readonly held?: boolean
  readonly list?: boolean
  readonly rejectAll?: boolean
  readonly reason?: string
}

function needsDream(): ReverieError {
  return new ReverieError('invalid_request_error', 'A review needs the id of a dream.', {
    next: 'reverie status lists the plans that wait; --held goes through all that is held.',
  })
}

function needsHeld(): ReverieError {
  return new ReverieError('invalid_request_error', 'These options are for held changes.', {
    next: 'Add --held.',
  })
}

async function review(
  context: CommandContext,
  id: string,
  heldOnly: boolean,
): Promise<CommandResult> {
  requirePerson(context, id)
  const reverie = await context.reverie()
  const shown = await reverie.show(id)
  const { digest } = planOf(shown)
  requireWaiting(shown)
  const changes = shown.changes.filter((change) => (change.status === 'held') === heldOnly)
  const sitting = { reverie, shown, digest, changes, talk: context.talk }
  const decisions = changes.length === 0 ? new Map() : await sit(sitting, context)
  const undecided = changes.length - decisions.size
  return {
    data: reviewReport(shown.dream, digest, decisions, undecided),
    view: summaryView(decisions, undecided, changes.length),
    next: nextSteps(shown, heldOnly),
  }
}

interface Sitting {
  readonly reverie: FolderOperations
  readonly shown: DreamWithChanges
  readonly digest: string
  readonly changes: readonly Change[]
  readonly talk: Terminal
}

/** One person, one pass; every key is acted on at once, so quitting loses nothing. */
async function sit(sitting: Sitting, context: CommandContext): Promise<Decisions> {
  const { reverie, digest, changes, talk } = sitting
  const decisions = new Map<string, 'accept' | 'reject'>()
  const act = async (key: ReviewKey, change: Change): Promise<number> => {
    if (key === 'accept' || key === 'reject') {
      await reverie.decide(change.id, key, digest)
      decisions.set(change.id, key)
      talk.print([line('      ', span(DECIDED[key], key === 'accept' ? 'added' : 'removed'))])
      return 1
    }
    if (key === 'diff') talk.print(await changeDiff(sitting, change))
    if (key === 'help') talk.print(keyHelp(talk.width))
    return key === 'skip' ? 1 : key === 'back' ? -1 : 0
  }
  await withKeys(context.io.stdin, async (nextKey) => {
    let index = 0
    let drawn = -1
    for (let change = changes[0]; change !== undefined; change = changes[index]) {
      if (drawn !== index) talk.print(card(sitting, index, decisions))
      drawn = index
      talk.print([prompt()])
      const key = await nextKey()
      if (key === 'interrupt') throw new Interrupted()
      if (key === null || key === 'quit') return
      index = Math.max(0, index + (await act(key, change)))
    }
  })
  return decisions
}

const DECIDED = { accept: 'accepted', reject: 'rejected' } as const

function card({ changes, talk }: Sitting, index: number, decisions: Decisions): Line[] {
  const change = changes[index]
  if (change === undefined) return []
  const decided = decisions.get(change.id)
  const count = `${number(index + 1)} of ${number(changes.length)}`
  return [
    BLANK,
    line('  ', span(count, 'quiet'), decided === undefined ? '' : `   ${DECIDED[decided]}`),
    ...changeView(change, {
      width: talk.width,
      place: index + 1,
      placeColumns: number(changes.length).length,
      isFull: true,
    }),
  ]
}

function prompt(): Line {
  return line(
    blanks(6),
    span('accept?', 'strong'),
    span('  y yes   n no   s skip   d diff   b back   q quit   ? help', 'quiet'),
  )
}

function keyHelp(width: number): Line[] {
  return REVIEW_KEY_HELP.flatMap(([key, what]) =>
    wrap([span(what)], { width, before: [blanks(6), ...padded(span(key, 'strong'), 3)] }),
  )
}

/** The files as `apply` would write them now, with every change of the plan that is let in. */
async function changeDiff({ reverie, shown, talk }: Sitting, change: Change): Promise<Line[]> {
  const paths = changedPaths(change)
  const files = await reverie.preview(shown.dream.id)
  const diff = diffView(files.filter(({ path }) => paths.includes(path)))
  const none = 'As it stands, apply leaves these files as they are.'
  return diff.length > 0 ? diff : wrap([span(none)], { width: talk.width, before: [blanks(6)] })
}

function summaryView(decisions: Decisions, undecided: number, total: number): Line[] {
  const made = [...decisions.values()]
  const accepted = made.filter((decision) => decision === 'accept').length
  const words = [
    `${number(accepted)} accepted`,
    `${number(made.length - accepted)} rejected`,
    `${number(undecided)} left as they were`,
  ].join(', ')
  if (total === 0) return [line('  There is nothing to review.')]
  return [BLANK, line('  ', span('Reviewed', 'strong'), ` ${counted(total, 'change')}: ${words}`)]
}

function nextSteps({ dream, changes }: DreamWithChanges, heldOnly: boolean): NextStep[] {
  const isHeldLeft = !heldOnly && changes.some(({ status }) => status === 'held')
  return [
    { command: `reverie apply ${dream.id}`, why: 'write what is let in' },
    ...(isHeldLeft
      ? [{ command: `reverie review ${dream.id} --held`, why: 'decide on the held' }]
      : []),
  ]
}

function requirePerson({ io, options }: CommandContext, id: string): void {
  if (options.input && io.stdin.isTTY === true && io.stderr.isTTY === true) return
  throw new ReverieError('invalid_request_error', 'A review needs a person at a terminal.', {
    next: `See the plan with \`reverie show ${id}\`, leave changes out with \`reverie reject <change>\`.`,
  })
}

function requireWaiting({ dream }: DreamWithChanges): void {
  if (dream.planStatus === 'waiting') return
  throw new ReverieError(
    'conflict_error',
    `Dream ${dream.id} does not wait for a review: its plan is ${dream.planStatus}.`,
    { next: `See it with \`reverie show ${dream.id}\`.` },
  )
}
