import type { Command } from 'commander'
import type { ApplyOutcome } from '../../reverie.ts'
import { applyReport } from '../../wire/extensions/decision-report.ts'
import { counted, number } from '../amounts.ts'
import type { CommandResult, NextStep, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { countKinds, sumLines } from '../plan-view.ts'
import { BLANK, blanks, type Line, line, span, wrap } from '../styled-line.ts'

export function addApplyCommand(program: Command, run: Run): void {
  program
    .command('apply')
    .description(
      'Write a plan: exactly what was shown, all of it or nothing. Held changes stay out.',
    )
    .argument('<dream>', 'id of the dream')
    .option('--force', 'write beside another program that tidies the same folder')
    .addHelpText(
      'before',
      examples([
        ['reverie apply drm_4f2a', 'write the plan'],
        ['reverie revert drm_4f2a', 'take it back'],
      ]),
    )
    .action((id: string, { force = false }: { readonly force?: boolean }) =>
      run('apply', async ({ reverie, out }) => {
        const outcome = await (await reverie()).apply(id, { isForced: force })
        return applyResult(outcome, out.width, 'apply')
      }),
    )
}

/** What `apply` and `revert` print: the same figures, once forward and once back. */
export function applyResult(
  outcome: ApplyOutcome,
  width: number,
  direction: 'apply' | 'revert',
): CommandResult {
  return {
    report: direction,
    data: applyReport(outcome),
    view: writtenView(outcome, width, direction),
    next: direction === 'apply' ? afterApply(outcome) : afterRevert(outcome),
  }
}

function writtenView(
  { dream, applied, held, rejected, files }: ApplyOutcome,
  width: number,
  direction: 'apply' | 'revert',
): Line[] {
  const verb = direction === 'apply' ? 'Applied' : 'Reverted'
  const size = `${counted(applied.length, 'change')} in ${counted(files.length, 'file')}`
  const left = [
    ...(held > 0 ? [span(`${number(held)} held`, 'warning')] : []),
    ...(rejected > 0 ? [span(`${number(rejected)} rejected`, 'quiet')] : []),
  ]
  return [
    ...wrap([span(size)], {
      width,
      before: line('  ', span(verb, 'strong'), ' ', span(dream.id, 'strong'), '   '),
    }),
    ...sumLines([...countKinds(applied), ...left], width),
    ...(files.length === 0 ? [] : [BLANK]),
    ...files.flatMap((file) => wrap([span(file)], { width, before: [blanks(4)] })),
  ]
}

function afterApply({ dream, held }: ApplyOutcome): NextStep[] {
  return [
    ...(held > 0
      ? [{ command: `reverie review ${dream.id} --held`, why: 'decide on the held' }]
      : []),
    { command: `reverie revert ${dream.id}`, why: 'undo it afterwards' },
  ]
}

function afterRevert({ dream }: ApplyOutcome): NextStep[] {
  return [{ command: `reverie show ${dream.id}`, why: 'what had been changed' }]
}
