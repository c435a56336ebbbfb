import type { Command } from 'commander'
import type { LedgerEntry } from '../../core/ledger.ts'
import type { Memory } from '../../core/memory.ts'
import type { Unit } from '../../core/unit.ts'
import {
  memoryGetReport,
  memorySummaryReport,
  type PinReport,
} from '../../wire/extensions/memory-report.ts'
import { byteSize, counted, timestamp } from '../amounts.ts'
import type { CommandContext, CommandResult, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { addPut, addRemove } from '../stores/memory-acts.ts'
import { BLANK, blanks, type Line, line, lineOf, padded, span, wrap } from '../styled-line.ts'
import { terminalLines } from '../terminal-text.ts'
import { parseLimit } from './dream.ts'
import { addAsOf } from './memory-as-of.ts'

const MEMORY_ARGUMENT = ['<memory>', 'a folder of markdown, store:<name> or store:<id>'] as const
const HITS_DEFAULT = 10

export function addMemoryCommands(program: Command, run: Run): void {
  const group = program
    .command('memory')
    .description('Read, search, write and pin the notes of a memory.')
    .addHelpText(
      'before',
      examples([
        ['reverie memory ls ./memory', 'every note'],
        ['reverie memory search ./memory "deploy day"', 'find words'],
      ]),
    )
  addList(group, run)
  addGet(group, run)
  addSearch(group, run)
  addAsOf(group, run, MEMORY_ARGUMENT)
  addPin(group, run, true)
  addPin(group, run, false)
  addPut(group, run)
  addRemove(group, run)
}

function addList(group: Command, run: Run): void {
  group
    .command('ls')
    .description('List the notes of a memory.')
    .argument(...MEMORY_ARGUMENT)
    .addHelpText('before', examples([['reverie memory ls ./memory', 'paths, sizes, times']]))
    .action((memory: string) =>
      run('memory-ls', async ({ reverie, out }) => {
        const memories = await (await reverie()).memories.list(memory)
        return {
          data: { memories: memories.map(memorySummaryReport) },
          view: listView(memories, out.width),
        }
      }),
    )
}

function addGet(group: Command, run: Run): void {
  group
    .command('get')
    .description(
      'Print one note. Unsafe characters are shown as escapes; --json has the exact text.',
    )
    .argument(...MEMORY_ARGUMENT)
    .argument('<path>', 'path of the note, for example /project/deploy.md')
    .option('--history', 'add what left the text, when, and why')
    .addHelpText(
      'before',
      examples([
        ['reverie memory get ./memory /MEMORY.md', 'the text'],
        ['reverie memory get ./memory /project/deploy.md --history', 'and what it used to say'],
      ]),
    )
    .action((memory: string, path: string, options: { readonly history?: boolean }) =>
      run('memory-get', (context) => get(context, memory, path, options.history === true)),
    )
}

async function get(
  { reverie: open, out }: CommandContext,
  storeRef: string,
  path: string,
  withHistory: boolean,
): Promise<CommandResult> {
  const reverie = await open()
  const { memory, units } = await reverie.memories.get(storeRef, path)
  const history = withHistory ? await reverie.ledger(storeRef, memory.path) : null
  return {
    data: memoryGetReport(memory, units, history),
    view: [
      ...terminalLines(memory.content.replace(/\n$/, '')).map((row) => lineOf(row)),
      ...(history === null ? [] : [BLANK, ...historyView(history, out.width)]),
    ],
    after: pinnedView(units),
  }
}

function addSearch(group: Command, run: Run): void {
  group
    .command('search')
    .description('Find words in the notes of a memory, best first.')
    .argument(...MEMORY_ARGUMENT)
    .argument('<query...>', 'words')
    .option('--limit <n>', 'hits shown', parseLimit, HITS_DEFAULT)
    .addHelpText('before', examples([['reverie memory search ./memory deploy day', 'best first']]))
    .action((memory: string, words: readonly string[], options: { readonly limit: number }) =>
      run('memory-search', async ({ reverie, out }) => {
        const query = words.join(' ')
        const hits = await (await reverie()).memories.search(memory, query, options.limit)
        return {
          data: {
            query,
            hits: hits.map(({ path, snippet, score }) => ({ path, snippet, score })),
          },
          view:
            hits.length === 0
              ? [line(`  Nothing holds “${query}”.`)]
              : hits.flatMap(({ path, snippet }) => [
                  line('  ', span(path, 'strong')),
                  ...wrap([span(snippet)], { width: out.width, before: [blanks(4)] }),
                ]),
        }
      }),
    )
}

function addPin(group: Command, run: Run, isPinned: boolean): void {
  const name = isPinned ? 'pin' : 'unpin'
  group
    .command(name)
    .description(
      isPinned
        ? 'Keep a note, or one unit of it, from every dream.'
        : 'Let dreams work on it again.',
    )
    .argument(...MEMORY_ARGUMENT)
    .argument('<path-or-unit>', 'path of the note, or id of a unit (`memory get --json` has them)')
    .addHelpText(
      'before',
      examples([
        [`reverie memory ${name} ./memory /user/preferences.md`, 'every unit of the note'],
        [`reverie memory ${name} ./memory unit_77ac`, 'one unit'],
      ]),
    )
    .action((memory: string, target: string) =>
      run(isPinned ? 'memory-pin' : 'memory-unpin', async ({ reverie }) => {
        const units = await (await reverie()).memories.setPinned(memory, target, isPinned)
        const report: PinReport = { is_pinned: isPinned, units: [...units] }
        const words = isPinned ? 'Pinned' : 'Unpinned'
        return {
          data: report,
          view: [
            line('  ', span(words, 'strong'), ` ${target}   ${counted(units.length, 'unit')}`),
          ],
        }
      }),
    )
}

function listView(memories: readonly Memory[], width: number): Line[] {
  if (memories.length === 0) return [line('  The memory is empty.')]
  const rows = memories.flatMap((memory) =>
    wrap([span(memory.path, 'strong')], {
      width,
      before: [
        blanks(2),
        span(timestamp(memory.updatedAt), 'quiet'),
        ...padded(span(`  ${byteSize(Buffer.byteLength(memory.content)).padStart(8)}`), 13),
      ],
    }),
  )
  return rows
}

function historyView(history: readonly LedgerEntry[], width: number): Line[] {
  if (history.length === 0) return [line('  Nothing has left this note.')]
  return [
    line('  ', span('No longer in the text', 'strong')),
    ...history.flatMap(({ recordedAt, text, reason, dreamId }) => [
      ...wrap([span(text, 'removed')], { width, before: line('  ', span('-', 'removed'), ' ') }),
      ...wrap([span(`${reason}  ${timestamp(recordedAt)} · ${dreamId}`, 'quiet')], {
        width,
        before: [blanks(4)],
      }),
    ]),
  ]
}

function pinnedView(units: readonly Unit[]): Line[] {
  const count = units.filter(({ isPinned }) => isPinned).length
  return count === 0 ? [] : [BLANK, line('  ', `${counted(count, 'unit')} pinned`)]
}
