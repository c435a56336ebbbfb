import type { Command } from 'commander'
import type { Recording } from '../../reverie.ts'
import { recordingReport } from '../../wire/extensions/recording-report.ts'
import { counted, number } from '../amounts.ts'
import type { CommandResult, NextStep, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { shellWord } from '../projects/shell-word.ts'

export function addRecordingCommands(program: Command, run: Run): void {
  const group = program
    .command('recording')
    .description('Carry the answers of models from one state folder to another.')
    .addHelpText(
      'before',
      examples([
        ['reverie recording export drm_4f2a ./answers', 'what a dream was answered'],
        ['reverie recording import ./answers', 'dream it elsewhere, asking nothing'],
      ]),
    )
  addExport(group, run)
  addImport(group, run)
}

function addExport(group: Command, run: Run): void {
  group
    .command('export')
    .description('Write every answer that a dream used into a folder, a cassette.')
    .argument('<dream>', 'id of a dream that a model took part in')
    .argument('<folder>', 'a new folder, or a cassette of the same model')
    .addHelpText('before', examples([['reverie recording export drm_4f2a ./answers', '']]))
    .action((id: string, folder: string) =>
      run('recording-export', async ({ reverie, out }) => {
        const recording = await (await reverie()).recordings.export(id, folder)
        return result('Written', recording, out.width, [
          {
            command: `reverie recording import ${shellWord(folder)}`,
            why: 'in another state folder',
          },
        ])
      }),
    )
}

function addImport(group: Command, run: Run): void {
  group
    .command('import')
    .description('Keep the answers of a cassette: the same dream does not ask for them again.')
    .argument('<folder>', 'what `recording export` or `dream --record` wrote')
    .addHelpText('before', examples([['reverie recording import ./answers', '']]))
    .action((folder: string) =>
      run('recording-import', async ({ reverie, out }) => {
        const recording = await (await reverie()).recordings.import(folder)
        return result('Kept', recording, out.width, [
          { command: 'reverie dream <memory> --model <the same>', why: 'uses them' },
        ])
      }),
    )
}

function result(
  label: string,
  recording: Recording,
  width: number,
  next: readonly NextStep[],
): CommandResult {
  const { parts, warnings } = recording
  return {
    data: recordingReport(recording),
    view:
      parts.length === 0
        ? labelled(label, 'nothing: the dream used no answer', width)
        : parts.flatMap((part, n) => labelled(n === 0 ? label : '', partWords(part), width)),
    warnings,
    next: parts.length === 0 ? [] : next,
  }
}

function partWords({ answers, known, model, folder }: Recording['parts'][number]): string {
  const old = known === 0 ? '' : ` (${number(known)} known before)`
  return `${counted(answers, 'answer')} of ${model}${old} · ${folder}`
}
