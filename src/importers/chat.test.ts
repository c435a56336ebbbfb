import { describe, expect, it } from 'vitest'
import { derivedId } from '../core/ids.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { chatImporter } from './chat.ts'
import { describeImporter, sourceOf } from './importer.contract.ts'
import type { ImportResult } from './importer.ts'
import { secretRedactor } from './redact.ts'

type Message = Readonly<Record<string, unknown>>

const jsonl = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const call = (id: string, name: string, args: unknown): Message => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name, arguments: args } }],
})

function read(text: string, path?: string): Promise<ImportResult> {
  return chatImporter.read(sourceOf(text, path), secretRedactor())
}

async function eventsOf(...messages: readonly Message[]): Promise<readonly SessionEvent[]> {
  const { sessions } = await read(jsonl(...messages))
  return sessions.flatMap(({ events }) => events)
}

function transcript(words: string): string {
  return jsonl(
    { id: 'c-1', user: 'mia', agent: 'desk' },
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: words, at: '2026-03-01T09:00:00Z' },
    call('t1', 'find_order', '{"id": 7}'),
    { role: 'tool', tool_call_id: 't1', content: 'Error: no such order' },
    { role: 'assistant', content: [{ type: 'text', text: 'There is none.' }] },
    { role: 'user', content: 'elsewhere', session: 'c-2' },
    { role: 'user', content: '' },
  )
}

describeImporter({ importer: chatImporter, text: transcript('where is it?'), saying: transcript })

describeImporter({
  importer: chatImporter,
  text: JSON.stringify([{ id: 'a', messages: [{ role: 'user', content: 'hello' }] }], null, 2),
  saying: (words) => JSON.stringify({ messages: [{ role: 'user', content: words }] }, null, 2),
})

describe('who may read and who speaks', () => {
  it('is told of the session and of single messages', async () => {
    const { sessions } = await read(
      jsonl(
        { id: 's', audience: 'team:core' },
        { role: 'user', user: 'ann', content: 'hello' },
        { role: 'user', user: 'bob', content: 'and', audience: 'private:bob', trust: 'external' },
        { role: 'user', content: 'odd', audience: 'everybody', trust: 'best' },
      ),
    )

    expect(sessions.map(({ session }) => [session.audience, session.userIds])).toEqual([
      ['team:core', ['ann', 'bob']],
    ])
    expect(sessions[0]?.events.map(({ userId, label }) => [userId, label])).toEqual([
      ['ann', undefined],
      ['bob', { audience: 'private:bob', trust: 'external' }],
      [null, { audience: 'private:local' }],
    ])
  })

  it('is the one local principal where nothing is said', async () => {
    const { sessions } = await read(jsonl({ role: 'user', content: 'hello' }))

    expect(sessions[0]?.session).toMatchObject({ audience: 'private:local', userIds: [] })
  })
})

describe('how a session ended', () => {
  const outcomeOf = async (around: object): Promise<unknown> => {
    const { sessions } = await read(
      JSON.stringify({ ...around, messages: [{ role: 'user', content: 'hello' }] }),
    )
    return sessions[0]?.session.outcome
  }

  it('is what stands around the messages', async () => {
    expect(await outcomeOf({ reward: 1, task: 'refund' })).toEqual({
      isSuccess: true,
      source: 'reward',
      task: 'refund',
    })
    expect(await outcomeOf({ reward: 0.2 })).toMatchObject({ isSuccess: false, task: null })
    expect(await outcomeOf({ reward: 0.9 })).toMatchObject({ isSuccess: false })
    expect(await outcomeOf({ success: false })).toMatchObject({ source: 'success' })
    expect(await outcomeOf({ outcome: 'success' })).toMatchObject({ isSuccess: true })
  })

  it('is what a first line without a role states', async () => {
    const { sessions } = await read(
      jsonl({ id: 's', success: true }, { role: 'user', content: 'hello' }),
    )

    expect(sessions[0]?.session.outcome).toMatchObject({ isSuccess: true, source: 'success' })
  })

  it('is not guessed from other words, and tells no secret', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`

    expect(await outcomeOf({ reward: '1', success: 'yes', task: 'refund' })).toBeUndefined()
    expect(JSON.stringify(await outcomeOf({ reward: 1, task: `with ${secret}` }))).not.toContain(
      secret,
    )
  })
})

describe('shapes of a source', () => {
  const messages = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: 'hi' },
  ]

  it.each([
    ['JSONL', jsonl(...messages)],
    ['JSONL without a last line break', jsonl(...messages).trim()],
    ['a list', JSON.stringify(messages)],
    ['a list over several lines', JSON.stringify(messages, null, 2)],
    ['an object', JSON.stringify({ messages })],
    ['an object over several lines', `\uFEFF${JSON.stringify({ messages }, null, 2)}`],
    ['a list of objects', JSON.stringify([{ messages }])],
    ['objects, one a line', jsonl({ messages })],
  ])('reads %s', async (_name, text) => {
    const { sessions, tally } = await read(text)

    expect(chatImporter.recognizes(text)).toBe(true)
    expect(sessions.map(({ events }) => events.map((event) => event.text))).toEqual([
      ['hello', 'hi'],
    ])
    expect(tally).toMatchObject({ lines: 2, read: 2, skipped: {} })
  })

  it('makes a session of each object and of each session key', async () => {
    const listed = await read(JSON.stringify([{ id: 'a', messages }, { messages }, { messages }]))
    const keyed = await read(
      jsonl(
        { role: 'user', content: 'x', session: 'a' },
        { role: 'user', content: 'y', session: 'b' },
      ),
    )

    expect(new Set(listed.sessions.map(({ session }) => session.id)).size).toBe(3)
    expect(listed.sessions[0]?.session.id).toBe(derivedId('sesn', 'chat', 'a'))
    expect(keyed.sessions.map(({ events }) => events.length)).toEqual([1, 1])
  })

  it('knows a session without an id by file name and first message, wherever the file is', async () => {
    const here = await read(jsonl(...messages), 'here/a.jsonl')
    const there = await read(
      jsonl(...messages, { role: 'user', content: 'more' }),
      '/there/a.jsonl',
    )
    const other = await read(jsonl(...messages), 'here/b.jsonl')

    const idOf = ({ sessions }: ImportResult): unknown => sessions[0]?.session.id
    expect(idOf(there)).toBe(idOf(here))
    expect(idOf(other)).not.toBe(idOf(here))
  })

  it('reads a list once that is told again when it has grown', async () => {
    const more = [...messages, { role: 'user', content: 'more' }]
    const named = await read(jsonl({ id: 'a', messages }, { id: 'a', messages: more }))
    const nameless = await read(jsonl({ messages }, { messages: more }, { messages: more }))

    const wordsOf = ({ sessions }: ImportResult) =>
      sessions.map(({ events }) => events.map(({ text }) => text))
    expect(wordsOf(named)).toEqual([['hello', 'hi', 'more']])
    expect(wordsOf(nameless)).toEqual([
      ['hello', 'hi', 'more'],
      ['hello', 'hi', 'more'],
    ])
    expect(named.tally).toMatchObject({ lines: 5, read: 3, skipped: { repeated: 2 } })
  })

  it('knows a session by its first message alone where that tells its moment', async () => {
    const dated = jsonl({ role: 'user', content: 'hello', at: '2026-03-01T09:00:00.123Z' })
    const idOf = ({ sessions }: ImportResult): unknown => sessions[0]?.session.id

    expect(idOf(await read(dated, 'a.jsonl'))).toBe(idOf(await read(dated, 'b/copy.jsonl')))
  })

  it('knows a message by its id wherever a part of the chat begins', async () => {
    const rows = ['a', 'b', 'c'].map((id) => ({ id, session: 's', role: 'user', content: id }))
    const idsOf = ({ sessions }: ImportResult) =>
      sessions.flatMap(({ events }) => events.map(({ id }) => id))

    const whole = idsOf(await read(jsonl(...rows)))
    expect(idsOf(await read(jsonl(...rows.slice(1))))).toEqual(whole.slice(1))
  })

  it('skips what is no message with its reason', async () => {
    const text = `${jsonl(
      { title: 'header' },
      { role: 'user', content: 'hello' },
      { note: 'no role' },
      { role: 'narrator', content: 'once' },
      { role: 'user', content: null },
      'text',
    )}\n{"role":\n{"role":"us`

    const { tally } = await read(text)

    expect(tally).toMatchObject({
      lines: 9,
      read: 1,
      skipped: {
        header: 1,
        'not a message': 2,
        'unknown role: narrator': 1,
        'no content: user': 1,
        blank: 1,
        'not JSON': 1,
        'torn line': 1,
      },
    })
  })
})

describe('messages', () => {
  it('names user, agent and thread by the message, else by what is around it', async () => {
    const { sessions } = await read(
      jsonl(
        { user: 'mia', agent: 'desk' },
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b', user: 'noor', thread: 't' },
      ),
    )

    expect(sessions[0]?.session).toMatchObject({ userIds: ['mia', 'noor'], agentIds: ['desk'] })
    expect(sessions[0]?.events.map(({ userId, threadId }) => [userId, threadId])).toEqual([
      ['mia', null],
      ['noor', 't'],
    ])
  })

  it('keeps who speaks in a run of several agents, in all spellings', async () => {
    const run = { thread_id: 't-1', agent_id: 'lead', user_id: 'mia' }
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b', name: 'scout', threadId: 't-2' },
      { role: 'user', content: 'c', userId: 7, agentId: 'desk' },
      { role: 'user', content: 'd', user_id: 'noor' },
    ]
    const { sessions } = await read(JSON.stringify({ ...run, messages }))

    const who = sessions[0]?.events.map((it) => [it.userId, it.agentId, it.threadId])
    expect(who).toEqual([
      ['mia', 'lead', 't-1'],
      ['mia', 'scout', 't-2'],
      ['7', 'desk', 't-1'],
      ['noor', 'lead', 't-1'],
    ])
  })

  it('takes no row of a customer table and no text or object for a principal', async () => {
    const messages = [{ role: 'user', content: 'a', user: { name: 'x' }, user_id: 'x\ny' }]
    const { sessions } = await read(JSON.stringify({ user_id: 'olivia', messages }))

    expect(sessions[0]?.session.userIds).toEqual([])
  })

  it.each([
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
    [1_772_355_600, '2026-03-01T09:00:00.000Z'],
    [1_772_355_600_123, '2026-03-01T09:00:00.123Z'],
    ['soon', null],
    [undefined, null],
  ])('reads the time %j as %j', async (at, expected) => {
    const [event] = await eventsOf({ role: 'user', content: 'a', at })

    expect(event?.at).toBe(expected)
  })

  it('makes a call and a result of the tool calls of the chat APIs', async () => {
    const events = await eventsOf(call('t1', 'find_order', '{ "id": 7 }'), {
      role: 'tool',
      tool_call_id: 't1',
      content: '{"status":"sent"}',
    })

    expect(events).toMatchObject([
      {
        type: 'agent.tool_use',
        text: '{"id":7}',
        tool: { name: 'find_order', useId: 't1', input: '{"id":7}', isError: false },
      },
      {
        type: 'agent.tool_result',
        text: '{"status":"sent"}',
        tool: { name: 'find_order', useId: 't1', input: null, isError: false },
      },
    ])
  })

  it.each([
    ['Error: no such order', {}, true],
    ['Error no such order', {}, true],
    ['{"error": "no such order"}', {}, true],
    ['fine', { is_error: true }, true],
    ['fine', { isError: true }, true],
    ['{"error": null, "id": 7}', {}, false],
    ['error: in lower case', {}, false],
    ['The log says Error: x', {}, false],
    ['Errors are listed below', {}, false],
  ])('judges the result %j with %j as failed: %s', async (content, fields, isError) => {
    const [event] = await eventsOf({ role: 'tool', name: 'f', content, ...fields })

    expect(event?.tool?.isError).toBe(isError)
  })

  it('tells system text, long pasted text and several parts apart', async () => {
    const events = await eventsOf(
      { role: 'developer', content: 'Be kind.' },
      { role: 'user', content: 'x '.repeat(2_001) },
      {
        role: 'user',
        content: [{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }],
      },
    )

    expect(events.map(({ type, voice }) => [type, voice])).toEqual([
      ['system.message', 'own'],
      ['user.message', 'pasted'],
      ['user.message', 'own'],
      ['user.message', 'own'],
    ])
  })
})
