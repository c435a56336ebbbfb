import { basename } from 'node:path'
import type { Change } from '../../../src/core/change.ts'
import { shareRow } from '../../harness/row.ts'
import { type BenchSet, itemsOf } from '../../harness/suite.ts'
import { sessionsOf } from './error-pool.ts'
import { citedPaths, citedSessions, eventsOf, lessonsOf, textOf, toldBy } from './lesson-checks.ts'

interface ErrorGold {
  readonly kind: 'error'
  readonly error_regex: string
  readonly seen_in_lines: Readonly<Record<string, readonly number[]>>
  readonly transcripts: number
  readonly lesson_must_mention_one_of: readonly string[]
}

interface CommandGold {
  readonly kind: 'command'
  readonly command: string
}

const SET = 'claude-code'
const PLACE = { suite: 'patterns', set: SET }

/** Real transcripts of a coding agent: errors that came back, and commands that merely did. */
export const claudeCode: BenchSet = {
  name: SET,
  async run(context) {
    const gold = itemsOf<ErrorGold | CommandGold>(context, 'patterns', SET)
    const { data, cases } = context
    if (gold.length === 0 || !data.has('sessions', SET)) return []
    const path = data.path('sessions', SET)
    const dreamt = await cases.dream({ memory: {}, transcripts: [{ path }] })
    const told = toldBy(dreamt)
    const errors = gold.filter((row) => row.kind === 'error')
    const commands = gold.filter((row) => row.kind === 'command')
    const recurring = errors.filter(({ transcripts }) => transcripts >= 2)
    const single = errors.filter(({ transcripts }) => transcripts < 2)
    const lessons = lessonsOf(dreamt)
    const baselines = { no_dream: 0, first_80_characters: groupedShare(recurring, data) }
    const hits = <T>(
      items: readonly T[],
      isHit: (item: T) => boolean,
    ): readonly [number, number] => [items.filter(isHit).length, items.length]
    return [
      ...shareRow(
        { ...PLACE, metric: 'found', baselines, target: '>= 0.75' },
        ...hits(recurring, (row) => told.some((change) => isTold(row, change, 2))),
      ),
      ...shareRow(
        { ...PLACE, metric: 'false_recurring', class: 'seen in one transcript', target: '<= 0' },
        ...hits(single, (row) => lessons.some((change) => isTold(row, change, 1))),
      ),
      ...shareRow(
        { ...PLACE, metric: 'false_recurring', class: 'lessons', target: '<= 0' },
        ...hits(lessons, (change) => citedSessions(change).length < 2),
      ),
      ...shareRow(
        { ...PLACE, metric: 'command_alone', target: '<= 0' },
        ...hits(lessons, isCommandAlone),
      ),
      ...shareRow(
        { ...PLACE, metric: 'command_mentioned' },
        ...hits(commands, ({ command }) => lessons.some((it) => textOf(it).includes(command))),
      ),
    ]
  },
}

/** A new entry with one of the terms that cites so many of the transcripts with the error. */
function isTold(gold: ErrorGold, change: Change, citedMin: number): boolean {
  const text = textOf(change).toLowerCase()
  const names = Object.keys(gold.seen_in_lines)
  const cited = citedPaths(change).map((path) => basename(path, '.jsonl'))
  return (
    gold.lesson_must_mention_one_of.some((term) => text.includes(term.toLowerCase())) &&
    names.filter((name) => cited.includes(name)).length >= citedMin
  )
}

/** Without an error of a tool or the words of a user, a lesson is only a habit. */
function isCommandAlone(change: Change): boolean {
  return !eventsOf(change).some(({ speaker }) => speaker === 'tool' || speaker === 'user')
}

/** Grouping failures by their first 80 characters: a group of two sessions that is one error. */
function groupedShare(gold: readonly ErrorGold[], data: Parameters<typeof sessionsOf>[0]): number {
  const failures = [...sessionsOf(data)].flatMap(([session, turns]) =>
    turns.filter(({ isError }) => isError).map(({ result }) => ({ session, result })),
  )
  const groups = [...Map.groupBy(failures, ({ result }) => headOf(result)).values()].filter(
    (group) => new Set(group.map(({ session }) => session)).size >= 2,
  )
  const found = gold.filter(({ error_regex }) => {
    const error = new RegExp(error_regex)
    return groups.some((group) => group.every(({ result }) => error.test(result)))
  })
  return gold.length === 0 ? 0 : found.length / gold.length
}

const HEAD_CHARS = 80

function headOf(result: string): string {
  return result
    .replace(/\S*\/\S*/g, '/')
    .replace(/\b[0-9a-f]{7,}\b/g, '#')
    .replace(/\d+/g, '#')
    .slice(0, HEAD_CHARS)
}
