import { describe, expect, it } from 'vitest'
import { derivedId } from '../../core/ids.ts'
import { describeImporter, sourceOf } from '../importer.contract.ts'
import type { ImportResult } from '../importer.ts'
import { secretRedactor } from '../redact.ts'
import { sessionEventsImporter } from './session-events.ts'

type Fields = Readonly<Record<string, unknown>>

const AT = '2026-03-01T09:00:00.000Z'
const jsonl = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const text = (words: string) => [{ type: 'text', text: words }]
const event = (type: string, id: string, fields: Fields = {}) => ({
  id: `sevt_${id}`,
  type,
  processed_at: AT,
  ...fields,
})
const SESSION = {
  id: 'sesn_1',
  type: 'session',
  title: 'Ports',
  agent: { type: 'agent', id: 'agent_1', name: 'coder' },
  metadata: { user_id: 'mia', reward: '1' },
  created_at: AT,
}

function events(words: string): readonly unknown[] {
  return [
    event('user.message', 'a', { content: [...text(words), { type: 'image', source: {} }] }),
    event('session.status_running', 'b'),
    event('agent.thinking', 'c'),
    event('agent.mcp_tool_use', 'd', { mcp_server_name: 'wiki', name: 'find', input: { q: 'x' } }),
    event('agent.mcp_tool_result', 'e', {
      mcp_tool_use_id: 'sevt_d',
      content: text('none'),
      is_error: true,
    }),
    event('session.thread_created', 'f', { session_thread_id: 'sthr_1', agent_name: 'scout' }),
    event('agent.message', 'g', { session_thread_id: 'sthr_1', content: text('found') }),
    event('user.tool_confirmation', 'h', {
      tool_use_id: 'sevt_d',
      result: 'deny',
      deny_message: 'never',
    }),
    event('agent.message', 'i', { content: text('It is 5433.') }),
  ]
}

function read(source: string): Promise<ImportResult> {
  return sessionEventsImporter.read(sourceOf(source), secretRedactor())
}

describeImporter({
  importer: sessionEventsImporter,
  text: jsonl(SESSION, ...events('which port?')),
  saying: (words) => jsonl(SESSION, ...events(words)),
})

describeImporter({
  importer: sessionEventsImporter,
  text: JSON.stringify({ data: events('which port?'), has_more: false }, null, 2),
  saying: (words) => JSON.stringify([{ session: SESSION, events: events(words) }], null, 2),
})

describe('an export of sessions', () => {
  it('keeps ids, times, users, agents and threads', async () => {
    const { sessions, tally } = await read(jsonl(SESSION, ...events('which port?')))

    expect(sessions[0]?.session).toMatchObject({
      id: 'sesn_1',
      title: 'Ports',
      userIds: ['mia'],
      agentIds: ['agent_1', 'scout'],
      outcome: { isSuccess: true, source: 'reward' },
    })
    expect(
      sessions[0]?.events.map((it) => [it.id, it.speaker, it.text, it.agentId, it.threadId]),
    ).toEqual([
      ['sevt_a', 'user', 'which port?', null, null],
      ['sevt_d', 'agent', '{"q":"x"}', 'agent_1', null],
      ['sevt_e', 'tool', 'none', 'agent_1', null],
      ['sevt_g', 'agent', 'found', 'scout', 'sthr_1'],
      ['sevt_h', 'user', 'never', null, null],
      ['sevt_i', 'agent', 'It is 5433.', 'agent_1', null],
    ])
    expect(sessions[0]?.events[2]?.tool).toMatchObject({ name: 'mcp__wiki__find', isError: true })
    expect(tally.skipped).toEqual({
      header: 1,
      'no content: session.status_running': 1,
      'no content: agent.thinking': 1,
      'no content: session.thread_created': 1,
    })
  })

  it.each([
    [
      'pages',
      jsonl({ data: [SESSION] }, { data: events('x').slice(0, 5) }, { data: events('x').slice(3) }),
    ],
    ['one document', JSON.stringify({ ...SESSION, events: events('x') }, null, 2)],
    [
      'the form of imports',
      jsonl({ session: SESSION }, ...events('x').map((it) => ({ event: it }))),
    ],
    [
      'a recorded stream',
      [`data: ${JSON.stringify(SESSION)}`, '', ': alive']
        .concat(events('x').flatMap((it) => ['event: message', `data: ${JSON.stringify(it)}`, '']))
        .join('\n'),
    ],
  ])('is the same in %s', async (_name, source) => {
    const { sessions } = await read(source)
    const lines = await read(jsonl(SESSION, ...events('x')))

    expect(sessionEventsImporter.recognizes(source)).toBe(true)
    const told = (result: ImportResult) =>
      result.sessions.map(({ session, events: all }) => [
        session,
        all.map(({ source: _source, ...it }) => it),
      ])
    expect(told({ ...lines, sessions })).toEqual(told(lines))
  })

  it('of a thread of its own goes to that thread', async () => {
    const thread = {
      type: 'session_thread',
      id: 'sthr_9',
      session_id: 'sesn_1',
      parent_thread_id: 'sthr_0',
    }
    const { sessions } = await read(
      jsonl(
        SESSION,
        { ...thread, agent: { name: 'qa' } },
        event('agent.message', 'z', { content: text('ok') }),
      ),
    )

    expect(sessions[0]?.events[0]).toMatchObject({ threadId: 'sthr_9', agentId: 'qa' })
  })

  it('of another system gets ids as the server gives them', async () => {
    const message = { type: 'user.message', content: 'hello' }
    const rows = [
      { session: { id: 'native', user_id: 'ann', audience: 'team:core' } },
      { event: { ...message, id: 'm1' } },
      { event: { ...message, trust: 'external', audience: 'private:bob' } },
    ]
    const { sessions } = await read(jsonl(...rows))

    const id = derivedId('sesn', 'imported', 'native')
    expect(sessions[0]?.session).toMatchObject({ id, audience: 'team:core', userIds: ['ann'] })
    expect(sessions[0]?.events[0]?.id).toBe(derivedId('sevt', id, 'm1'))
    expect(sessions[0]?.events[1]?.label).toEqual({ trust: 'external', audience: 'private:bob' })
  })

  it('without its session is known by the first event', async () => {
    const idOf = ({ sessions }: ImportResult) => sessions[0]?.session.id
    const page = jsonl({ data: events('x') })

    expect(idOf(await read(page))).toBe(idOf(await read(jsonl(...events('x').slice(0, 5)))))
  })
})
