import type { Command } from 'commander'
import type { StatementAsOf } from '../../reverie.ts'
import { asOfReport } from '../../wire/extensions/memory-report.ts'
import { counted } from '../amounts.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { BLANK, blanks, type Line, line, span, wrap } from '../styled-line.ts'

/** `memory as-of`: what the notes said was true on a day, from the text and its history. */
export function addAsOf(group: Command, run: Run, memoryArgument: readonly [string, string]): void {
  group
    .command('as-of')
    .description('List what was true at a date, as far as the notes and their history know.')
    .argument(...memoryArgument)
    .argument('<date>', 'a year, a month or a day: 2026, 2026-03, 2026-03-14')
    .addHelpText(
      'before',
      examples([['reverie memory as-of ./memory 2026-03-14', 'what held on that day']]),
    )
    .action((memory: string, date: string) =>
      run('memory-as-of', async ({ reverie, out }) => {
        const statements = await (await reverie()).memories.asOf(memory, date)
        return {
          data: { date, statements: statements.map(asOfReport) },
          view: asOfView(statements, out.width),
        }
      }),
    )
}

function asOfView(statements: readonly StatementAsOf[], width: number): Line[] {
  if (statements.length === 0) return [line('  Nothing is known of that date.')]
  const past = statements.filter(({ isCurrent }) => !isCurrent).length
  const files = [...Map.groupBy(statements, ({ path }) => path)]
  return [
    ...files.flatMap(([path, own]) => [
      line('  ', span(path, 'strong')),
      ...own.flatMap((statement) => statementView(statement, width)),
      BLANK,
    ]),
    line('  ', `${counted(past, 'line')} of these ${past === 1 ? 'holds' : 'hold'} no longer.`),
  ]
}

function statementView({ text, interval, isCurrent }: StatementAsOf, width: number): Line[] {
  const told = wrap([span(text, isCurrent ? 'plain' : 'removed')], {
    width,
    before: line('    ', isCurrent ? '- ' : span('- ', 'removed')),
  })
  if (isCurrent) return told
  const since = interval.start === null ? '' : `since ${interval.start.slice(0, 10)} `
  const until = interval.end === null ? '' : `until ${interval.end.slice(0, 10)}`
  return [...told, line(blanks(6), span(`${since}${until}`.trim() || 'no longer', 'quiet'))]
}
