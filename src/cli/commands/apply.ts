import type { Command } from 'commander'
import { plainWord } from '../../core/change.ts'
import type { ApplyOutcome } from '../../reverie.ts'
import { applyReport } from '../../wire/extensions/decision-report.ts'
import { counted, number } from '../amounts.ts'
import { changedPaths, KIND_TONE } from '../change-view.ts'
import type { CommandResult, NextStep, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { BLANK, blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'

export function addApplyCommand(program: Command, run: Run): void {
  program
    .command('apply')
    .description(
      'Write a plan: exactly what was shown, all of it or nothing. Held changes stay out.',
    )
    .argument('<dream>', 'id of the dream')
    .addHelpText(
      'before',
      examples([
        ['reverie apply drm_4f2a', 'write the plan'],
        ['reverie revert drm_4f2a', 'take it back'],
      ]),
    )
    .action((id: string) =>
      run('apply', async ({ reverie, out }) => {
        const outcome = await (await reverie()).apply(id)
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
  const sums = [
    counted(applied.length, 'change'),
    counted(files.length, 'file'),
    ...(held > 0 ? [`${number(held)} held`] : []),
    ...(rejected > 0 ? [`${number(rejected)} rejected`] : []),
  ].join(', ')
  const rows = applied.map((change) =>
    line(
      blanks(4),
      ...padded(span(plainWord(change.kind), KIND_TONE[change.kind]), 10),
      changedPaths(change).join(' + '),
    ),
  )
  return [
    ...wrap([span(sums)], {
      width,
      before: line('  ', span(verb, 'strong'), ' ', span(dream.id, 'strong'), '   '),
    }),
    ...(rows.length === 0 ? [] : [BLANK, ...rows.flatMap((row) => wrap(row, { width }))]),
    ...(files.length === 0 ? [] : [BLANK, ...fileRows(files, width)]),
  ]
}

function fileRows(files: readonly string[], width: number): Line[] {
  return files.flatMap((file) => wrap([span(file)], { width, before: line('    ', 'file      ') }))
}

function afterApply({ dream, held }: ApplyOutcome): NextStep[] {
  return [
    ...(held > 0
      ? [{ command: `reverie review ${dream.id} --held`, why: 'decide on what was held' }]
      : []),
    { command: `reverie revert ${dream.id}`, why: 'undo it, byte for byte' },
  ]
}

function afterRevert({ dream }: ApplyOutcome): NextStep[] {
  return [{ command: `reverie show ${dream.id}`, why: 'what had been changed' }]
}
