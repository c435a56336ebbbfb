import type { Command } from 'commander'
import type { Status, StoreStatus } from '../../reverie.ts'
import { statusReport } from '../../wire/extensions/status-report.ts'
import { byteSize, counted, number, timestamp } from '../amounts.ts'
import type { NextStep, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { BLANK, type Line, line, span, wrap } from '../styled-line.ts'

export function addStatusCommand(program: Command, run: Run): void {
  program
    .command('status')
    .description('Show the memories that are known, what waits for you, and what is kept.')
    .option('--detailed-exitcode', 'exit 2 when changes wait for you')
    .addHelpText(
      'before',
      examples([
        ['reverie status', 'what waits'],
        ['reverie status --detailed-exitcode', 'for a script or a prompt'],
      ]),
    )
    .action((options: { readonly detailedExitcode?: boolean }) =>
      run('status', async ({ reverie, out }) => {
        const status = await (await reverie()).status()
        const isWaiting = status.stores.some(({ waiting }) => waiting.length > 0)
        return {
          data: statusReport(status),
          view: statusView(status, out.width),
          next: nextSteps(status),
          ...(isWaiting && options.detailedExitcode === true ? { exitCode: EXIT.changesWait } : {}),
        }
      }),
    )
}

/** What is known of all memories, one block each. */
export function statusView(status: Status, width: number): Line[] {
  return [
    ...status.stores.flatMap((store) => [...storeView(store, width), BLANK]),
    ...(status.stores.length === 0 ? [line('  No memory has been dreamt over yet.'), BLANK] : []),
    ...labelled('Sessions', `${number(status.sessions)} stored; ${status.retention}`, width),
    ...labelled('State', status.home, width),
  ]
}

function storeView({ store, waiting, lastApplied, ...sizes }: StoreStatus, width: number): Line[] {
  const size = [
    counted(sizes.memories, 'note'),
    `${counted(sizes.units, 'unit')}${sizes.pinned === 0 ? '' : ` (${number(sizes.pinned)} pinned)`}`,
    byteSize(sizes.bytes),
  ].join(', ')
  const applied =
    lastApplied === null ? 'never' : `${lastApplied.dreamId}, ${timestamp(lastApplied.at)}`
  const facts = [
    ...(store.folder === null ? [store.name] : []),
    ...(store.archivedAt === null ? [] : ['archived']),
  ].join(', ')
  const head = [
    span(store.folder ?? `store:${store.id}`, 'strong'),
    ...(facts === '' ? [] : [span(`   ${facts}`, 'quiet')]),
  ]
  return [
    ...wrap(head, { width, before: line('  ') }),
    ...labelled('', size, width),
    ...waiting.flatMap(({ dreamId, changes, held }) =>
      labelled(
        'Waiting',
        `${dreamId}   ${counted(changes, 'change')}${held > 0 ? `, ${number(held)} held` : ''}`,
        width,
      ),
    ),
    ...labelled('Applied', applied, width),
  ]
}

function nextSteps({ stores }: Status): NextStep[] {
  const [first] = stores.flatMap(({ waiting }) => waiting)
  if (first !== undefined) {
    return [{ command: `reverie review ${first.dreamId}`, why: 'decide on what waits' }]
  }
  return stores.length === 0
    ? [{ command: 'reverie dream <memory> --sessions <folder>', why: 'begin' }]
    : []
}
