import { type Command, Option } from 'commander'
import { MEMORY_FORMATS } from '../../config.ts'
import type { StoredParts, StoreExport, StoreImportOptions } from '../../reverie.ts'
import { storeReport } from '../../wire/extensions/collective/store-report.ts'
import {
  storeExportReport,
  storeImportReport,
} from '../../wire/extensions/stores/store-transfer-report.ts'
import { counted, number } from '../amounts.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { blanks, type Line, line, span, wrap } from '../styled-line.ts'
import { importCommand } from './import-command.ts'

/** `reverie store export`. */
export function addExport(group: Command, run: Run): void {
  group
    .command('export')
    .description(
      'Write a memory into a new folder: its notes as files, and beside them versions, ledger, pins and origins in one file. The folder can be dreamt over itself.',
    )
    .argument('<memory>', 'store:<name> or store:<id>, or a folder of markdown that is known here')
    .argument('<to>', 'a new or an empty folder')
    .option('--markdown', 'the files alone')
    .addHelpText(
      'before',
      examples([
        ['reverie store export store:qa ./qa', 'everything'],
        ['reverie store export store:qa ./notes --markdown', 'the notes alone'],
      ]),
    )
    .action((memory: string, to: string, { markdown }: { readonly markdown?: boolean }) =>
      run('store-export', async ({ reverie, out }) => {
        const options = { markdownOnly: markdown === true }
        const { stores } = await reverie()
        const exported = await stores.export(memory, to, options)
        const back = importCommand(exported, to, await stores.list())
        return {
          data: storeExportReport(exported),
          view: exportView(exported, out.width),
          warnings: [...renamedWords(exported), ...exported.warnings],
          next: [{ command: back, why: 'bring it back, here or elsewhere' }],
        }
      }),
    )
}

/** `reverie store import`. */
export function addImport(group: Command, run: Run): void {
  group
    .command('import')
    .description(
      'Make a store of an exported one, of a folder of markdown, or of what mem0 or Letta export.',
    )
    .argument('<from>', 'a folder or a file')
    .option(
      '--name <name>',
      'what the store is called, a name of its own; without it, as the source says',
    )
    .option('--audience <who>', 'who may read it: private:<name>, team:<name> or org:<name>')
    .addOption(
      new Option('--format <format>', 'without it, judged by content').choices(MEMORY_FORMATS),
    )
    .option('--user <id>', 'whose memories, where the source holds those of several')
    .option('--agent <name>', 'which agent, where the source holds several')
    .addHelpText(
      'before',
      examples([
        ['reverie store import ./qa --name qa-2', 'what `store export` wrote'],
        ['reverie store import ./mem0.json --user alice', 'a mem0 export'],
        ['reverie store import ./agent.af', 'a Letta agent'],
      ]),
    )
    .action((from: string, options: StoreImportOptions) =>
      run('store-import', async ({ reverie, out }) => {
        const imported = await (await reverie()).stores.import(from, options)
        const { store, format, memories, kept, warnings } = imported
        return {
          data: storeImportReport(imported),
          view: [
            ...wrap([span(store.name), span(`   ${store.audience}`, 'quiet')], {
              width: out.width,
              before: [blanks(2), span(store.id, 'strong'), blanks(2)],
            }),
            ...labelled('Imported', `${counted(memories, 'note')} of ${format}`, out.width),
            ...labelled('', partsWords(kept), out.width),
          ],
          warnings,
          next: [{ command: `reverie dream store:${store.id}`, why: 'let it dream' }],
        }
      }),
    )
}

/** `reverie store archive`. */
export function addArchive(group: Command, run: Run): void {
  group
    .command('archive')
    .description('Make a store read-only, for good. Its memories and versions stay readable.')
    .argument('<store>', 'store:<name> or store:<id>')
    .addHelpText('before', examples([['reverie store archive store:qa', 'nothing is removed']]))
    .action((memory: string) =>
      run('store-archive', async ({ reverie }) => {
        const store = await (await reverie()).stores.archive(memory)
        return {
          data: storeReport(store),
          view: [line('  ', span('Archived', 'strong'), ` ${store.id}   ${store.name}`)],
          next: [
            { command: `reverie store export store:${store.id} <to>`, why: 'take it elsewhere' },
          ],
        }
      }),
    )
}

function exportView({ folder, memories, kept }: StoreExport, width: number): Line[] {
  return [
    ...labelled('Written', folder, width),
    ...labelled('', counted(memories, 'note'), width),
    ...(kept === null ? [] : labelled('', partsWords(kept), width)),
  ]
}

function partsWords({ versions, units, pinned, ledger, dreams }: StoredParts): string {
  return [
    counted(versions, 'version'),
    `${counted(units, 'unit')}${pinned === 0 ? '' : ` (${number(pinned)} pinned)`}`,
    counted(ledger, 'ledger entry', 'ledger entries'),
    ...(dreams === 0 ? [] : [`${counted(dreams, 'dream')} told of`]),
  ].join(', ')
}

/** More than these are counted. */
const RENAMED_TOLD = 10

function renamedWords({ renamed }: StoreExport): readonly string[] {
  const told = renamed
    .slice(0, RENAMED_TOLD)
    .map(({ path, file, reason }) => `${path} is in the file ${file}: ${reason}`)
  const more = renamed.length - told.length
  return more === 0
    ? told
    : [...told, `${number(more)} more files have other names than their notes.`]
}
