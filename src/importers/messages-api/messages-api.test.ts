import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeImporter, sourceOf } from '../importer.contract.ts'
import type { ImportResult } from '../importer.ts'
import { secretRedactor } from '../redact.ts'
import { messagesApiImporter } from './messages-api.ts'

const jsonl = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const text = (words: string) => [{ type: 'text', text: words }]
const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })
const answer = (content: unknown, id = 'msg_1') => ({
  id,
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content,
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
})
const asks = (...messages: readonly unknown[]) => ({ model: 'claude', max_tokens: 9, messages })
const use = { type: 'tool_use', id: 'toolu_1', name: 'bash', input: { command: 'ls' } }
const result = {
  type: 'tool_result',
  tool_use_id: 'toolu_1',
  content: [{ type: 'text', text: 'no such folder' }, { type: 'image' }],
  is_error: true,
}

function read(source: string, path?: string): Promise<ImportResult> {
  return messagesApiImporter.read(sourceOf(source, path), secretRedactor())
}

function wordsOf({ sessions }: ImportResult): readonly (readonly string[])[] {
  return sessions.map(({ events }) => events.map((event) => event.text))
}

function log(words: string): string {
  const [one, two] = [user(words), assistant([{ type: 'thinking', thinking: 'hm' }, use])]
  return jsonl(
    {
      timestamp: '2026-03-01T09:00:00Z',
      request: { ...asks(one), system: 'Be kind.' },
      response: answer([use]),
    },
    { request: asks(one, two, user([result])), response: answer(text('There is none.')) },
    { custom_id: 'a', result: { type: 'succeeded', message: answer(text('A batch'), 'msg_9') } },
    asks(user([{ type: 'image', source: {} }])),
  )
}

describeImporter({ importer: messagesApiImporter, text: log('list it'), saying: log })

describe('a log of requests to a model', () => {
  it('tells each message once, with its call, its result and its time', async () => {
    const { sessions, tally } = await read(log('list it'))

    expect(
      sessions[0]?.events.map(({ type, text: said, at, tool }) => [type, said, at, tool?.isError]),
    ).toEqual([
      ['system.message', 'Be kind.', null, undefined],
      ['user.message', 'list it', '2026-03-01T09:00:00.000Z', undefined],
      ['agent.tool_use', 'ls', '2026-03-01T09:00:00.000Z', false],
      ['agent.tool_result', 'no such folder\n[image]', null, true],
      ['agent.message', 'There is none.', null, undefined],
    ])
    expect(tally).toMatchObject({
      lines: 8,
      read: 5,
      skipped: { repeated: 2, 'no content: image': 1 },
    })
  })

  it('gives a conversation that grows once, however much of it each line repeats', async () => {
    const turn = fc.array(fc.constantFrom('yes', 'no', 'go on', 'why?'), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(turn, fc.infiniteStream(fc.boolean()), async (said, isLogged) => {
        const messages = said.map((words, n) =>
          n % 2 === 0 ? user(words) : assistant(text(words)),
        )
        const lines = messages
          .map((_message, n) => asks(...messages.slice(0, n + 1)))
          .filter((_line, n) => n === messages.length - 1 || isLogged.next().value)

        expect(wordsOf(await read(jsonl(...lines)))).toEqual([said])
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  it('is the same set of events in whatever files and order it comes', async () => {
    const messages = ['a', 'b', 'a', 'c', 'a'].map((words, n) =>
      n % 2 === 0 ? user(words) : assistant(words),
    )
    const lines = [1, 3, 5].map((n) => asks(...messages.slice(0, n)))
    const idsOf = async (...parts: readonly unknown[]) =>
      (await read(jsonl(...parts))).sessions.flatMap(({ events }) => events.map(({ id }) => id))

    const whole = await idsOf(...lines)
    expect(whole).toHaveLength(5)
    expect(await idsOf(...lines.toReversed())).toEqual(whole)
    expect([...(await idsOf(lines[0])), ...(await idsOf(lines[2]))]).toEqual([whole[0], ...whole])
  })

  it('keeps another way from the same beginning apart, and says where it left', async () => {
    const result = await read(
      jsonl(asks(user('a'), assistant('b'), user('c')), asks(user('a'), assistant('other'))),
    )

    expect(wordsOf(result)).toEqual([['a', 'b', 'c'], ['other']])
    expect(result.sessions[1]?.session.parentSessionId).toBe(result.sessions[0]?.session.id)
  })

  it('goes on where the beginning was cut or rewritten', async () => {
    const cut = asks(user('[earlier turns left out]'), user('c'), assistant('d'))
    const cleared = asks(user('a'), assistant('[cleared]'), user('c'), assistant('d'), user('e'))
    const result = await read(jsonl(asks(user('a'), assistant('b'), user('c')), cleared))

    expect(wordsOf(result)).toEqual([['a', 'b', 'c', 'd', 'e']])
    expect(wordsOf(await read(jsonl(cut)))).toEqual([['[earlier turns left out]', 'c', 'd']])
  })

  it('keeps people apart by session, user and thread', async () => {
    const of = (fields: object) => ({ ...asks(user('hello')), ...fields })
    const claudeCode = { metadata: { user_id: 'user_ab12_account__session_0f0e0d0c-0000' } }
    const { sessions } = await read(
      jsonl(
        of({ metadata: { user_id: 'mia' } }),
        of({ metadata: { user_id: 'noor' } }),
        of({ thread_id: 't', agent_id: 'scout', user_id: 'mia' }),
        of(claudeCode),
      ),
    )

    expect(sessions.map(({ session }) => session.userIds)).toEqual([
      ['mia'],
      ['noor'],
      ['mia'],
      ['user_ab12_account_'],
    ])
    expect(sessions[2]?.events[0]).toMatchObject({ threadId: 't', agentId: 'scout' })
  })

  it('reads tools of servers, searches and completions of chats', async () => {
    const { sessions } = await read(
      jsonl({
        request: asks(user('look it up')),
        response: answer([
          { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'port' } },
          {
            type: 'web_search_tool_result',
            tool_use_id: 's1',
            content: [{ type: 'web_search_result', title: 'Ports', url: 'https://a.example' }],
          },
          { type: 'mcp_tool_use', id: 'm1', name: 'find', server_name: 'wiki', input: {} },
          { type: 'mcp_tool_result', tool_use_id: 'm1', is_error: true, content: text('none') },
        ]),
      }),
    )
    const chat = await read(
      jsonl({
        request: { model: 'gpt', messages: [user('hi')] },
        response: { body: { choices: [{ message: assistant('hello') }] } },
      }),
    )

    expect(sessions[0]?.events.map(({ tool, text: said }) => [tool?.name, said])).toEqual([
      [undefined, 'look it up'],
      ['web_search', '{"query":"port"}'],
      ['web_search', 'Ports https://a.example'],
      ['mcp__wiki__find', '{}'],
      ['mcp__wiki__find', 'none'],
    ])
    expect(wordsOf(chat)).toEqual([['hi', 'hello']])
  })

  it('keeps runs apart that begin alike at other times or in other files', async () => {
    const at = (timestamp: string) => jsonl({ timestamp, request: asks(user('tidy up')) })
    const idOf = ({ sessions }: ImportResult) => sessions[0]?.session.id

    const night = await read(at('2026-03-01T02:00:00Z'))
    expect(idOf(await read(at('2026-03-02T02:00:00Z')))).not.toBe(idOf(night))
    expect(idOf(await read(at('2026-03-01T02:00:00Z'), 'b/copy'))).toBe(idOf(night))
    const undated = jsonl(asks(user('tidy up')))
    expect(idOf(await read(undated, 'a'))).not.toBe(idOf(await read(undated, 'b')))
  })

  it('is no chat, and a chat is none', () => {
    expect(messagesApiImporter.recognizes(jsonl(user('hi'), assistant('hello')))).toBe(false)
    expect(messagesApiImporter.recognizes(JSON.stringify({ messages: [user('hi')] }))).toBe(false)
    const named = { id: 'run-1', model: 'm', system: 'policy.md', messages: [user('hi')] }
    expect(messagesApiImporter.recognizes(JSON.stringify(named))).toBe(false)
    const dated = { model: 'm', messages: [{ ...user('hi'), at: '2026-03-01' }] }
    expect(messagesApiImporter.recognizes(JSON.stringify(dated))).toBe(false)
    expect(messagesApiImporter.recognizes(JSON.stringify([asks(user('hi'))], null, 2))).toBe(true)
  })
})
