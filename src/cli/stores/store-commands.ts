import type { Command } from 'commander'
import type { MemoryStore } from '../../core/memory-store.ts'
import { storeListReport, storeReport } from '../../wire/extensions/collective/store-report.ts'
import type { Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { blanks, type Line, line, span, wrap } from '../styled-line.ts'
import { addArchive, addExport, addImport } from './store-transfer.ts'

/** `reverie store …`: memories that are no folder. */
export function addStoreCommands(program: Command, run: Run): void {
  const group = program
    .command('store')
    .description('Memories that live in the state folder: make, list, carry and archive them.')
    .addHelpText(
      'before',
      examples([
        ['reverie store create qa --audience team:support', 'a memory for a team'],
        ['reverie store ls', 'what there is, and who may read it'],
        ['reverie store export store:qa ./qa', 'all of it, as files'],
      ]),
    )
  addCreate(group, run)
  addList(group, run)
  addExport(group, run)
  addImport(group, run)
  addArchive(group, run)
}

function addCreate(group: Command, run: Run): void {
  group
    .command('create')
    .description('Make an empty memory. Who may read it stays as it is made.')
    .argument('<name>', 'what it is called; commands find it as store:<name>')
    .option('--audience <who>', 'who may read it: private:<name>, team:<name> or org:<name>')
    .addHelpText(
      'before',
      examples([['reverie store create qa --audience team:support', 'for a team']]),
    )
    .action((name: string, { audience }: { readonly audience?: string }) =>
      run('store-create', async ({ reverie, out }) => {
        const store = await (await reverie()).stores.create(name, audience)
        return {
          data: storeReport(store),
          view: storeRow(store, out.width),
          next: [{ command: `reverie dream store:${store.id}`, why: 'let it dream' }],
        }
      }),
    )
}

function addList(group: Command, run: Run): void {
  group
    .command('ls')
    .description('List the memories that are known, folders too.')
    .addHelpText('before', examples([['reverie store ls', 'ids, names, who may read them']]))
    .action(() =>
      run('store-ls', async ({ reverie, out }) => {
        const stores = await (await reverie()).stores.list()
        return {
          data: storeListReport(stores),
          view:
            stores.length === 0
              ? [line('  There is no memory.')]
              : stores.flatMap((store) => storeRow(store, out.width)),
          next:
            stores.length === 0
              ? [{ command: 'reverie store create <name>', why: 'make one' }]
              : [],
        }
      }),
    )
}

function storeRow(store: MemoryStore, width: number): Line[] {
  const archived = store.archivedAt === null ? '' : ', archived'
  return wrap(
    [span(store.folder ?? store.name), span(`   ${store.audience}${archived}`, 'quiet')],
    {
      width,
      before: [blanks(2), span(store.id, 'strong'), blanks(2)],
    },
  )
}
