import { CommanderError } from 'commander'
import { isReverieError } from '../core/errors.ts'
import { envelope } from '../wire/extensions/envelope.ts'
import { errorReport } from '../wire/extensions/installation-report.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { type Line, line, lineOf, span, wrap } from './styled-line.ts'
import type { Terminal } from './terminal.ts'
import { terminalJson, terminalLines } from './terminal-text.ts'

/** An error as the command line tells it: what happened, what to type next, how it exits. */
export interface Failure {
  readonly type: string
  readonly message: string
  readonly next: string | null
  readonly exitCode: ExitCode
  /** Shown under `--verbose` only. */
  readonly stack: string | null
}

export interface FailureSettings {
  readonly out: Terminal
  readonly talk: Terminal
  readonly json: boolean
  readonly verbose: boolean
}

/** `commandLine` is what the person typed, as it can be typed again. */
export function failureOf(error: unknown, commandLine: string): Failure {
  const stack = error instanceof Error ? (error.stack ?? null) : null
  if (error instanceof CommanderError) {
    return {
      type: 'usage_error',
      message: usageMessage(error),
      next: `See \`${helpCommand(error, commandLine)}\`.`,
      exitCode: EXIT.usage,
      stack: null,
    }
  }
  if (isReverieError(error)) {
    const { type, message, next } = error
    return {
      type,
      message,
      next: next ?? nextFor(type, commandLine),
      exitCode: exitCodeOf(error),
      stack,
    }
  }
  return {
    type: 'api_error',
    message: error instanceof Error ? error.message : String(error),
    next: `Type \`${commandLine} --verbose\` to see where it failed, or \`reverie doctor\`.`,
    exitCode: EXIT.failed,
    stack,
  }
}

export function interruption(commandLine: string): Failure {
  return {
    type: 'interrupted',
    message: 'Stopped. What was finished is kept; nothing was written into the memory.',
    next: `Go on with \`${commandLine}\`.`,
    exitCode: EXIT.interrupted,
    stack: null,
  }
}

/** The same with every text changed by `hide`. */
export function withTexts(failure: Failure, hide: (text: string) => string): Failure {
  const { message, next, stack } = failure
  return {
    ...failure,
    message: hide(message),
    next: next === null ? null : hide(next),
    stack: stack === null ? null : hide(stack),
  }
}

/** A person pressed Ctrl-C where the terminal hands it over as a key. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor() {
    super('Interrupted by the person.')
  }
}

/** Words on stderr; under `--json` the same as one object on stdout too. Returns the exit code. */
export function reportFailure(failure: Failure, settings: FailureSettings): ExitCode {
  const { out, talk, json, verbose } = settings
  if (json) {
    const next = failure.next === null ? [] : [...failure.next.matchAll(/`([^`]+)`/g)]
    out.printText(
      terminalJson(
        envelope('error', errorReport(withoutStack(failure)), {
          next: next.map(([, command]) => command ?? ''),
        }),
      ),
    )
  }
  talk.print([
    ...wrap([span(failure.message)], {
      width: talk.width,
      before: line(span(failure.exitCode === EXIT.interrupted ? '  ' : 'Error  ', 'removed')),
    }),
    ...(failure.next === null
      ? []
      : wrap([span(failure.next)], { width: talk.width, before: line(span('Next   ', 'strong')) })),
    ...(verbose && failure.stack !== null ? stackView(failure.stack) : []),
  ])
  return failure.exitCode
}

function withoutStack({ type, message, next, exitCode }: Failure): Omit<Failure, 'stack'> {
  return { type, message, next, exitCode }
}

function stackView(stack: string): Line[] {
  return terminalLines(stack).map((row) => lineOf(row, 'quiet'))
}

/** Conditions that pass by themselves. */
const PASSING: ReadonlySet<string> = new Set([
  'timeout_error',
  'overloaded_error',
  'rate_limit_error',
])

const DREAMS = '`reverie dreams ls`'

/** The command that lists what a command names by its id. */
const LISTS: Readonly<Record<string, string>> = {
  session: '`reverie session ls`',
  store: '`reverie store ls`',
  memory: '`reverie memory ls <memory>`',
  key: '`reverie key ls`',
  apply: DREAMS,
  discard: DREAMS,
  dreams: DREAMS,
  reject: DREAMS,
  revert: DREAMS,
  review: DREAMS,
  show: DREAMS,
}

function nextFor(type: string, commandLine: string): string {
  if (PASSING.has(type)) return 'Run the same command again later: what was answered is kept.'
  if (type === 'not_found_error') {
    const [, command = ''] = commandLine.split(' ')
    return `List what there is with ${LISTS[command] ?? '`reverie status` or `reverie log`'}.`
  }
  return type === 'conflict_error' || type === 'memory_precondition_failed_error'
    ? 'See what moved on with `reverie log`, then dream again.'
    : 'See `reverie doctor` for what this installation has.'
}

function usageMessage(error: CommanderError): string {
  if (error.code === 'commander.help') return 'A command is missing.'
  const words = error.message.replace(/^error: /, '').replace(/\n\(/, ' (')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)!?]$/.test(words) ? '' : '.'}`
}

function helpCommand(error: CommanderError, commandLine: string): string {
  if (error.code === 'commander.unknownCommand') return 'reverie --help'
  const words = commandLine.split(' ').filter((word) => /^[a-z]+$/.test(word))
  return [...words.slice(0, 2), '--help'].join(' ')
}
