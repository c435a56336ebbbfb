import type { Command } from 'commander'
import type { Verification } from '../../reverie.ts'
import { verifyReport } from '../../wire/extensions/upkeep/upkeep-report.ts'
import { counted, number } from '../amounts.ts'
import type { CommandResult, NextStep, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { createProgress } from '../progress.ts'
import { BLANK, type Line, line, span, wrap } from '../styled-line.ts'

export function addVerifyCommand(program: Command, run: Run): void {
  program
    .command('verify')
    .description('Check the state folder: files, database, audit. Changes nothing.')
    .option('--read-data', 'every row against its digest and what it refers to; takes longer')
    .addHelpText(
      'before',
      examples([
        ['reverie verify', 'files, permissions, pages, references'],
        ['reverie verify --read-data', 'a single flipped bit is found'],
      ]),
    )
    .action((options: { readonly readData?: boolean }) =>
      run('verify', async ({ io, out, talk }) => {
        const readData = options.readData === true
        const progress = createProgress(talk, io.now)
        try {
          const tell = (stage: string, done: number, of: number): void =>
            progress.tell({ stage, done, of })
          const found = await io.verifyState({ env: io.env, readData, tell })
          progress.end()
          return told(readData, found, out.width)
        } finally {
          progress.end()
        }
      }),
    )
}

function told(readData: boolean, found: Verification, width: number): CommandResult {
  const { checked, damages } = found
  const amounts = Object.entries(checked).map(([what, n]) => `${number(n)} ${what}`)
  const verdict = damages.length === 0 ? 'Nothing is damaged.' : counted(damages.length, 'damage')
  return {
    data: verifyReport(readData, found),
    view: [
      ...labelled('Checked', amounts.join(', '), width),
      ...damages.flatMap((damage) => damageView(damage, width)),
      BLANK,
      line('  ', span(verdict, damages.length === 0 ? 'strong' : 'removed')),
    ],
    exitCode: damages.length === 0 ? EXIT.ok : EXIT.failed,
    next: nextSteps(readData, damages.length > 0),
  }
}

function damageView({ where, what }: Verification['damages'][number], width: number): Line[] {
  return [
    ...wrap([span(where, 'strong')], { width, before: line('  ') }),
    ...wrap([span(what)], { width, before: line('      ') }),
  ]
}

function nextSteps(readData: boolean, isDamaged: boolean): readonly NextStep[] {
  if (isDamaged) {
    return [{ command: 'reverie restore <backup> --replace', why: 'the old state moves aside' }]
  }
  return readData ? [] : [{ command: 'reverie verify --read-data', why: 'every row too' }]
}
