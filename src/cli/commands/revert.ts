import type { Command } from 'commander'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { applyResult } from './apply.ts'

export function addRevertCommand(program: Command, run: Run): void {
  program
    .command('revert')
    .description('Undo an applied dream, byte for byte. Refuses where a file has moved on since.')
    .argument('<dream>', 'id of the dream')
    .addHelpText(
      'before',
      examples([
        ['reverie log', 'find the dream'],
        ['reverie revert drm_4f2a', 'undo it'],
      ]),
    )
    .action((id: string) =>
      run('revert', async ({ reverie, out }) => {
        const outcome = await (await reverie()).revert(id)
        return applyResult(outcome, out.width, 'revert')
      }),
    )
}
