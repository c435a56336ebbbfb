import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ran } from '../../support/command-world.ts'
import { HostileWorld, rawIn, said } from './hostile-world.ts'
import { MEMORY_CASES } from './memory-cases.ts'
import { TRANSCRIPT_CASES } from './transcript-cases.ts'

interface BadLine {
  readonly path: string
  readonly line: number | null
  readonly reason: string
}

interface Added {
  readonly data: { readonly new_events: number; readonly bad_lines: readonly BadLine[] }
}

/** All cases at once, each in a folder of its own: what one does must not hide another. */
const folderOf = (index: number): string => `case-${index}`

describe('transcripts of strangers', () => {
  const world = new HostileWorld()
  let added: Ran
  let dreamt: Ran
  let report: Added['data']

  beforeAll(async () => {
    for (const [index, { put }] of TRANSCRIPT_CASES.entries())
      put(world.place(world.sessions, folderOf(index)))
    added = await world.run('session', 'add', world.sessions, '--json')
    report = (JSON.parse(added.stdout) as Added).data
    dreamt = await world.run('dream', world.memory, '--sessions', world.sessions)
  })

  afterAll(() => world[Symbol.dispose]())

  test.each(TRANSCRIPT_CASES.map((one, index) => ({ ...one, index })))('$name', (one) => {
    const below = join(world.sessions, folderOf(one.index))
    const bad = report.bad_lines.filter(({ path }) => path.startsWith(`${below}/`))
    const isTold = ([file, line, reason]: (typeof one.told)[number]): boolean =>
      bad.some(
        (item) => item.path === join(below, file) && item.line === line && reason.test(item.reason),
      )

    expect(one.told.filter((place) => !isTold(place))).toEqual([])
    expect(bad).toHaveLength(one.told.length)
  })

  test('leave the good rest to be read', () => {
    const events = TRANSCRIPT_CASES.reduce((sum, one) => sum + one.events, 1)

    expect([added.exitCode, dreamt.exitCode]).toEqual([0, 0])
    expect(report.new_events).toBe(events)
    expect(dreamt.stdout).toContain('port 6000')
  })

  test('write nothing, and bring no control character to a terminal', () => {
    expect([rawIn(added), rawIn(dreamt)]).toEqual([null, null])
    expect(world.note()).toContain('port 5432')
  })
})

describe('notes of strangers', () => {
  const world = new HostileWorld()
  let dreamt: Ran
  let before: Readonly<Record<string, string>>
  let warnings: readonly string[]

  beforeAll(async () => {
    for (const [index, { put }] of MEMORY_CASES.entries())
      put(world.place(world.memory, folderOf(index)))
    before = bytesBelow(world.memory)
    dreamt = await world.run('dream', world.memory, '--sessions', world.sessions, '--json')
    warnings = (JSON.parse(dreamt.stdout) as { warnings: readonly string[] }).warnings
  })

  afterAll(() => world[Symbol.dispose]())

  test.each(MEMORY_CASES.map((one, index) => ({ ...one, index })))('$name', ({ told, index }) => {
    const found = warnings.filter((warning) => warning.startsWith(`/${folderOf(index)}/`))

    for (const [file, reason] of told) {
      expect(found.filter((item) => item.includes(file) && reason.test(item))).not.toEqual([])
    }
    if (told.length === 0) expect(found).toEqual([])
  })

  test('leave the good rest to be read, and stay as they are when it is applied', async () => {
    const { data } = JSON.parse(dreamt.stdout) as { data: { dream: { id: string } } }
    const applied = await world.run('apply', data.dream.id)

    expect([dreamt.exitCode, applied.exitCode], applied.stderr).toEqual([0, 0])
    expect(world.note()).toContain('port 6000')
    expect({ ...bytesBelow(world.memory), 'notes.md': '' }).toEqual({ ...before, 'notes.md': '' })
    expect([rawIn(dreamt), rawIn(applied)]).toEqual([null, null])
  })
})

/** Small regular files by name, one character for each byte; links are not followed. */
function bytesBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    files
      .filter((path) => statSync(path).size < 10_000_000)
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  )
}

const EVIL = 'x\u001b[31m\u001b]52;c;ZXZpbA==\u0007\u202e\u200b\u009b2J\b\u2028 y'

describe('what a terminal would act on', () => {
  test('reaches it by no command, from notes, names, titles, tools, agents and sessions', async () => {
    using world = new HostileWorld()
    const evil = `# ${EVIL}\n\n- The ${EVIL} port is 1.\n`
    for (const folder of ['\u202egpj', 'plain'])
      world.place(world.memory, folder).write('evil.md', evil)
    const call = { id: EVIL, function: { name: EVIL, arguments: JSON.stringify({ a: EVIL }) } }
    const events = [
      said('', { role: 'system', title: EVIL, agent: EVIL }),
      said(`Remember: the ${EVIL} warehouse closes at 16:00 on Fridays.`, { thread: EVIL }),
      said('', { role: 'assistant', tool_calls: [call] }),
      said(`Error: ${EVIL}`, { role: 'tool', tool_call_id: EVIL }),
      `{${EVIL}\n`,
    ]
    const name = EVIL.replaceAll('/', '')
    world.place(world.sessions, name).write(`${name}.jsonl`, events.join(''))
    const first = await world.run('dream', world.memory, '--sessions', world.sessions, '--json')
    const { data } = JSON.parse(first.stdout) as {
      data: { dream: { id: string }; changes: readonly { id: string }[] }
    }
    const listed = await world.run('session', 'ls', '--json')
    const { sessions } = (JSON.parse(listed.stdout) as { data: { sessions: { id: string }[] } })
      .data
    const commands: readonly (readonly string[])[] = [
      ['session', 'add', world.sessions],
      ['session', 'ls'],
      ...sessions.map(({ id }) => ['session', 'show', id]),
      ['dream', world.memory, '--sessions', world.sessions],
      ['show', data.dream.id, '--diff'],
      ...data.changes.map(({ id }) => ['show', id]),
      ['status'],
      ['log'],
      ['memory', 'ls', world.memory],
      ['memory', 'get', world.memory, '/\u202egpj/evil.md', '--history'],
      ['memory', 'search', world.memory, EVIL],
      ['memory', 'as-of', world.memory, '2026-11-01'],
      ['doctor'],
      ['audit'],
      ['review', '--held', world.memory, '--list'],
      ['apply', data.dream.id],
      ['revert', data.dream.id],
      ['show', EVIL],
      ['dream', `${world.base}/${EVIL}`],
      [EVIL],
    ]

    const raw: string[] = []
    for (const argv of commands) {
      for (const more of [[], ['--json'], ['--verbose']]) {
        const found = rawIn(await world.run(...argv, ...more))
        if (found !== null) raw.push(`${argv.join(' ')} ${more}: ${found}`)
      }
    }

    expect(data.changes.length).toBeGreaterThan(0)
    expect(raw).toEqual([])
  })
})
