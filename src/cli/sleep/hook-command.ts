import type { Command } from 'commander'
import { hookReport } from '../../wire/extensions/due-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { line } from '../styled-line.ts'
import { endSession } from './session-end.ts'

/** What agents call, not people. */
export function addHookCommands(program: Command, run: Run): void {
  const hook = program
    .command('hook')
    .description('What an agent calls when something happens; `connect` installs it.')
  hook
    .command('session-end')
    .description(
      'Note that a session is over, as told on stdin, and start a dream beside if one is due.',
    )
    .addHelpText(
      'before',
      examples([
        ['reverie hook session-end < event.json', 'as Claude Code calls it: quiet, exit code 0'],
        ['reverie hook session-end --verbose < event.json', 'say what came of it'],
      ]),
    )
    .action(() =>
      run('hook-session-end', async ({ io, options }) => {
        const outcome = await endSession(io)
        return {
          data: hookReport(outcome),
          view: [],
          after: options.verbose === true ? [line(`  ${outcome.why}`)] : [],
        }
      }),
    )
}
