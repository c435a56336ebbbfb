import { describe, expect, it } from 'vitest'
import { derivedId } from '../../core/ids.ts'
import { describeImporter, sourceOf } from '../importer.contract.ts'
import type { ImportResult } from '../importer.ts'
import { secretRedactor } from '../redact.ts'
import { langchainImporter } from './langchain.ts'

type Fields = Readonly<Record<string, unknown>>

const jsonl = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const made = (name: string, kwargs: Fields) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs,
})
const human = (content: unknown, fields: Fields = {}) => ({ type: 'human', content, ...fields })
const ai = (content: unknown, fields: Fields = {}) => ({ type: 'ai', content, ...fields })

function read(source: string, path?: string): Promise<ImportResult> {
  return langchainImporter.read(sourceOf(source, path), secretRedactor())
}

const wordsOf = ({ sessions }: ImportResult) =>
  sessions.map(({ events }) => events.map(({ text }) => text))

function messages(words: string): readonly unknown[] {
  return [
    made('SystemMessage', { content: 'Be kind.' }),
    made('HumanMessage', { content: words, id: uuid(1) }),
    {
      type: 'ai',
      data: {
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c1', name: 'find' },
        ],
        tool_calls: [{ id: 'c1', name: 'find', args: { id: 7 }, type: 'tool_call' }],
        id: uuid(2),
      },
    },
    { type: 'tool', content: 'no order 7', tool_call_id: 'c1', status: 'error', id: uuid(3) },
    ai('There is none.', { name: 'desk', id: uuid(4) }),
    { type: 'remove', id: uuid(1), content: '' },
    ai(''),
  ]
}

describeImporter({
  importer: langchainImporter,
  text: jsonl(...messages('where is it?')),
  saying: (words) => jsonl(...messages(words)),
})

describeImporter({
  importer: langchainImporter,
  text: JSON.stringify([{ values: { messages: messages('where?') } }], null, 2),
  saying: (words) => JSON.stringify({ messages: messages(words) }, null, 2),
})

describe('messages of LangChain', () => {
  it('are read in every form, with calls, results and agents', async () => {
    const { sessions, tally } = await read(jsonl(...messages('where is it?')))

    expect(
      sessions[0]?.events.map(({ type, text, tool, agentId }) => [type, text, tool?.name, agentId]),
    ).toEqual([
      ['system.message', 'Be kind.', undefined, null],
      ['user.message', 'where is it?', undefined, null],
      ['agent.message', 'I look.', undefined, null],
      ['agent.tool_use', '{"id":7}', 'find', null],
      ['agent.tool_result', 'no order 7', 'find', null],
      ['agent.message', 'There is none.', undefined, 'desk'],
    ])
    expect(sessions[0]?.events[4]?.tool?.isError).toBe(true)
    expect(tally).toMatchObject({
      lines: 7,
      read: 5,
      skipped: { 'no content: remove': 1, 'no content: ai': 1 },
    })
  })

  it('have calls in the form of their provider too', async () => {
    const tool_calls = [{ id: 'c', function: { name: 'find', arguments: '{"id":7}' } }]
    const { sessions } = await read(
      jsonl(human('x'), ai('', { additional_kwargs: { tool_calls } })),
    )

    expect(sessions[0]?.events[1]).toMatchObject({ text: '{"id":7}', tool: { name: 'find' } })
  })

  it('come in pieces that are one message', async () => {
    const piece = (content: string, id = 'run-1') => ({ type: 'AIMessageChunk', content, id })
    const { sessions, tally } = await read(
      jsonl(human('x'), piece('It is '), piece('5433'), piece('.'), piece('Next', 'run-2')),
    )

    expect(sessions[0]?.events.map(({ text }) => text)).toEqual(['x', 'It is 5433.', 'Next'])
    expect(tally).toMatchObject({ lines: 5, read: 3, skipped: { joined: 2 } })
  })

  it('of an agent under the name of a human are no words of the person', async () => {
    const { sessions } = await read(
      jsonl(human('find it'), human('I found it', { name: 'scout' }), human('thanks')),
    )

    expect(sessions[0]?.events.map(({ speaker, agentId }) => [speaker, agentId])).toEqual([
      ['user', null],
      ['agent', 'scout'],
      ['user', null],
    ])
  })

  it('without ids that stand twice are two, and once where a list repeats them', async () => {
    const list = [human('go on'), ai('done'), human('go on')]
    const result = await read(jsonl({ messages: list.slice(0, 2) }, { messages: list }))

    expect(wordsOf(result)).toEqual([['go on', 'done', 'go on']])
  })

  it('are told from those of other programs', () => {
    expect(langchainImporter.recognizes(jsonl({ type: 'user', content: 'x' }))).toBe(false)
    expect(langchainImporter.recognizes(jsonl({ role: 'user', content: 'x' }))).toBe(false)
  })
})

describe('states of LangGraph', () => {
  const all = messages('where is it?')
  const state = (n: number, fields: Fields = {}) => ({
    values: { messages: all.slice(0, n) },
    next: [],
    config: { configurable: { thread_id: 'thread-1', checkpoint_ns: '', user_id: 'mia' } },
    metadata: { graph_id: 'support' },
    created_at: `2026-03-01T09:0${n}:00+00:00`,
    ...fields,
  })

  it('give each message once, with the time of the first state that holds it', async () => {
    const forwards = await read(jsonl(state(2), state(4), state(5)))
    const backwards = await read(JSON.stringify([state(5), state(4), state(2)]))
    const told = ({ sessions }: ImportResult) =>
      sessions[0]?.events.map(({ id, at, userId, agentId }) => [
        id,
        at?.slice(11, 16),
        userId,
        agentId,
      ])

    expect(told(backwards)).toEqual(told(forwards))
    expect(told(forwards)?.map((it) => it[1])).toEqual([
      '09:02',
      '09:02',
      '09:04',
      '09:04',
      '09:04',
      '09:05',
    ])
    expect(forwards.sessions[0]?.session).toMatchObject({
      id: derivedId('sesn', 'langchain', 'thread-1'),
      userIds: ['mia'],
      agentIds: ['desk', 'support'],
    })
    expect(forwards.tally).toMatchObject({ lines: 11, read: 5, skipped: { repeated: 6 } })
  })

  it('of sub-graphs stand in threads of their own', async () => {
    const inner = { thread_id: 'thread-1', checkpoint_ns: 'scout:1f0e|tools:2a' }
    const { sessions } = await read(
      jsonl(state(2), {
        values: { messages: [ai('found', { id: uuid(9) })] },
        checkpoint: inner,
      }),
    )

    expect(sessions).toHaveLength(1)
    expect(sessions[0]?.events.at(-1)).toMatchObject({ text: 'found', threadId: 'scout/tools' })
  })

  it('that were copied to another thread add nothing', async () => {
    const idsOf = ({ sessions }: ImportResult) =>
      sessions.flatMap(({ events }) => events.map((it) => it.id))
    const withIds = { values: { messages: all.slice(1, 5) } }
    const origin = await read(jsonl(state(4, withIds)))
    const copy = await read(
      jsonl(state(4, { ...withIds, config: { configurable: { thread_id: 'copy' } } })),
    )

    expect(idsOf(copy)).toEqual(idsOf(origin))
  })
})
