import { describe, expect, it } from 'vitest'
import { derivedId } from '../../core/ids.ts'
import { describeImporter, sourceOf } from '../importer.contract.ts'
import type { ImportResult } from '../importer.ts'
import { secretRedactor } from '../redact.ts'
import { chatgptImporter } from './chatgpt.ts'

type Fields = Readonly<Record<string, unknown>>
type Step = readonly [id: string, parent: string | null, message: Fields | null]

function message(role: string, content: Fields, fields: Fields = {}): Fields {
  return { author: { role, name: null }, create_time: 1_772_355_600.123, content, ...fields }
}
const words = (role: string, text: string, fields: Fields = {}): Fields =>
  message(role, { content_type: 'text', parts: [text] }, { recipient: 'all', ...fields })

function conversation(id: string, current: string | null, steps: readonly Step[]): Fields {
  const node = ([name, parent, said]: Step) => [
    name,
    {
      id: name,
      parent,
      children: steps.filter((it) => it[1] === name).map((it) => it[0]),
      message: said === null ? null : { id: `m-${id}-${name}`, ...said },
    },
  ]
  const mapping = Object.fromEntries(steps.map(node)) as Fields
  return { title: 'Ports', create_time: 1.5, mapping, conversation_id: id, current_node: current }
}

const hidden = { metadata: { is_visually_hidden_from_conversation: true } }

function exported(said: string): readonly Fields[] {
  return [
    conversation('c-1', 'e', [
      ['r', null, null],
      ['s', 'r', words('system', 'You may browse.', hidden)],
      [
        'p',
        's',
        message('user', { content_type: 'user_editable_context', user_profile: 'A baker' }, hidden),
      ],
      ['a', 'p', words('user', said)],
      ['b', 'a', words('assistant', 'An answer that was asked for anew')],
      [
        'c',
        'a',
        message('assistant', { content_type: 'code', text: 'print(1)' }, { recipient: 'python' }),
      ],
      [
        'd',
        'c',
        message(
          'tool',
          { content_type: 'execution_output', text: '1' },
          { author: { role: 'tool', name: 'python' } },
        ),
      ],
      ['t', 'd', message('assistant', { content_type: 'thoughts', thoughts: [] })],
      ['e', 't', words('assistant', 'It is 1.')],
    ]),
    conversation('c-2', null, [
      ['r', null, null],
      [
        'a',
        'r',
        message('user', {
          content_type: 'multimodal_text',
          parts: [{ content_type: 'image_asset_pointer' }, 'what is it?'],
        }),
      ],
    ]),
  ]
}

function read(source: string, path?: string): Promise<ImportResult> {
  return chatgptImporter.read(sourceOf(source, path), secretRedactor())
}

describeImporter({
  importer: chatgptImporter,
  text: JSON.stringify(exported('count it'), null, 1),
  saying: (said) => JSON.stringify(exported(said)),
})

describe('an export of ChatGPT', () => {
  it('is a session for each conversation, along its live branch', async () => {
    const { sessions, tally } = await read(JSON.stringify(exported('count it')))

    expect(sessions.map(({ session }) => [session.id, session.title, session.startedAt])).toEqual([
      [derivedId('sesn', 'chatgpt', 'c-1'), 'Ports', '2026-03-01T09:00:00.123Z'],
      [derivedId('sesn', 'chatgpt', 'c-2'), 'Ports', '2026-03-01T09:00:00.123Z'],
    ])
    expect(
      sessions.flatMap(({ events }) =>
        events.map((it) => [it.speaker, it.voice, it.text, it.tool?.name]),
      ),
    ).toEqual([
      ['system', 'injected', 'You may browse.', undefined],
      ['user', 'injected', 'A baker', undefined],
      ['user', 'own', 'count it', undefined],
      ['agent', 'own', 'print(1)', 'python'],
      ['tool', 'own', '1', 'python'],
      ['agent', 'own', 'It is 1.', undefined],
      ['user', 'own', 'what is it?', undefined],
    ])
    expect(tally).toMatchObject({
      lines: 11,
      read: 7,
      skipped: { 'no content': 2, 'no content: thoughts': 1, 'left by a rewind': 1 },
    })
  })

  it('is the same on one line and over several, under any name', async () => {
    const told = ({ sessions }: ImportResult) =>
      sessions.map(({ events }) => events.map((it) => [it.id, it.ordinal, it.text]))
    const data = exported('x')
    const indented = await read(JSON.stringify(data, null, 2), 'b/other.json')

    expect(told(indented)).toEqual(told(await read(JSON.stringify(data))))
  })

  it('keeps the ids of what was said when it is exported again later', async () => {
    const steps: readonly Step[] = [
      ['a', null, words('user', 'one')],
      ['b', 'a', words('assistant', 'two')],
      ['c', 'b', words('user', 'three')],
    ]
    const idsOf = async (n: number) => {
      const current = steps[n - 1]?.[0] ?? null
      const { sessions } = await read(
        JSON.stringify([conversation('c', current, steps.slice(0, n))]),
      )
      return sessions[0]?.events.map(({ id }) => id) ?? []
    }

    expect((await idsOf(3)).slice(0, 2)).toEqual(await idsOf(2))
  })

  it('ends in a tree that goes round in circles', async () => {
    const round = conversation('c', 'b', [
      ['a', 'b', words('user', 'one')],
      ['b', 'a', words('user', 'two')],
    ])

    expect((await read(JSON.stringify([round]))).tally).toMatchObject({ lines: 2, read: 2 })
  })

  it('whose items are no conversations says where', async () => {
    const { tally } = await read(`[\n${JSON.stringify(exported('x')[1])},\n{"a":1}\n]`)

    expect(tally.badLines).toEqual([
      { path: 'a/source.jsonl', line: 3, reason: 'not a conversation' },
    ])
  })
})
