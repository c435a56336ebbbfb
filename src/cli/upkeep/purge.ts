import type { Command } from 'commander'
import type { Purge } from '../../reverie.ts'
import { purgeReport } from '../../wire/extensions/upkeep/upkeep-report.ts'
import { counted, number } from '../amounts.ts'
import type { CommandResult, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { line } from '../styled-line.ts'

export function addPurgeCommand(program: Command, run: Run): void {
  program
    .command('purge')
    .description('Remove transcripts that have served; what changes cite of them is kept.')
    .option('--dry-run', 'only tell which')
    .addHelpText(
      'before',
      examples([
        ['reverie purge --dry-run', 'what would go'],
        ['REVERIE_RETENTION_SESSIONS=7 reverie purge', 'sooner than after 30 days'],
      ]),
    )
    .action(({ dryRun }: { readonly dryRun?: boolean }) =>
      run('purge', async ({ reverie, out }) => {
        const purged = await (await reverie()).upkeep.purge({ isTrial: dryRun === true })
        return told(purged, out.width)
      }),
    )
}

function told(purged: Purge, width: number): CommandResult {
  const { sessions, events, isDone } = purged
  const amount = `${counted(sessions.length, 'session')}, ${number(events)} events`
  const why = [...new Set(sessions.map((session) => session.why))]
  return {
    data: purgeReport(purged),
    view:
      sessions.length === 0
        ? [line('  No transcript may go yet.')]
        : [
            ...labelled(isDone ? 'Removed' : 'Would go', amount, width),
            ...why.flatMap((words) => labelled('Why', words, width)),
            ...sessions.flatMap(({ id }) => labelled('', id, width)),
          ],
    next:
      isDone || sessions.length === 0
        ? [{ command: 'reverie status', why: 'what is kept, and until when' }]
        : [{ command: 'reverie purge', why: 'remove them' }],
  }
}
