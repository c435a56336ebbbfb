import type { Command } from 'commander'
import type { DreamWithChanges, PlanReport } from '../../core/dream.ts'
import type { FilePreview } from '../../reverie.ts'
import { dreamReport, planOf } from '../../wire/extensions/dream-report.ts'
import { changedPaths, changeView } from '../change-view.ts'
import type { CommandContext, CommandResult, NextStep, Run } from '../command-run.ts'
import { diffView, filePatch } from '../file-diff.ts'
import { examples } from '../help-text.ts'
import { usageView } from '../models/usage-view.ts'
import { planView } from '../plan-view.ts'
import { BLANK, type Line, line } from '../styled-line.ts'
import { namesChange, oneChange } from './chosen-change.ts'

export function addShowCommand(program: Command, run: Run): void {
  program
    .command('show')
    .description('Show a dream with every change, or one change in full.')
    .argument('<id>', 'id of a dream or of a change')
    .option('--diff', 'add a unified diff of the files as `apply` would write them now')
    .addHelpText(
      'before',
      examples([
        ['reverie show drm_4f2a', 'the whole plan'],
        ['reverie show drm_4f2a --diff', 'and the files'],
        ['reverie show chg_91bc', 'one change: every quote, who said it, where'],
      ]),
    )
    .action((id: string, options: { readonly diff?: boolean }) =>
      run('show', (context) => show(context, id, options.diff === true)),
    )
}

async function show(
  { reverie: open, out }: CommandContext,
  id: string,
  withDiff: boolean,
): Promise<CommandResult> {
  const reverie = await open()
  const shown = await reverie.show(id)
  const { width } = out
  const { report } = planOf(shown)
  const isOne = namesChange(id)
  const files = withDiff ? touched(await reverie.preview(shown.dream.id), shown, isOne) : null
  const view = isOne
    ? changeView(oneChange(shown, id), { width, place: 1, placeColumns: 1, isFull: true })
    : wholeView(shown, report, width)
  return {
    data: {
      ...dreamReport(shown),
      diff: files?.map((file) => ({ path: file.path, patch: filePatch(file) })) ?? null,
    },
    view: files === null ? view : [...view, BLANK, ...filesView(files)],
    warnings: isOne ? [] : report.warnings,
    next: nextSteps(shown, isOne),
  }
}

function wholeView(shown: DreamWithChanges, report: PlanReport, width: number): Line[] {
  const plan = planView(shown, { width, limit: Number.POSITIVE_INFINITY })
  return shown.dream.snapshot.thinking === null
    ? plan
    : [...plan, BLANK, ...usageView(shown.dream, report, width)]
}

function touched(
  files: readonly FilePreview[],
  { changes }: DreamWithChanges,
  isOne: boolean,
): readonly FilePreview[] {
  const paths = new Set(changes.flatMap(changedPaths))
  return files.filter((file) => filePatch(file) !== '' && (!isOne || paths.has(file.path)))
}

function filesView(files: readonly FilePreview[]): Line[] {
  return files.length === 0 ? [line('  No file would change.')] : diffView(files)
}

function nextSteps({ dream, changes }: DreamWithChanges, isOne: boolean): NextStep[] {
  const change = changes[0]
  if (dream.planStatus === 'applied') {
    return [{ command: `reverie revert ${dream.id}`, why: 'undo the whole dream' }]
  }
  if (dream.planStatus !== 'waiting') return []
  if (isOne && change !== undefined) {
    return [
      { command: `reverie reject ${change.id}`, why: 'leave it out' },
      { command: `reverie show ${dream.id}`, why: 'the whole plan' },
    ]
  }
  return [
    { command: `reverie review ${dream.id}`, why: 'decide, key by key' },
    { command: `reverie apply ${dream.id}`, why: 'write it' },
  ]
}
