import type { Command } from 'commander'
import type { DoctorCheck } from '../../reverie.ts'
import { doctorReport } from '../../wire/extensions/installation-report.ts'
import { counted } from '../amounts.ts'
import type { Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('Check this installation. The report holds no secret and may be pasted anywhere.')
    .addHelpText('before', examples([['reverie doctor', 'what works, what does not, what to do']]))
    .action(() =>
      run('doctor', async ({ reverie, out }) => {
        const checks = await (await reverie()).doctor()
        const isWell = checks.every(({ isOk }) => isOk)
        return {
          data: doctorReport(checks),
          view: doctorView(checks, out.width),
          exitCode: isWell ? EXIT.ok : EXIT.failed,
        }
      }),
    )
}

function doctorView(checks: readonly DoctorCheck[], width: number): Line[] {
  const columns = Math.max(0, ...checks.map(({ name }) => name.length)) + 2
  const failing = checks.filter(({ isOk }) => !isOk).length
  return [
    ...checks.flatMap(({ name, isOk, found, next }) => [
      ...wrap([span(found)], {
        width,
        before: [
          blanks(2),
          ...padded(isOk ? span('ok', 'added') : span('fails', 'removed'), 7),
          ...padded(span(name, 'strong'), columns),
        ],
      }),
      ...(next === null
        ? []
        : wrap([span(next, 'quiet')], { width, before: [blanks(9 + columns)] })),
    ]),
    BLANK,
    line(failing === 0 ? '  All is well.' : `  ${counted(failing, 'check')} to look at.`),
  ]
}
