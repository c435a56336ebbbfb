import type { Command } from 'commander'
import type { Restored } from '../../reverie.ts'
import { restoreReport } from '../../wire/extensions/upkeep/upkeep-report.ts'
import { counted, timestamp } from '../amounts.ts'
import type { CommandResult, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { shellWord } from '../projects/shell-word.ts'

interface RestoreOptions {
  readonly home?: string
  readonly replace?: boolean
}

export function addRestoreCommand(program: Command, run: Run): void {
  program
    .command('restore')
    .description('Make the state folder anew from a backup. Nothing is ever deleted.')
    .argument('<backup>', 'a folder that `reverie backup` made')
    .option('--home <folder>', 'the state folder to make; else the configured one')
    .option('--replace', 'move the state folder that stands there aside')
    .addHelpText(
      'before',
      examples([
        ['reverie restore /mnt/disk/reverie-2026-11-20', 'where no state is yet'],
        ['reverie restore /mnt/disk/reverie-2026-11-20 --replace', 'the old one moves aside'],
      ]),
    )
    .action((from: string, { home, replace }: RestoreOptions) =>
      run('restore', async ({ io, out }) => {
        const restored = await io.restoreState({
          from,
          env: io.env,
          now: io.now,
          isReplacing: replace === true,
          ...(home === undefined ? {} : { home }),
        })
        const before = home === undefined ? '' : `REVERIE_HOME=${shellWord(restored.home)} `
        return told(restored, before, out.width)
      }),
    )
}

/** `before` stands before commands, so that they reach this state folder. */
function told(restored: Restored, before: string, width: number): CommandResult {
  const { home, takenAt, files, movedTo, memoryFolders } = restored
  return {
    data: restoreReport(restored),
    view: [
      ...labelled('Restored', `${home}   ${counted(files, 'file')}`, width),
      ...labelled('As of', timestamp(takenAt), width),
      ...(movedTo === null ? [] : labelled('Before', movedTo, width)),
      ...memoryFolders.flatMap((path) => labelled('Not in it', path, width)),
    ],
    warnings:
      memoryFolders.length === 0
        ? []
        : ['Memory folders stay as they are now; what changed since is read as edits by hand.'],
    next: [{ command: `${before}reverie verify --read-data`, why: 'check every row' }],
  }
}
