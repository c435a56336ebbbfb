import type { Command } from 'commander'
import { rejectReport } from '../../wire/extensions/decision-report.ts'
import { planOf } from '../../wire/extensions/dream-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { line, span } from '../styled-line.ts'
import { oneChange } from './chosen-change.ts'

export function addRejectCommand(program: Command, run: Run): void {
  program
    .command('reject')
    .description('Leave one change out of its plan. It is not proposed again on the same evidence.')
    .argument('<change>', 'id of the change')
    .addHelpText(
      'before',
      examples([
        ['reverie show drm_4f2a --json', 'has the ids of the changes'],
        ['reverie reject chg_91bc', 'leave this one out'],
      ]),
    )
    .action((id: string) =>
      run('reject', async (context) => {
        const reverie = await context.reverie()
        const shown = await reverie.show(id)
        const { digest } = planOf(shown)
        const change = await reverie.decide(oneChange(shown, id).id, 'reject', digest)
        return {
          data: rejectReport(shown.dream, change),
          view: [
            line(
              '  ',
              span('Rejected', 'strong'),
              ` ${change.id}   `,
              span(change.reason, 'quiet'),
            ),
          ],
          next: [{ command: `reverie show ${shown.dream.id}`, why: 'the plan without it' }],
        }
      }),
    )
}
