import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DataFolder } from '../../harness/data-folder.ts'
import { type DreamCases, openDreamCases } from '../../harness/dream-cases.ts'
import type { Row } from '../../harness/row.ts'
import type { BenchSet } from '../../harness/suite.ts'
import { claudeCode } from './claude-code.ts'
import { errorGroups } from './error-pool.ts'
import { invented } from './invented.ts'
import { shuffledErrors } from './shuffled-errors.ts'
import { tauAirline } from './tau-airline.ts'

const jsonl = (...rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A coding session of the tiny set: a push that fails, and the one that works. */
function pushSession(id: string, branch: string): string {
  const calls = [
    ['git push', `fatal: The current branch ${branch} has no upstream branch.`, true],
    [`git push -u origin ${branch}`, 'done', false],
  ] as const
  return jsonl(
    ...calls.flatMap(([command, content, is_error], n) =>
      [
        {
          role: 'assistant',
          block: { type: 'tool_use', id: `${n}`, name: 'Bash', input: { command } },
        },
        { role: 'user', block: { type: 'tool_result', tool_use_id: `${n}`, content, is_error } },
      ].map(({ role, block }) => ({
        type: role,
        uuid: `${id}-${n}-${role}`,
        sessionId: id,
        timestamp: '2026-05-01T09:00:00Z',
        message: { role, content: [block] },
      })),
    ),
  )
}

/** A service run of the tiny set: a tool refuses twice. */
function refusedRun(trial: number): string {
  const call = { function: { name: 'change_seat', arguments: '{"seat":"A1"}' } }
  const turn = [
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', name: 'change_seat', content: `Error: seat ${trial}11 is already taken` },
  ]
  const messages = [{ role: 'user', content: 'Another seat, please.' }, ...turn, ...turn]
  return JSON.stringify({ id: `run-${trial}`, messages }, null, 1)
}

const FILES = {
  'sessions/claude-code/one.jsonl': pushSession('one', 'fix-1'),
  'sessions/claude-code/two.jsonl': pushSession('two', 'topic-b'),
  'patterns/claude-code.tiny.jsonl': jsonl(
    {
      kind: 'error',
      error_regex: 'has no upstream branch',
      seen_in_lines: { one: [2], two: [2] },
      transcripts: 2,
      lesson_must_mention_one_of: ['push -u'],
    },
    {
      kind: 'error',
      error_regex: 'not formatted',
      seen_in_lines: { one: [3] },
      transcripts: 1,
      lesson_must_mention_one_of: ['format'],
    },
    { kind: 'command', command: 'git push' },
    { kind: 'command', command: 'git status' },
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3].map((trial) => [`sessions/tau-airline/run-${trial}.json`, refusedRun(trial)]),
  ),
  'patterns/tau-airline-runs.tiny.jsonl': jsonl(
    ...[0, 1, 2, 3].map((trial) => ({
      trial,
      file: `run-${trial}.json`,
      user_id: 'ada_1815',
      gold_actions: [{ name: 'change_seat' }],
    })),
  ),
  'patterns/tau-airline-errors.tiny.jsonl': jsonl({
    error_kind: 'seat # is already taken',
    seen_in: [0, 1, 2, 3].map((trial) => ({ task: 'one', trial })),
  }),
}

describe('patterns', () => {
  const home = mkdtempSync(join(tmpdir(), 'reverie-patterns-'))
  const data = new DataFolder(join(home, 'data'))
  let cases: DreamCases

  beforeAll(async () => {
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(data.path(name)), { recursive: true })
      writeFileSync(data.path(name), content)
    }
    cases = await openDreamCases(home)
  })
  afterAll(async () => {
    await cases.reverie.close()
    rmSync(home, { recursive: true })
  })

  const valuesOf = async (set: BenchSet, limit: number | null = null): Promise<object> => {
    const rows = await set.run({ data, cases, seed: 1, limit, note: () => undefined })
    return Object.fromEntries(
      rows.map((row: Row) => [[row.metric, row.class].join(' '), row.value]),
    )
  }

  it('finds an error that came back, and what commands its lessons mention', async () => {
    expect(await valuesOf(claudeCode)).toEqual({
      'found ': 1,
      'false_recurring seen in one transcript': 0,
      'false_recurring lessons': 0,
      'command_alone ': 0,
      'command_mentioned ': 0.5,
    })
  })

  it('tells what was refused in the first trials, and learns it when the others came', async () => {
    expect(await valuesOf(tauAirline)).toMatchObject({
      'found trials 0 and 1': 1,
      'found trials 0 and 1, two runs cited': 1,
      'found all trials, two runs cited': 1,
      'false_recurring ': 0,
      'leaked ': 0,
    })
  })

  it('puts failures that share a line into one group', () => {
    expect(errorGroups(data).map((group) => group.length)).toEqual([2, 8])
  })

  it('learns nothing of errors dealt to one session each, and something where they recur', async () => {
    expect(await valuesOf(shuffledErrors, 2)).toEqual({
      'false_recurring one session each': 0,
      'false_lessons one session each': 0,
      'false_recurring sessions resumed': 0,
      'false_lessons sessions resumed': 0,
      'found control: errors recur': 1,
      'same_lessons order and ids of sessions': 1,
    })
  })

  it('knows what the invented sessions teach', async () => {
    const values = await valuesOf(invented, 8)

    expect(values).toMatchObject({ 'found ': 1, 'false_recurring ': 0 })
  })
})
