import type { Command } from 'commander'
import { backupReport } from '../../wire/extensions/upkeep/upkeep-report.ts'
import { byteSize, counted } from '../amounts.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { createProgress } from '../progress.ts'
import { shellWord } from '../projects/shell-word.ts'

export function addBackupCommand(program: Command, run: Run): void {
  program
    .command('backup')
    .description('Copy the state folder as it is at one moment, while others work in it.')
    .argument('<folder>', 'a new or an empty folder, best on another disk')
    .addHelpText(
      'before',
      examples([
        ['reverie backup /mnt/disk/reverie-2026-11-20', 'database, recordings, a manifest'],
        ['reverie restore /mnt/disk/reverie-2026-11-20', 'the way back'],
      ]),
    )
    .action((folder: string) =>
      run('backup', async ({ io, reverie, out, talk }) => {
        const progress = createProgress(talk, io.now)
        try {
          const { upkeep } = await reverie()
          const made = await upkeep.backup(folder, {
            tell: (stage, done, of) => progress.tell({ stage, done, of }),
          })
          progress.end()
          const bytes = made.files.reduce((sum, file) => sum + file.bytes, 0)
          const size = `${made.folder}   ${counted(made.files.length, 'file')}, ${byteSize(bytes)}`
          const without = made.memoryFolders.map((path) => labelled('Not in it', path, out.width))
          return {
            data: backupReport(made),
            view: [...labelled('Written', size, out.width), ...without.flat()],
            warnings:
              without.length === 0
                ? []
                : ['Memory folders are your own files: back them up as you do with the others.'],
            next: [{ command: `reverie restore ${shellWord(made.folder)}`, why: 'the way back' }],
          }
        } finally {
          progress.end()
        }
      }),
    )
}
