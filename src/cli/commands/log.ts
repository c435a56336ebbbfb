import type { Command } from 'commander'
import { type Actor, actorId } from '../../core/memory.ts'
import type { LogEntry } from '../../reverie.ts'
import { logEntryReport } from '../../wire/extensions/status-report.ts'
import { timestamp } from '../amounts.ts'
import type { NextStep, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { blanks, type Line, line, padded, span, type Tone, wrap } from '../styled-line.ts'

export function addLogCommand(program: Command, run: Run): void {
  program
    .command('log')
    .description('List what happened to the memories, newest first, and who did it.')
    .argument('[path]', 'only this memory, for example /project/deploy.md')
    .addHelpText(
      'before',
      examples([
        ['reverie log', 'everything'],
        ['reverie log /project/deploy.md', 'one memory'],
      ]),
    )
    .action((path: string | undefined) =>
      run('log', async ({ reverie, out }) => {
        const entries = await (await reverie()).log(path)
        return {
          data: { versions: entries.map(logEntryReport) },
          view:
            entries.length === 0
              ? [line('  Nothing has happened yet.')]
              : entries.flatMap((entry) => entryView(entry, out.width)),
          next: nextSteps(entries),
        }
      }),
    )
}

const OPERATION_TONE: Readonly<Record<LogEntry['version']['operation'], Tone>> = {
  created: 'added',
  modified: 'noted',
  deleted: 'removed',
}

function entryView({ at, store, version }: LogEntry, width: number): Line[] {
  return wrap(
    [
      span(version.path ?? '(redacted)', 'strong'),
      span(`  ${actorWords(version.actor)}`),
      span(`  ${store.folder ?? store.name}`, 'quiet'),
    ],
    {
      width,
      before: [
        blanks(2),
        span(timestamp(at), 'quiet'),
        blanks(2),
        ...padded(span(version.operation, OPERATION_TONE[version.operation]), 10),
      ],
    },
  )
}

function actorWords(actor: Actor): string {
  if (actor.type === 'folder_actor')
    return actor.firstSight ? 'found in the folder' : 'edited by hand'
  if (actor.type === 'dream_actor') return `by dream ${actor.dreamId}`
  return `by ${actorId(actor) ?? actor.type}`
}

function nextSteps(entries: readonly LogEntry[]): NextStep[] {
  const [dreamId] = entries.flatMap(({ version: { actor } }) =>
    actor.type === 'dream_actor' ? [actor.dreamId] : [],
  )
  return dreamId === undefined
    ? []
    : [{ command: `reverie show ${dreamId}`, why: 'the words behind it' }]
}
