import type { Command } from 'commander'
import type { ApplyOutcome } from '../../reverie.ts'
import { counted } from '../amounts.ts'
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
        const { warnings = [], ...result } = applyResult(outcome, out.width, 'revert')
        return { ...result, warnings: [...warnings, ...purgedWarning(outcome)] }
      }),
    )
}

function purgedWarning({ purged = [] }: ApplyOutcome): readonly string[] {
  if (purged.length === 0) return []
  const gone = `${counted(purged.length, 'session')} of this dream can be read again only from their files`
  return [`${gone}: their transcripts were purged.`]
}
