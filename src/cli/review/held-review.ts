import { HELD_REASONS, type HeldReason } from '../../core/change.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { FolderOperations, HeldChange, HeldDecision } from '../../reverie.ts'
import { heldReviewReport } from '../../wire/extensions/held-change.ts'
import { counted, number } from '../amounts.ts'
import { changeView } from '../change-view.ts'
import type { CommandContext, CommandResult, NextStep } from '../command-run.ts'
import { Interrupted } from '../failure.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'
import type { Terminal } from '../terminal.ts'
import { HELD_KEY_HELP, type HeldKey, withHeldKeys } from './held-keys.ts'

export interface HeldOptions {
  /** A folder or `store:<id>`; absent = all. */
  readonly memory: string | undefined
  readonly list: boolean
  readonly rejectAll: boolean
  readonly reason: string | undefined
}

type Decisions = ReadonlyMap<string, HeldDecision['decision']>

/**
 * What rails hold, over all plans that wait or are applied: told, rejected by reason, or gone
 * through by a person with single keys. Nobody else lets anything in.
 */
export async function reviewHeld(
  context: CommandContext,
  options: HeldOptions,
): Promise<CommandResult> {
  const { memory } = options
  const reason = reasonOf(options.reason)
  const { held } = await context.reverie()
  if (options.rejectAll) return rejectAll(held, memory, reason)
  const filter = {
    ...(memory === undefined ? {} : { memory }),
    ...(reason === null ? {} : { reason }),
  }
  const found = await held.list(filter)
  if (options.list || context.options.json === true) {
    const report = { held: found, decisions: new Map(), rejected: 0 }
    return {
      report: 'review-held',
      data: heldReviewReport(report),
      view: listView(found, context.out.width),
      next: found.length === 0 ? [] : [{ command: 'reverie review --held', why: 'decide on them' }],
    }
  }
  requirePerson(context)
  const decisions =
    found.length === 0
      ? new Map<string, HeldDecision['decision']>()
      : await sit(held, found, context)
  return {
    report: 'review-held',
    data: heldReviewReport({ held: found, decisions, rejected: 0 }),
    view: summaryView(decisions, found.length),
    next: nextSteps(found, decisions),
  }
}

async function rejectAll(
  held: FolderOperations['held'],
  memory: string | undefined,
  reason: HeldReason | null,
): Promise<CommandResult> {
  if (memory === undefined || reason === null) {
    throw new ReverieError('invalid_request_error', 'Rejecting all needs a memory and a reason.', {
      next: 'reverie review --held ./memory --reject-all --reason untrusted_instruction',
    })
  }
  const rejected = await held.rejectAll(memory, reason)
  return {
    report: 'review-held',
    data: heldReviewReport({ held: [], decisions: new Map(), rejected }),
    view: [line('  ', span('Rejected', 'strong'), ` ${counted(rejected, 'held change-set')}`)],
  }
}

function reasonOf(text: string | undefined): HeldReason | null {
  if (text === undefined) return null
  const reason = HELD_REASONS.find((one) => one === text)
  if (reason !== undefined) return reason
  throw new ReverieError('invalid_request_error', `"${text}" is no reason to hold a change.`, {
    next: `Give one of ${HELD_REASONS.join(', ')}.`,
  })
}

/** One person, one pass; every key is acted on at once, so quitting loses nothing. */
async function sit(
  held: FolderOperations['held'],
  found: readonly HeldChange[],
  { io, talk }: CommandContext,
): Promise<Decisions> {
  const decisions = new Map<string, HeldDecision['decision']>()
  await withHeldKeys(io.stdin, async ({ nextKey, nextText }) => {
    let index = 0
    let drawn = -1
    for (let one = found[0]; one !== undefined; one = found[index]) {
      if (drawn !== index) talk.print(card(one, index, found.length, talk.width))
      drawn = index
      talk.print([PROMPT])
      const key = await nextKey()
      if (key === 'interrupt') throw new Interrupted()
      if (key === null || key === 'quit') return
      if (key === 'help') talk.print(keyHelp(talk.width))
      else if (key === 'skip') index += 1
      else {
        const decision = await decisionOf(one, key, () => askText(talk, nextText))
        if (decision !== null && (await decide(held, one, decision, talk))) {
          for (const { id } of one.set.changes) decisions.set(id, decision.decision)
          index += 1
        }
      }
    }
  })
  return decisions
}

/** Null = the person thought better of it. */
async function decisionOf(
  { set: { digest } }: HeldChange,
  key: Exclude<HeldKey, 'skip' | 'help' | 'quit' | 'interrupt'>,
  text: () => Promise<string | null>,
): Promise<HeldDecision | null> {
  if (key !== 'edit') return { decision: key, digest }
  const words = await text()
  return words === null || words.trim() === '' ? null : { decision: 'edit', digest, text: words }
}

async function askText(
  talk: Terminal,
  nextText: (draw: (text: string) => void) => Promise<string | null>,
): Promise<string | null> {
  talk.print([line(blanks(6), span('your words, Enter to keep, Ctrl-C to leave it', 'quiet'))])
  const text = await nextText((so) => talk.status(line(blanks(6), span('> ', 'strong'), so)))
  talk.status(null)
  if (text !== null) talk.print([line(blanks(6), span('> ', 'strong'), text)])
  return text
}

const DECIDED = { accept: 'released', edit: 'released in your words', reject: 'rejected' } as const

/** False = it stays as it is; the person is told why and goes on. */
async function decide(
  held: FolderOperations['held'],
  { dream, set }: HeldChange,
  decision: HeldDecision,
  talk: Terminal,
): Promise<boolean> {
  const change = set.changes.find(({ status }) => status === 'held')
  if (change === undefined) return false
  try {
    await held.decide(dream.id, change.id, decision)
  } catch (error) {
    const isTold =
      isReverieError(error, 'conflict_error') || isReverieError(error, 'invalid_request_error')
    if (!isTold) throw error
    talk.print(wrap([span(error.message, 'warning')], { width: talk.width, before: [blanks(6)] }))
    return false
  }
  const tone = decision.decision === 'reject' ? 'removed' : 'added'
  talk.print([line(blanks(6), span(DECIDED[decision.decision], tone))])
  return true
}

function card(held: HeldChange, index: number, of: number, width: number): Line[] {
  const count = `${number(index + 1)} of ${number(of)}`
  return [BLANK, line('  ', span(count, 'quiet')), ...setView(held, index, of, width)]
}

function setView(
  { dream, store, set }: HeldChange,
  index: number,
  of: number,
  width: number,
): Line[] {
  const place = store.folder ?? `store:${store.id}`
  return [
    ...wrap([span(`${place}  ${dream.id} (${dream.planStatus})`, 'quiet')], {
      width,
      before: [blanks(2)],
    }),
    ...set.changes.flatMap((change) =>
      changeView(change, {
        width,
        place: index + 1,
        placeColumns: number(of).length,
        isFull: true,
      }),
    ),
  ]
}

const PROMPT = line(
  blanks(6),
  span('release?', 'strong'),
  span('  y yes   n reject   e edit   s skip   q quit   ? help', 'quiet'),
)

function keyHelp(width: number): Line[] {
  return HELD_KEY_HELP.flatMap(([key, what]) =>
    wrap([span(what)], { width, before: [blanks(6), ...padded(span(key, 'strong'), 3)] }),
  )
}

function listView(found: readonly HeldChange[], width: number): Line[] {
  if (found.length === 0) return [line('  ', span('Nothing is held.', 'quiet'))]
  return found.flatMap((held, index) => [
    ...(index === 0 ? [] : [BLANK]),
    ...setView(held, index, found.length, width),
  ])
}

function summaryView(decisions: Decisions, total: number): Line[] {
  if (total === 0) return [line('  ', span('Nothing is held.', 'quiet'))]
  const made = [...decisions.values()]
  const rejected = made.filter((decision) => decision === 'reject').length
  const words = `${number(made.length - rejected)} released, ${number(rejected)} rejected`
  return [BLANK, line('  ', span('Reviewed', 'strong'), ` ${counted(total, 'held set')}: ${words}`)]
}

/** What was let in is written by the next apply of its plan. */
function nextSteps(found: readonly HeldChange[], decisions: Decisions): NextStep[] {
  const dreams = found
    .filter(({ set }) => set.changes.some(({ id }) => (decisions.get(id) ?? 'reject') !== 'reject'))
    .map(({ dream }) => dream.id)
  return [...new Set(dreams)].map((id) => ({
    command: `reverie apply ${id}`,
    why: 'write what is let in',
  }))
}

function requirePerson({ io, options }: CommandContext): void {
  if (options.input && io.stdin.isTTY === true && io.stderr.isTTY === true) return
  throw new ReverieError('invalid_request_error', 'A release needs a person at a terminal.', {
    next: 'See what is held with `reverie review --held --list`.',
  })
}
