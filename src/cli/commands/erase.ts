import type { Command } from 'commander'
import { ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { ErasureSubject, ErasureTrace } from '../../reverie.ts'
import { erasureReport } from '../../wire/extensions/erasure.ts'
import { counted, number } from '../amounts.ts'
import type { CommandContext, CommandResult, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { withKeys } from '../review-keys.ts'
import { BLANK, blanks, type Line, line, span, wrap } from '../styled-line.ts'

/** Whoever may type here may erase; a machine has no better name for them. */
const PERSON: Actor = { type: 'user_actor', userId: 'command-line' }

interface EraseOptions {
  readonly session?: string
  readonly user?: string
  readonly quote?: string
  readonly trace?: boolean
  readonly yes?: boolean
}

export function addEraseCommand(program: Command, run: Run): void {
  program
    .command('erase')
    .description('Erase a session, a user or a quote for good, and what dreams made of it.')
    .option('--session <id>', 'one session, with its sub-agents')
    .option('--user <id>', 'everything of one user')
    .option('--quote <text>', 'every place of some words; - reads them from stdin')
    .option('--trace', 'show what would go; change nothing')
    .option('--yes', 'do not ask')
    .addHelpText(
      'before',
      examples([
        ['reverie erase --session sesn_12ab --trace', 'what would go'],
        ['reverie erase --session sesn_12ab', 'erase it'],
        ['reverie erase --quote - < words.txt', 'not into the shell history'],
      ]),
    )
    .action((options: EraseOptions) => run('erase', (context) => erase(options, context)))
}

async function erase(options: EraseOptions, context: CommandContext): Promise<CommandResult> {
  const subject = await subjectIn(options, context)
  const { erasures } = await context.reverie()
  const { width } = context.out
  if (options.trace === true) {
    const trace = await erasures.trace(subject)
    return { data: erasureReport(trace), view: traceView(trace, width, 'Would go') }
  }
  if (options.yes !== true) {
    requirePerson(context)
    context.talk.print(traceView(await erasures.trace(subject), context.talk.width, 'Would go'))
    context.talk.print([BLANK, line('  ', span('Erase it for good?', 'strong'), '  y yes   n no')])
    if (!(await isAgreed(context))) {
      const none = { sessions: [], events: 0, memories: [], places: {}, leftIn: [] }
      return { data: erasureReport(none), view: [line('  Nothing was erased.')] }
    }
  }
  const done = await erasures.erase(subject, PERSON)
  const isLeft = done.leftIn.length > 0
  return {
    data: erasureReport(done),
    view: traceView(done, width, 'Erased'),
    exitCode: isLeft ? EXIT.failed : EXIT.ok,
    ...(isLeft ? { warnings: ['The words may still stand in the files that are listed.'] } : {}),
  }
}

async function subjectIn(
  { session, user, quote }: EraseOptions,
  { io }: CommandContext,
): Promise<ErasureSubject> {
  const given = [session, user, quote].filter((one) => one !== undefined)
  if (given.length === 1) {
    if (session !== undefined) return { kind: 'session', sessionId: session as SessionId }
    if (user !== undefined) return { kind: 'user', userId: user }
    if (quote !== undefined) {
      return { kind: 'quote', text: quote === '-' ? await wordsFrom(io.stdin) : quote }
    }
  }
  throw new ReverieError('invalid_request_error', 'Name one thing to erase.', {
    next: 'Give `--session <id>`, `--user <id>` or `--quote <text>`.',
  })
}

async function wordsFrom(stdin: CommandContext['io']['stdin']): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  }
  return text.trim()
}

function requirePerson({ io, options }: CommandContext): void {
  const isTerminal = io.stdin.isTTY === true && io.stderr.isTTY === true
  if (options.input && isTerminal && options.json !== true) return
  throw new ReverieError('invalid_request_error', 'Erasing needs a yes.', {
    next: 'Look with `--trace`, then give `--yes`.',
  })
}

function isAgreed({ io }: CommandContext): Promise<boolean> {
  return withKeys(io.stdin, async (nextKey) => {
    const key = await nextKey()
    return key === 'accept'
  })
}

function traceView(trace: ErasureTrace, width: number, head: string): Line[] {
  const { sessions, events, memories, places, leftIn } = trace
  const sum = [
    counted(sessions.length, 'session'),
    counted(events, 'event'),
    counted(memories.length, 'note'),
  ].join(', ')
  const indent = { width, before: [blanks(4)] }
  return [
    line('  ', span(head, 'strong'), `  ${sum}`),
    ...sessions.flatMap((id) => wrap([span(id)], indent)),
    ...memories.flatMap(({ storeId, path, line: at, outcome }) =>
      wrap(
        [span(outcome.padEnd(10)), span(`${path}:${at}`), span(`  ${storeId}`, 'quiet')],
        indent,
      ),
    ),
    ...Object.entries(places).flatMap(([name, n]) =>
      wrap([span(`${number(n)} `), span(name.replaceAll('_', ' '), 'quiet')], indent),
    ),
    ...(leftIn.length === 0 ? [] : [BLANK, line('  ', span('Still in', 'warning'))]),
    ...leftIn.flatMap((path) => wrap([span(path)], indent)),
  ]
}
