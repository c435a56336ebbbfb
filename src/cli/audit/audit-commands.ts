import { type Command, InvalidArgumentError } from 'commander'
import type { ChainVerdict } from '../../core/audit/audit-chain.ts'
import { anchorText } from '../../core/audit/audit-check.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { AuditLine } from '../../reverie.ts'
import {
  auditHeadReport,
  auditReport,
  auditVerdictReport,
} from '../../wire/extensions/audit-line.ts'
import { counted, number, timestamp } from '../amounts.ts'
import type { CommandResult, Run } from '../command-run.ts'
import { EXIT } from '../exit-code.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { parseSince } from '../since.ts'
import { blanks, type Line, line, padded, span, wrap } from '../styled-line.ts'

const LINES_SHOWN = 50

interface ListOptions {
  readonly act?: readonly string[]
  readonly since?: string
  readonly subject?: string
  readonly limit: number
  readonly workspace?: string
}

/** `reverie audit`: what was done, and whether its log is as it was written. */
export function addAuditCommands(program: Command, run: Run): void {
  const group = program
    .command('audit')
    .description('List who changed, approved, released and erased what, newest first.')
    .option('--act <act...>', 'only these acts, such as change.released')
    .option('--since <when>', '24h, 7d, 2w or a date')
    .option('--subject <id>', 'only what was done to this')
    .option('--limit <n>', 'lines at most', wholeNumber, LINES_SHOWN)
    .option('--workspace <id>', 'of another workspace of the server')
    .addHelpText(
      'before',
      examples([
        ['reverie audit --since 7d', 'the last week'],
        ['reverie audit --act change.released', 'what people let in'],
        ['reverie audit verify', 'is every line as it was written?'],
        ['reverie audit head', 'what to keep elsewhere'],
      ]),
    )
    .action((options: ListOptions) =>
      run('audit', async ({ reverie, io, out }) => {
        const { act, since, subject, limit, workspace } = options
        const lines = await (await reverie()).audit.list({
          limit,
          ...(act === undefined ? {} : { acts: act as readonly AuditLine['act'][] }),
          ...(since === undefined ? {} : { since: parseSince(since, io.now()) }),
          ...(subject === undefined ? {} : { subject }),
          ...(workspace === undefined ? {} : { workspace: workspace as WorkspaceId }),
        })
        return {
          data: { lines: lines.map(auditReport) },
          view:
            lines.length === 0
              ? [line('  Nothing is noted.')]
              : lines.flatMap((entry) => lineView(entry, out.width)),
          next: [{ command: 'reverie audit verify', why: 'is every line as it was written?' }],
        }
      }),
    )
  addVerify(group, run)
  addHead(group, run)
}

interface ChainOptions {
  readonly anchor?: string
  readonly workspace?: string
}

function addVerify(group: Command, run: Run): void {
  group
    .command('verify')
    .description('Check that every line of the audit is as it was written.')
    .option('--anchor <link>', 'what `reverie audit head` printed earlier')
    .option('--workspace <id>', 'of another workspace of the server')
    .addHelpText(
      'before',
      examples([
        ['reverie audit verify', 'finds what was edited, deleted, put in or moved'],
        ['reverie audit verify --anchor 812:9f3c…', 'finds a cut end too'],
      ]),
    )
    .action((_: ChainOptions, command: Command) =>
      run('audit-verify', async ({ reverie, out }) => {
        const { anchor, workspace } = command.optsWithGlobals<ChainOptions>()
        const { audit } = await reverie()
        const verdict = await audit.verify(anchor ?? null, workspace as WorkspaceId | undefined)
        return told(verdict, anchor !== undefined, out.width)
      }),
    )
}

const KEEP = 'Keep it where nobody who can write to this storage can change it.'

function addHead(group: Command, run: Run): void {
  group
    .command('head')
    .description('Print where the audit ends, to be kept elsewhere as an anchor.')
    .option('--workspace <id>', 'of another workspace of the server')
    .addHelpText('before', examples([['reverie audit head', 'one line: <sequence>:<link>']]))
    .action((_: ChainOptions, command: Command) =>
      run('audit-head', async ({ reverie, talk }) => {
        const { workspace } = command.optsWithGlobals<ChainOptions>()
        const head = await (await reverie()).audit.head(workspace as WorkspaceId | undefined)
        return {
          data: auditHeadReport(head),
          view: [line(head === null ? '  Nothing is noted yet.' : anchorText(head))],
          after: head === null ? [] : wrap([span(KEEP, 'quiet')], { width: talk.width }),
        }
      }),
    )
}

const FAULT: Readonly<Record<NonNullable<ChainVerdict['broken']>['fault'], string>> = {
  edited: 'is not the line that was written',
  inserted: 'was put in',
  deleted: 'stands where a line is missing',
  moved: 'stands where another line was',
  cut: 'is missing, or all was written anew: the anchor is not in this audit',
}

function told(verdict: ChainVerdict, isAnchored: boolean, width: number): CommandResult {
  const { lines, unlinked, broken } = verdict
  const older = unlinked === 0 ? '' : `; ${number(unlinked)} older than the chain, only counted`
  const words =
    broken === null
      ? `${counted(lines - unlinked, 'line')} as written${older}`
      : `line ${number(broken.index + 1)} ${FAULT[broken.fault]}`
  const limit = 'Without --anchor nobody can tell whether lines are missing at the end.'
  return {
    data: auditVerdictReport(verdict, isAnchored),
    view: labelled(broken === null ? 'Whole' : 'Broken', words, width),
    ...(isAnchored ? {} : { warnings: [limit] }),
    ...(broken === null ? {} : { exitCode: EXIT.failed }),
    next:
      broken === null
        ? [{ command: 'reverie audit head', why: 'keep what it prints elsewhere' }]
        : [],
  }
}

function lineView({ at, act, subject, by, details }: AuditLine, width: number): Line[] {
  const { by: who } = auditReport({ id: '', at, act, subject, by, details, chain: null })
  const more = Object.entries(details).map(([name, value]) => `${name} ${value}`)
  return wrap(
    [
      span(subject),
      span(`  by ${who.id ?? 'the folder'}`, 'quiet'),
      ...(more.length === 0 ? [] : [span(`  ${more.join('  ')}`, 'quiet')]),
    ],
    {
      width,
      before: [
        blanks(2),
        span(timestamp(at), 'quiet'),
        blanks(2),
        ...padded(span(act, 'strong'), 18),
      ],
    },
  )
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new InvalidArgumentError('It is a whole number from 1.')
}
