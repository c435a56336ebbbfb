import type { Command } from 'commander'
import type { ListedDream } from '../../reverie.ts'
import {
  canceledDreamReport,
  listedDreamReport,
} from '../../wire/extensions/stores/dreams-report.ts'
import { counted, number, timestamp } from '../amounts.ts'
import type { NextStep, Run } from '../command-run.ts'
import { parseLimit } from '../commands/dream.ts'
import { examples } from '../help-text.ts'
import { blanks, type Line, line, padded, span, type Tone, wrap } from '../styled-line.ts'

const LISTED_DEFAULT = 50

/** `reverie dreams …`: dreams as a whole. */
export function addDreamsCommands(program: Command, run: Run): void {
  const group = program
    .command('dreams')
    .description('List, cancel and archive dreams.')
    .addHelpText(
      'before',
      examples([
        ['reverie dreams ls', 'what was dreamt, and what became of it'],
        ['reverie dreams cancel drm_4f2a', 'stop one that is under way'],
      ]),
    )
  addList(group, run)
  addCancel(group, run)
  addArchive(group, run)
}

interface ListOptions {
  readonly archived?: boolean
  readonly limit: number
}

function addList(group: Command, run: Run): void {
  group
    .command('ls')
    .description('List dreams, newest first: of one memory, or of all.')
    .argument('[memory]', 'a folder of markdown, store:<name> or store:<id>')
    .option('--archived', 'archived ones too')
    .option('--limit <n>', 'dreams shown', parseLimit, LISTED_DEFAULT)
    .addHelpText(
      'before',
      examples([
        ['reverie dreams ls', 'of every memory'],
        ['reverie dreams ls ./memory --archived', 'of one, with those put away'],
      ]),
    )
    .action((memory: string | undefined, { archived, limit }: ListOptions) =>
      run('dreams-ls', async ({ reverie, out }) => {
        const dreams = await (await reverie()).dreams.list({
          ...(memory === undefined ? {} : { memory }),
          withArchived: archived === true,
          limit,
        })
        return {
          data: { dreams: dreams.map(listedDreamReport) },
          view:
            dreams.length === 0
              ? [line('  No dream yet.')]
              : dreams.flatMap((dream) => rowOf(dream, out.width)),
          next: nextSteps(dreams),
        }
      }),
    )
}

function addCancel(group: Command, run: Run): void {
  group
    .command('cancel')
    .description(
      'Cancel a dream that is under way, here or in another process. It stops at its next sign of life; nothing is written and its sessions stay unread.',
    )
    .argument('<dream>', 'id of the dream')
    .addHelpText(
      'before',
      examples([['reverie dreams cancel drm_4f2a', 'for good; Ctrl-C resumes']]),
    )
    .action((id: string) =>
      run('dreams-cancel', async ({ reverie }) => {
        const dream = await (await reverie()).dreams.cancel(id)
        return {
          data: canceledDreamReport(dream),
          view: [line('  ', span('Canceled', 'strong'), ` ${dream.id}`)],
          after: [line('  Nothing was written; its sessions stay unread.')],
          next: [{ command: 'reverie dreams ls', why: 'what else there is' }],
        }
      }),
    )
}

function addArchive(group: Command, run: Run): void {
  group
    .command('archive')
    .description('Leave a dream that has ended out of the list. Nothing else changes.')
    .argument('<dream>', 'id of the dream')
    .option('--undo', 'take it into the list again')
    .addHelpText(
      'before',
      examples([
        ['reverie dreams archive drm_4f2a', 'out of the list'],
        ['reverie dreams archive drm_4f2a --undo', 'into it again'],
      ]),
    )
    .action((id: string, { undo }: { readonly undo?: boolean }) =>
      run('dreams-archive', async ({ reverie, out }) => {
        const { dreams } = await reverie()
        const listed = undo === true ? await dreams.unarchive(id) : await dreams.archive(id)
        return {
          data: listedDreamReport(listed),
          view: rowOf(listed, out.width),
          warnings: undo === true ? [] : stillWaiting(listed),
          next:
            undo === true
              ? []
              : [{ command: `reverie dreams archive ${listed.dream.id} --undo`, why: 'back' }],
        }
      }),
    )
}

/** The list is tidied; what a person has to decide stays where it was. */
function stillWaiting({ dream: { id, planStatus } }: ListedDream): readonly string[] {
  if (planStatus !== 'waiting') return []
  return [`Its plan still waits. Throw it away with \`reverie discard ${id}\`, or decide it.`]
}

/** What is said of a dream: what became of its plan, else how it stands. */
const TONES: Readonly<Record<string, Tone>> = {
  waiting: 'noted',
  applied: 'added',
  failed: 'removed',
  canceled: 'removed',
  reverted: 'removed',
}

function rowOf({ dream, store, changes, held, archivedAt }: ListedDream, width: number): Line[] {
  const state = dream.planStatus === 'none' ? dream.status : dream.planStatus
  const size = changes === 0 ? '' : `   ${counted(changes, 'change')}`
  const heldWords = held === 0 ? '' : `, ${number(held)} held`
  const of = store === null ? 'a store that is gone' : (store.folder ?? `store:${store.name}`)
  const archived = archivedAt === null ? '' : ', archived'
  return wrap(
    [span(dream.id, 'strong'), span(`${size}${heldWords}`), span(`   ${of}${archived}`, 'quiet')],
    {
      width,
      before: [
        blanks(2),
        span(timestamp(dream.createdAt), 'quiet'),
        blanks(2),
        ...padded(span(state, TONES[state] ?? 'plain'), 11),
      ],
    },
  )
}

function nextSteps(dreams: readonly ListedDream[]): NextStep[] {
  const isUnderWay = ({ dream }: ListedDream): boolean =>
    dream.status === 'pending' || dream.status === 'running'
  const running = dreams.find(isUnderWay)
  if (running !== undefined) {
    return [{ command: `reverie dreams cancel ${running.dream.id}`, why: 'stop it' }]
  }
  const waiting = dreams.find(({ dream }) => dream.planStatus === 'waiting')
  return waiting === undefined
    ? []
    : [{ command: `reverie review ${waiting.dream.id}`, why: 'decide on what waits' }]
}
