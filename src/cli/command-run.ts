import type { FolderOperations } from '../reverie.ts'
import { envelope } from '../wire/extensions/envelope.ts'
import type { ReportName } from '../wire/extensions/json-schemas.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { CliIo } from './io.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from './styled-line.ts'
import type { ColorChoice, Terminal } from './terminal.ts'
import { terminalJson } from './terminal-text.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
  /** False under `--no-input`. */
  readonly input: boolean
  readonly color: ColorChoice
  readonly verbose?: boolean
}

/** What a command works with. */
export interface CommandContext {
  readonly io: CliIo
  readonly options: GlobalOptions
  /** stdout: the data. */
  readonly out: Terminal
  /** stderr: everything that is said about it. */
  readonly talk: Terminal
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Opened on first use, closed when the command ends. */
  readonly reverie: () => Promise<FolderOperations>
}

export interface NextStep {
  readonly command: string
  readonly why: string
}

/** What a command gives back; printing it is the caller's. */
export interface CommandResult {
  /** Names the JSON shape where it is not the command's own. */
  readonly report?: ReportName
  /** `data` of the JSON object. */
  readonly data: unknown
  /** The data for people, on stdout. */
  readonly view: readonly Line[]
  /** Said before it, and after it, on stderr. */
  readonly before?: readonly Line[]
  readonly after?: readonly Line[]
  readonly warnings?: readonly string[]
  readonly next?: readonly NextStep[]
  readonly exitCode?: ExitCode
  /** True: the command has printed it itself, while it was still at work. */
  readonly isPresented?: boolean
}

export type CommandAction = (context: CommandContext) => Promise<CommandResult>

/** Registered commands hand their work to this; it is the only way a command runs. */
export type Run = (name: ReportName, action: CommandAction) => Promise<void>

/** Prints a result: one JSON object, or the view with the talk around it. Returns the exit code. */
export function present(
  name: ReportName,
  result: CommandResult,
  context: Pick<CommandContext, 'out' | 'talk' | 'options'>,
): ExitCode {
  const { out, talk, options } = context
  const { warnings = [], next = [], exitCode = EXIT.ok } = result
  if (result.isPresented === true) return exitCode
  if (options.json === true) {
    const around = { warnings, next: next.map(({ command }) => command) }
    out.printText(terminalJson(envelope(result.report ?? name, result.data, around)))
    return exitCode
  }
  const before = result.before ?? []
  talk.print(before.length === 0 ? [] : [...before, BLANK])
  out.print(result.view)
  talk.print([
    ...(result.after ?? []),
    ...warnings.flatMap((warning) =>
      wrap([span(warning, 'warning')], { width: talk.width, before: line('  ', '! ') }),
    ),
    ...nextView(next, talk.width),
  ])
  return exitCode
}

/** `Next:  reverie apply drm_…   write it` */
export function nextView(next: readonly NextStep[], width: number): Line[] {
  if (next.length === 0) return []
  const commandColumns = Math.max(...next.map(({ command }) => command.length)) + 2
  const fits = commandColumns + 9 + Math.max(...next.map(({ why }) => why.length)) <= width
  const steps = next.flatMap(({ command, why }, index) => {
    const lead = [blanks(2), ...padded(span(index === 0 ? 'Next:' : '', 'strong'), 7)]
    return fits
      ? [[...lead, ...padded(span(command, 'strong'), commandColumns), span(why, 'quiet')]]
      : [
          [...lead, span(command, 'strong')],
          ...wrap([span(why, 'quiet')], { width, before: [blanks(11)] }),
        ]
  })
  return [BLANK, ...steps]
}
