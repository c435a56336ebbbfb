import { Argument, type Command } from 'commander'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { SettingsEdit } from '../../reverie.ts'
import type { ConnectReport } from '../../wire/extensions/projects/project-report.ts'
import type { CommandContext, CommandResult, Run } from '../command-run.ts'
import { diffView, filePatch } from '../file-diff.ts'
import { examples } from '../help-text.ts'
import { withKeys } from '../review-keys.ts'
import { BLANK, blanks, type Line, line, lineOf, span, wrap } from '../styled-line.ts'
import { terminalLines } from '../terminal-text.ts'
import { homePath } from './home-path.ts'
import { type HookCommand, hookCommand } from './hook-command.ts'

const AGENT = 'claude-code'

interface ConnectOptions {
  readonly undo?: boolean
  readonly print?: boolean
  readonly yes?: boolean
}

export function addConnectCommand(program: Command, run: Run): void {
  program
    .command('connect')
    .description(
      'Have an agent call reverie at the end of each session: one hook in its settings, shown first.',
    )
    .addArgument(new Argument('<agent>', 'which agent').choices([AGENT]))
    .option('--undo', 'take the hook out again')
    .option('--print', 'show the edit; change nothing')
    .option('--yes', 'do not ask')
    .addHelpText(
      'before',
      examples([
        ['reverie connect claude-code', 'show the edit, ask, make it'],
        ['reverie connect claude-code --print', 'only show it'],
        ['reverie connect claude-code --undo', 'as it was before, to the byte'],
      ]),
    )
    .addHelpText(
      'after',
      '\nThe hook names this program by its whole path: connect again where it moves.\nPlans wait for you unless auto_apply says otherwise.',
    )
    .action((_agent: string, options: ConnectOptions) =>
      run('connect', (context) => connect(context, options)),
    )
}

async function connect(context: CommandContext, options: ConnectOptions): Promise<CommandResult> {
  const { undo = false, print = false, yes = false } = options
  const { projects } = await context.reverie()
  const command = hookCommand(context.io.invocation)
  let edit: SettingsEdit
  try {
    edit = await projects.planHook(command.text, !undo)
  } catch (error) {
    const hook = print ? hookOf(error) : null
    if (hook === null) throw error
    return shownAlone(hook, command, context)
  }
  if (edit.before === edit.after) return unchanged(edit, command, undo)
  if (print) return shown(edit, command, { ...context, undo })
  if (!yes) {
    requirePerson(context)
    context.talk.print([...patchView(edit), BLANK, question(edit, context)])
    const isAgreed = await withKeys(context.io.stdin, async (next) => (await next()) === 'accept')
    if (!isAgreed) {
      return { data: report(edit, command, false), view: [line('  Nothing was changed.')] }
    }
  }
  await projects.writeHook(edit)
  return written(edit, command, { undo, isShown: !yes })
}

function unchanged(edit: SettingsEdit, command: HookCommand, undo: boolean): CommandResult {
  const words = undo ? 'There is no hook of reverie to take out.' : 'It is connected already.'
  return {
    data: report(edit, command, false),
    view: [line(`  ${words}`)],
    ...(undo ? {} : warned(command, edit)),
    next: undo ? [] : [UNDO],
  }
}

function shown(
  edit: SettingsEdit,
  command: HookCommand,
  { io, undo }: CommandContext & { readonly undo: boolean },
): CommandResult {
  return {
    data: report(edit, command, false),
    view: patchView(edit),
    after: [line(`  Nothing was changed in ${homePath(edit.path, io.env)}.`)],
    ...(undo ? {} : warned(command, edit)),
  }
}

/** A hook that could not be put into its settings, for whoever does so by hand. */
interface HookAlone {
  readonly path: string
  readonly text: string
  /** Why not. */
  readonly why: string
}

/** Null = the error is of something else. */
function hookOf(error: unknown): HookAlone | null {
  if (!isReverieError(error)) return null
  const { path, hook: text } = error.details
  return path === undefined || text === undefined ? null : { path, text, why: error.message }
}

/** Whatever state the settings are in, people can see what stands for us in them. */
function shownAlone(
  { path, text, why }: HookAlone,
  command: HookCommand,
  { io, talk }: CommandContext,
): CommandResult {
  const { text: hook, warning } = command
  const where = `Nothing was changed. The hook, as it would stand in ${homePath(path, io.env)}:`
  return {
    data: {
      agent: AGENT,
      path,
      command: hook,
      patch: '',
      is_written: false,
    } satisfies ConnectReport,
    before: wrap([span(where)], { width: talk.width, before: [blanks(2)] }),
    view: terminalLines(text.trimEnd()).map((row) => lineOf(row)),
    warnings: [why, ...(warning === null ? [] : [warning])],
  }
}

function written(
  edit: SettingsEdit,
  command: HookCommand,
  { undo, isShown }: { readonly undo: boolean; readonly isShown: boolean },
): CommandResult {
  return {
    data: report(edit, command, true),
    view: [
      ...(isShown ? [] : [...patchView(edit), BLANK]),
      line('  ', span(undo ? 'Disconnected.' : 'Connected.', 'strong'), undo ? '' : EFFECT),
    ],
    ...(undo ? {} : warned(command, edit)),
    next: undo ? [] : [UNDO, { command: 'reverie status', why: 'what waits for you' }],
  }
}

const EFFECT = ' Sessions that end from now on are dreamt over when due.'
const UNDO = { command: 'reverie connect claude-code --undo', why: 'take it out' }

function warned(
  { warning }: HookCommand,
  { hooksOffIn }: SettingsEdit,
): Pick<CommandResult, 'warnings'> {
  const off = `disableAllHooks is true in ${hooksOffIn}: no hook runs until it is not.`
  return {
    warnings: [...(warning === null ? [] : [warning]), ...(hooksOffIn === null ? [] : [off])],
  }
}

function requirePerson({ io, options }: CommandContext): void {
  const isTerminal = io.stdin.isTTY === true && io.stderr.isTTY === true
  if (options.input && isTerminal && options.json !== true) return
  throw new ReverieError('invalid_request_error', 'Editing settings needs a yes.', {
    next: 'Look with `reverie connect claude-code --print`, then give `--yes`.',
  })
}

function question({ path, after }: SettingsEdit, { io }: CommandContext): Line {
  const words = after === null ? 'Remove' : 'Change'
  return line('  ', span(`${words} ${homePath(path, io.env)}?`, 'strong'), '  y yes   n no')
}

function patchView({ path, before, after }: SettingsEdit): Line[] {
  return diffView([{ path, before, after, isSuggestion: false }])
}

function report(
  { path, before, after }: SettingsEdit,
  { text }: HookCommand,
  isWritten: boolean,
): ConnectReport {
  const patch = filePatch({ path, before, after, isSuggestion: false })
  return { agent: AGENT, path, command: text, patch, is_written: isWritten }
}
