import type { Command } from 'commander'
import { ReverieError } from '../../core/errors.ts'
import type { PutMemory } from '../../reverie.ts'
import {
  putMemoryReport,
  removedMemoryReport,
} from '../../wire/extensions/stores/memory-acts-report.ts'
import { byteSize } from '../amounts.ts'
import type { CommandContext, CommandResult, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { shellWord } from '../projects/shell-word.ts'
import { line, span, wrap } from '../styled-line.ts'
import { givenText } from './given-text.ts'

const MEMORY_ARGUMENT = ['<memory>', 'a folder of markdown, store:<name> or store:<id>'] as const
const NONE = 'none'

interface PutOptions {
  readonly file?: string
  readonly fromVersion?: string
  readonly undo?: boolean
  readonly ifSha256?: string
}

/** `reverie memory put`. */
export function addPut(group: Command, run: Run): void {
  group
    .command('put')
    .description(
      'Write one note as your own, from a file or from stdin. Equal text changes nothing.',
    )
    .argument(...MEMORY_ARGUMENT)
    .argument('<path>', 'path of the note, for example /project/deploy.md')
    .option('--file <file>', 'the text; without it, what comes on stdin')
    .option('--undo', 'what it said before its last change, or before it was removed')
    .option('--from-version <id>', 'what that version said (`log --json` has ids)')
    .option('--if-sha256 <hash>', 'only if it has this hash now; `none` = only if it is new')
    .addHelpText(
      'before',
      examples([
        ['reverie memory put ./memory /team.md --file ./team.md', 'from a file'],
        ['reverie memory put store:qa /team.md < team.md', 'into a store'],
        ['reverie memory put ./memory /team.md --undo', 'as it was before'],
      ]),
    )
    .action((memory: string, path: string, options: PutOptions) =>
      run('memory-put', (context) => put(context, memory, path, options)),
    )
}

async function put(
  { reverie: open, io, out }: CommandContext,
  memory: string,
  path: string,
  options: PutOptions,
): Promise<CommandResult> {
  assertOneText(options)
  const { file, fromVersion, undo, ifSha256 } = options
  const isVersion = fromVersion !== undefined || undo === true
  const content = isVersion ? null : await givenText(file, io.stdin)
  const { memories } = await open()
  const expected = ifSha256 === undefined ? {} : { expectedSha256: expectedOf(ifSha256) }
  const done =
    content === null
      ? await memories.putVersion(memory, path, fromVersion ?? null)
      : await memories.put(memory, { path, content, ...expected })
  const at = done.memory.path
  return {
    data: putMemoryReport(done),
    view: wrap(
      [
        span(WORDS[done.outcome], 'strong'),
        span(` ${at}   ${byteSize(Buffer.byteLength(done.memory.content))}`),
      ],
      { width: out.width, before: line('  ') },
    ),
    next:
      done.outcome === 'unchanged'
        ? []
        : [{ command: `reverie log ${shellWord(at)}`, why: 'what happened to it' }],
  }
}

function assertOneText({ file, fromVersion, undo, ifSha256 }: PutOptions): void {
  const texts = [file, fromVersion, undo].filter((given) => given !== undefined)
  const isVersion = fromVersion !== undefined || undo !== undefined
  if (texts.length <= 1 && !(isVersion && ifSha256 !== undefined)) return
  throw new ReverieError('invalid_request_error', 'A version brings its own text.', {
    next: 'Give one of --file, --undo and --from-version; --if-sha256 goes with a text of yours.',
  })
}

const WORDS: Readonly<Record<PutMemory['outcome'], string>> = {
  created: 'Written, new',
  modified: 'Written',
  unchanged: 'Unchanged',
}

function expectedOf(given: string): string | null {
  if (given === NONE) return null
  const hash = given.toLowerCase()
  if (/^[\da-f]{64}$/.test(hash)) return hash
  throw new ReverieError('invalid_request_error', '--if-sha256 is no SHA-256 in hex.', {
    next: 'Take `content_sha256` of `reverie memory get --json`, or `none`.',
  })
}

/** `reverie memory rm`. */
export function addRemove(group: Command, run: Run): void {
  group
    .command('rm')
    .description('Remove one note. Its versions stay, so it can be put back.')
    .argument(...MEMORY_ARGUMENT)
    .argument('<path>', 'path of the note, for example /project/deploy.md')
    .option('--if-sha256 <hash>', 'only if it has this hash now')
    .addHelpText(
      'before',
      examples([['reverie memory rm ./memory /old-team.md', 'the output says how to put it back']]),
    )
    .action((memory: string, path: string, { ifSha256 }: { readonly ifSha256?: string }) =>
      run('memory-rm', async ({ reverie, out }) => {
        const expected = ifSha256 === undefined ? undefined : (expectedOf(ifSha256) ?? '')
        const removed = await (await reverie()).memories.remove(memory, path, expected)
        const back = `reverie memory put ${shellWord(memory)} ${shellWord(removed.path)} --undo`
        return {
          data: removedMemoryReport(removed),
          view: wrap([span('Removed', 'strong'), span(` ${removed.path}`)], {
            width: out.width,
            before: line('  '),
          }),
          next: [{ command: back, why: 'put it back' }],
        }
      }),
    )
}
