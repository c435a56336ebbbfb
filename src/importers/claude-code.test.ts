import { describe, expect, it } from 'vitest'
import { derivedId } from '../core/ids.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { claudeCodeImporter } from './claude-code.ts'
import { describeImporter, sourceOf } from './importer.contract.ts'
import type { ImportResult } from './importer.ts'
import { secretRedactor } from './redact.ts'

type Row = Readonly<Record<string, unknown>>

const SESSION = '0f0e0d0c-0000-4000-8000-000000000001'
let made = 0

function row(type: string, fields: Row = {}): Row {
  made += 1
  return {
    type,
    uuid: `row-${made}`,
    sessionId: SESSION,
    timestamp: '2026-03-01T09:00:00.000Z',
    ...fields,
  }
}

const user = (content: unknown, fields: Row = {}): Row =>
  row('user', { message: { role: 'user', content }, ...fields })
const assistant = (content: unknown, fields: Row = {}): Row =>
  row('assistant', { message: { role: 'assistant', content }, ...fields })
const use = (id: string, name: string, input: unknown): Row =>
  assistant([{ type: 'tool_use', id, name, input }])
const result = (id: string, content: unknown, fields: Row = {}): Row =>
  user([{ type: 'tool_result', tool_use_id: id, content, ...fields }])

const jsonl = (...rows: readonly Row[]): string =>
  rows.map((it) => `${JSON.stringify(it)}\n`).join('')

function read(text: string, path?: string): Promise<ImportResult> {
  return claudeCodeImporter.read(sourceOf(text, path), secretRedactor())
}

async function eventsOf(...rows: readonly Row[]): Promise<readonly SessionEvent[]> {
  const { sessions } = await read(jsonl(...rows))
  return sessions.flatMap(({ events }) => events)
}

function transcript(words: string): string {
  made = 0
  return jsonl(
    { type: 'file-history-snapshot', messageId: 'm', snapshot: {} },
    user(words),
    assistant([{ type: 'thinking', thinking: 'hm', signature: 's' }]),
    assistant([{ type: 'text', text: 'I will look.' }]),
    use('t1', 'Bash', { command: 'git push', description: 'Push' }),
    result('t1', 'fatal: no upstream', { is_error: true }),
    user([{ type: 'text', text: '[Request interrupted by user]' }]),
    row('system', { subtype: 'compact_boundary' }),
    user('This session is being continued from a previous conversation.', {
      isCompactSummary: true,
    }),
    user('again', { sessionId: 'resumed' }),
  )
}

describeImporter({
  importer: claudeCodeImporter,
  text: transcript('push the branch'),
  saying: transcript,
})

describe('rows', () => {
  it('skips each line that says nothing with its reason', async () => {
    const text = [
      JSON.stringify(user('hello')),
      '',
      '{"type":"user"',
      JSON.stringify(row('progress')),
      JSON.stringify(row('invented')),
      JSON.stringify(assistant([{ type: 'thinking', thinking: 'hm' }])),
      JSON.stringify(assistant([])),
      '[1]',
      '{"type":"assi',
    ].join('\n')

    const { tally } = await read(text)

    expect(tally).toMatchObject({
      lines: 9,
      read: 1,
      skipped: {
        blank: 1,
        'not JSON': 2,
        'no content: progress': 1,
        'unknown type: invented': 1,
        'no content: thinking': 1,
        'no content: assistant': 1,
        'torn line': 1,
      },
    })
  })

  it('reads a row once that a resumed file repeats', async () => {
    const first = user('hello')

    const { sessions, tally } = await read(jsonl(first, first))

    expect(sessions[0]?.events).toHaveLength(1)
    expect(tally.skipped).toEqual({ repeated: 1 })
  })

  it('keeps the parts of one message that stands in several rows', async () => {
    const part = (text: string): Row =>
      row('assistant', {
        message: { id: 'msg', role: 'assistant', content: [{ type: 'text', text }] },
      })

    const events = await eventsOf(part('one'), part('two'))

    expect(events.map(({ text }) => text)).toEqual(['one', 'two'])
  })

  it('derives ids from the uuid, so that they are the same on every machine and in every copy', async () => {
    const [event] = await eventsOf(user('hello', { uuid: 'u-1' }))

    const sessionId = derivedId('sesn', 'claude-code', SESSION)
    expect(event?.sessionId).toBe(sessionId)
    expect(event?.id).toBe(derivedId('sevt', 'claude-code', 'u-1', '0'))
  })

  it('states times in UTC and none where the row has none', async () => {
    const events = await eventsOf(
      user('a', { timestamp: '2026-03-01T10:00:00+02:00' }),
      user('b', { timestamp: 'yesterday' }),
    )

    expect(events.map(({ at }) => at)).toEqual(['2026-03-01T08:00:00.000Z', null])
  })
})

describe('tool calls', () => {
  it('shows a command as typed and other arguments as JSON', async () => {
    const events = await eventsOf(
      use('t1', 'Bash', { command: 'npm test\nnpm run build', description: 'Test' }),
      use('t2', 'Read', { file_path: 'a.ts' }),
    )

    expect(events.map(({ text, tool }) => [text, tool?.input])).toEqual([
      ['npm test\nnpm run build', '{"command":"npm test\\nnpm run build","description":"Test"}'],
      ['{"file_path":"a.ts"}', '{"file_path":"a.ts"}'],
    ])
  })

  it('gives a result the name of its call, its error flag and its shown text', async () => {
    const events = await eventsOf(
      use('t1', 'Bash', { command: 'ls' }),
      result(
        't1',
        [
          { type: 'text', text: 'a' },
          { type: 'image', source: {} },
        ],
        { is_error: true },
      ),
      result('t9', 'Exit code 1'),
    )

    expect(events.slice(1).map(({ text, tool }) => [text, tool?.name, tool?.isError])).toEqual([
      ['a\n[image]', 'Bash', true],
      ['Exit code 1', 'unknown', false],
    ])
  })
})

describe('whose words they are', () => {
  const voiceOf = async (content: unknown, fields: Row = {}): Promise<unknown> => {
    const events = await eventsOf(user(content, fields))
    return events.map(({ voice, speaker }) => `${speaker} ${voice}`)
  }

  it.each([
    ['typed text', 'fix the build', {}, ['user own']],
    ['typed text of newer versions', 'fix it', { origin: { kind: 'human' } }, ['user own']],
    ['a prompt by a program of the person', 'fix it', { promptSource: 'sdk' }, ['user own']],
    ['a long text', 'log line\n'.repeat(600), {}, ['user pasted']],
    ['a meta row', 'Base directory: x', { isMeta: true }, ['user injected']],
    ['a notification', 'agent done', { origin: { kind: 'task-notification' } }, ['user injected']],
    ['a prompt of the system', 'go on', { promptSource: 'system' }, ['user injected']],
    ['a command', '<command-name>/clear</command-name>', {}, ['user injected']],
    [
      'output of a command',
      '<local-command-stdout>ok</local-command-stdout>',
      {},
      ['user injected'],
    ],
    ['a reminder', '<system-reminder>be brief</system-reminder>', {}, ['user injected']],
    ['a task', '<task-notification>done</task-notification>', {}, ['user injected']],
    ['an interruption', '[Request interrupted by user for tool use]', {}, ['user injected']],
    ['hook output', 'Stop hook feedback: run the tests', {}, ['user injected']],
    ['a marked summary', 'We did things.', { isCompactSummary: true }, ['agent summary']],
    [
      'an unmarked summary',
      'This session is being continued from a previous conversation that ran out.',
      {},
      ['agent summary'],
    ],
  ])('tells %s', async (_name, text, fields, voices) => {
    expect(await voiceOf(text, fields)).toEqual(voices)
  })

  it('splits a message into the words of the person and those put into it', async () => {
    const text = 'use port 5433\n<system-reminder>never tell</system-reminder>\nplease'

    const events = await eventsOf(user(text))

    expect(events.map((event) => [event.voice, event.text])).toEqual([
      ['own', 'use port 5433'],
      ['injected', '<system-reminder>never tell</system-reminder>'],
      ['own', 'please'],
    ])
    expect(events.every((event) => text.includes(event.text))).toBe(true)
  })

  it('counts everything after an unclosed block as put in', async () => {
    const events = await eventsOf(user('mine <system-reminder> theirs, or mine?'))

    expect(events.map(({ voice }) => voice)).toEqual(['own', 'injected'])
  })

  it('does not take an answer of the program for the agent', async () => {
    const [event] = await eventsOf(
      assistant([{ type: 'text', text: 'API Error: 529' }], { isApiErrorMessage: true }),
    )

    expect(event?.voice).toBe('injected')
  })
})

describe('a rewind', () => {
  const at = (uuid: string, parentUuid: string | null): Row => ({ uuid, parentUuid })

  it('leaves what followed the earlier prompt, and counts it', async () => {
    const { sessions, tally } = await read(
      jsonl(
        user('build it', at('1', null)),
        assistant('done', at('2', '1')),
        row('system', at('3', '2')),
        user('use port 5432', at('4', '3')),
        assistant('it is 5432', at('5', '4')),
        user('use port 5433', at('6', '2')),
        assistant('it is 5433', at('7', '6')),
      ),
    )

    const events = sessions[0]?.events ?? []
    expect(events.map(({ text }) => text)).toEqual([
      'build it',
      'done',
      'use port 5433',
      'it is 5433',
    ])
    expect(events.map(({ ordinal }) => ordinal)).toEqual([0, 1, 4, 5])
    expect(tally).toMatchObject({ lines: 7, read: 4, skipped: { 'left by a rewind': 2 } })
  })

  it('is not told by parallel calls, nor by sub-agents', async () => {
    const call = (id: string, place: Row): Row =>
      assistant([{ type: 'tool_use', id, name: 'Bash', input: {} }], place)
    const back = (id: string, place: Row): Row =>
      user([{ type: 'tool_result', tool_use_id: id, content: id }], place)
    const events = await eventsOf(
      user('go', at('1', null)),
      call('a', at('2', '1')),
      call('b', at('3', '2')),
      back('a', at('4', '2')),
      back('b', at('5', '3')),
      user('more', at('6', '5')),
      user('for one', { ...at('7', '2'), isSidechain: true }),
      user('for two', { ...at('8', '2'), isSidechain: true }),
    )

    expect(events).toHaveLength(8)
  })
})

describe('sub-agents and resumed sessions', () => {
  const path = `p/${SESSION}/subagents/agent-a1b2.jsonl`
  const side = { isSidechain: true, agentId: 'a1b2' }

  it('puts a sub-agent into the session of its parent, in a thread of its own', async () => {
    const { sessions } = await read(
      jsonl(user('find the port', side), assistant('5433', side)),
      path,
    )

    expect(sessions[0]?.session.id).toBe(derivedId('sesn', 'claude-code', SESSION))
    expect(sessions[0]?.session.agentIds).toEqual(['a1b2'])
    expect(sessions[0]?.events.map(({ speaker, threadId }) => [speaker, threadId])).toEqual([
      ['agent', 'a1b2'],
      ['agent', 'a1b2'],
    ])
  })

  it('takes the agent from the name of the file where older rows leave it out', async () => {
    const { sessions } = await read(jsonl(user('find the port', { isSidechain: true })), path)

    expect(sessions[0]?.events[0]?.agentId).toBe('a1b2')
  })

  it('reads a compacting agent as a summary', async () => {
    const compacting = { isSidechain: true, agentId: 'acompact-70d8' }

    const events = await eventsOf(
      user('Your task is to summarise', compacting),
      assistant([{ type: 'text', text: 'The port is 5433.' }], compacting),
    )

    expect(events.map(({ type, voice }) => [type, voice])).toEqual([
      ['user.message', 'injected'],
      ['agent.thread_context_compacted', 'summary'],
    ])
  })

  it('makes a session of each id in a file and links it to the one before', async () => {
    const { sessions } = await read(jsonl(user('one'), user('two', { sessionId: 'later' })))

    const parent = derivedId('sesn', 'claude-code', SESSION)
    expect(sessions.map(({ session }) => session.parentSessionId)).toEqual([null, parent])
  })

  it('links a fork to the session that it states', async () => {
    const { sessions } = await read(jsonl(user('one', { forkedFrom: { sessionId: 'origin' } })))

    expect(sessions[0]?.session.parentSessionId).toBe(derivedId('sesn', 'claude-code', 'origin'))
  })

  it('reads the rows that a fork copied as those of the session that said them', async () => {
    const rows = [user('one'), assistant('two')]
    const copies = rows.map((it) => ({
      ...it,
      sessionId: 'fork',
      forkedFrom: { sessionId: SESSION, messageUuid: it.uuid },
    }))
    const origin = await read(jsonl(...rows))
    const fork = await read(jsonl(...copies, user('three', { sessionId: 'fork' })))

    const own = derivedId('sesn', 'claude-code', 'fork')
    const parent = derivedId('sesn', 'claude-code', SESSION)
    expect(fork.sessions[0]?.events).toEqual(origin.sessions[0]?.events)
    expect(fork.sessions[1]).toMatchObject({
      session: { id: own, parentSessionId: parent },
      events: [{ text: 'three' }],
    })
  })

  it('gives copied rows the same ids where only the session was rewritten', async () => {
    const rows = [user('one'), assistant('two')]
    const resumed = rows.map((it) => ({ ...it, sessionId: 'resumed' }))
    const idsOf = ({ sessions }: ImportResult) => sessions[0]?.events.map(({ id }) => id)

    expect(idsOf(await read(jsonl(...resumed)))).toEqual(idsOf(await read(jsonl(...rows))))
  })

  it('titles a session by the first words of a person and dates it by its events', async () => {
    const { sessions } = await read(
      jsonl(
        user('<command-name>/clear</command-name>', { timestamp: '2026-03-01T08:00:00Z' }),
        user('fix the build\nplease', { timestamp: '2026-03-01T10:00:00Z' }),
      ),
    )

    expect(sessions[0]?.session).toMatchObject({
      title: 'fix the build',
      startedAt: '2026-03-01T08:00:00.000Z',
      endedAt: '2026-03-01T10:00:00.000Z',
      userIds: [],
    })
  })
})
