import type { Command } from 'commander'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import {
  importReport,
  sessionEventReport,
  sessionSummaryReport,
} from '../../wire/extensions/session-report.ts'
import { counted, timestamp } from '../amounts.ts'
import type { Run } from '../command-run.ts'
import { formatOption } from '../format-option.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { importView } from '../reading-view.ts'
import { BLANK, blanks, type Line, line, span, wrap } from '../styled-line.ts'

export function addSessionCommands(program: Command, run: Run): void {
  const group = program
    .command('session')
    .description('Keep transcripts of past sessions, so that they outlive their source.')
    .addHelpText(
      'before',
      examples([
        ['reverie session add ./sessions', 'store transcripts'],
        ['reverie session ls', 'what is stored'],
      ]),
    )
  addAdd(group, run)
  addList(group, run)
  addShow(group, run)
  addRemove(group, run)
}

function addAdd(group: Command, run: Run): void {
  group
    .command('add')
    .description(
      'Store transcripts, secrets taken out. A transcript that grew is read on from there.',
    )
    .argument('<source...>', 'files, folders or globs')
    .addOption(formatOption())
    .addHelpText(
      'before',
      examples([['reverie session add ~/.claude/projects/-home-me-shop', 'a whole project']]),
    )
    .action((sources: readonly string[], options: { readonly format?: string }) =>
      run('session-add', async ({ reverie, out }) => {
        const imported = await (await reverie()).sessions.add(sources, options.format)
        const found = `${counted(imported.sessions, 'session')} in ${counted(imported.files, 'file')}`
        return {
          data: importReport(imported),
          view: [
            ...labelled(
              'Stored',
              `${found}, ${counted(imported.newEvents, 'new event')}`,
              out.width,
            ),
            ...importView(imported, out.width),
          ],
          warnings: imported.files === 0 ? ['No transcript was found there.'] : [],
          next:
            imported.sessions === 0
              ? []
              : [{ command: 'reverie dream <memory> --sessions <id>', why: 'dream over one' }],
        }
      }),
    )
}

function addList(group: Command, run: Run): void {
  group
    .command('ls')
    .description('List the stored sessions, oldest first.')
    .addHelpText('before', examples([['reverie session ls', 'times, ids, titles']]))
    .action(() =>
      run('session-ls', async ({ reverie, out }) => {
        const sessions = await (await reverie()).sessions.list()
        return {
          data: { sessions: sessions.map(sessionSummaryReport) },
          view:
            sessions.length === 0
              ? [line('  No session is stored.')]
              : sessions.flatMap((session) => sessionRow(session, out.width)),
          next:
            sessions.length === 0
              ? [{ command: 'reverie session add <folder>', why: 'store some' }]
              : [],
        }
      }),
    )
}

function addShow(group: Command, run: Run): void {
  group
    .command('show')
    .description('Print one session as it was stored, with the lines that evidence points to.')
    .argument('<session>', 'id of the session')
    .addHelpText('before', examples([['reverie session show sesn_12ab', 'every event']]))
    .action((id: string) =>
      run('session-show', async ({ reverie, out }) => {
        const { session, events } = await (await reverie()).sessions.get(id)
        return {
          data: { session: sessionSummaryReport(session), events: events.map(sessionEventReport) },
          view: [
            ...sessionRow(session, out.width),
            ...events.flatMap((event) => eventView(event, out.width)),
          ],
        }
      }),
    )
}

function addRemove(group: Command, run: Run): void {
  group
    .command('rm')
    .description('Remove a stored session. Quotes that changes rest on stay in the ledger.')
    .argument('<session>', 'id of the session')
    .addHelpText('before', examples([['reverie session rm sesn_12ab', 'forget its events']]))
    .action((id: string) =>
      run('session-rm', async ({ reverie }) => {
        const removed = await (await reverie()).sessions.remove(id)
        return {
          data: { session_id: removed },
          view: [line('  ', span('Removed', 'strong'), ` ${removed}`)],
        }
      }),
    )
}

function sessionRow(session: Session, width: number): Line[] {
  const title = session.title === '' ? session.sourcePath : session.title
  return wrap([span(session.id, 'strong'), span(`  ${title}`)], {
    width,
    before: [blanks(2), span(timestamp(session.startedAt).padEnd(16), 'quiet'), blanks(2)],
  })
}

function eventView(event: SessionEvent, width: number): Line[] {
  const voice = event.voice === 'own' ? '' : ` (${event.voice})`
  const tool = event.tool === null ? '' : ` ${event.tool.name}`
  const failed = event.tool?.isError === true ? ' failed' : ''
  const who = `${event.speaker}${tool}${failed}${voice}`
  return [
    BLANK,
    line(
      '  ',
      span(who, 'strong'),
      span(`  ${timestamp(event.at)} · line ${event.source.line}`, 'quiet'),
    ),
    ...event.text.split('\n').flatMap((row) => wrap([span(row)], { width, before: [blanks(4)] })),
  ]
}
