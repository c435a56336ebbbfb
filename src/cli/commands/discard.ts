import type { Command } from 'commander'
import { discardReport } from '../../wire/extensions/decision-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { line, span } from '../styled-line.ts'

export function addDiscardCommand(program: Command, run: Run): void {
  program
    .command('discard')
    .description('Throw a waiting plan away. The memory and the sessions stay as they are.')
    .argument('<dream>', 'id of the dream')
    .addHelpText('before', examples([['reverie discard drm_4f2a', 'drop the plan']]))
    .action((id: string) =>
      run('discard', async ({ reverie }) => {
        const dream = await (await reverie()).discard(id)
        return {
          data: discardReport(dream),
          view: [
            line('  ', span('Discarded', 'strong'), ` ${dream.id}   nothing has been written`),
          ],
          next: [{ command: 'reverie status', why: 'what else waits' }],
        }
      }),
    )
}
