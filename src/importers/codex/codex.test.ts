import { describe, expect, it } from 'vitest'
import { derivedId } from '../../core/ids.ts'
import { describeImporter, sourceOf } from '../importer.contract.ts'
import type { ImportResult } from '../importer.ts'
import { secretRedactor } from '../redact.ts'
import { codexImporter } from './codex.ts'

type Row = Readonly<Record<string, unknown>>

const ID = '0199a000-0000-7000-8000-000000000001'
let second = 0

function row(type: string, payload: Row): Row {
  second += 1
  const timestamp = `2026-03-01T09:00:${String(second % 60).padStart(2, '0')}.000Z`
  return { timestamp, type, payload }
}

const jsonl = (...rows: readonly Row[]): string =>
  rows.map((it) => `${JSON.stringify(it)}\n`).join('')
const meta = (fields: Row = {}): Row =>
  row('session_meta', {
    id: ID,
    cwd: '/home/me',
    originator: 'codex_cli_rs',
    source: 'cli',
    ...fields,
  })
const item = (payload: Row): Row => row('response_item', payload)
const said = (role: string, ...texts: readonly string[]): Row =>
  item({
    type: 'message',
    role,
    content: texts.map((text) => ({
      type: role === 'assistant' ? 'output_text' : 'input_text',
      text,
    })),
  })
const call = (id: string, name: string, args: unknown): Row =>
  item({ type: 'function_call', name, arguments: JSON.stringify(args), call_id: id })
const output = (id: string, value: unknown): Row =>
  item({ type: 'function_call_output', call_id: id, output: value })

function read(source: string, path?: string): Promise<ImportResult> {
  return codexImporter.read(sourceOf(source, path), secretRedactor())
}

const textsOf = ({ sessions }: ImportResult) =>
  sessions.flatMap(({ events }) => events.map((it) => it.text))
const idsOf = ({ sessions }: ImportResult) =>
  sessions.flatMap(({ events }) => events.map((it) => it.id))

function rollout(words: string): string {
  second = 0
  return jsonl(
    meta(),
    said('developer', '<permissions instructions>ask first</permissions instructions>'),
    said('user', '<environment_context><cwd>/home/me</cwd></environment_context>'),
    said('user', words),
    row('event_msg', { type: 'user_message', message: words }),
    row('turn_context', { model: 'gpt' }),
    item({ type: 'reasoning', summary: [], encrypted_content: 'gAAA' }),
    call('c1', 'shell', { command: ['bash', '-lc', 'npm test'], workdir: '/home/me' }),
    output('c1', JSON.stringify({ output: 'FAIL', metadata: { exit_code: 1 } })),
    item({
      type: 'custom_tool_call',
      name: 'apply_patch',
      input: '*** Begin Patch',
      call_id: 'c2',
    }),
    item({ type: 'custom_tool_call_output', call_id: 'c2', output: 'Success.' }),
    said('assistant', 'Done.'),
    row('compacted', { message: 'We ran the tests.', replacement_history: [] }),
  )
}

describeImporter({ importer: codexImporter, text: rollout('run the tests'), saying: rollout })

describe('a rollout', () => {
  it('tells whose words they are', async () => {
    const { sessions, tally } = await read(rollout('run the tests'))

    expect(sessions[0]?.session.id).toBe(derivedId('sesn', 'codex', ID))
    expect(
      sessions[0]?.events.map(({ speaker, voice, text, tool }) => [
        speaker,
        voice,
        text,
        tool?.name,
      ]),
    ).toEqual([
      ['system', 'injected', expect.stringContaining('<permissions'), undefined],
      ['user', 'injected', expect.stringContaining('<environment_context>'), undefined],
      ['user', 'own', 'run the tests', undefined],
      ['agent', 'own', 'npm test', 'shell'],
      ['tool', 'own', 'FAIL', 'shell'],
      ['agent', 'own', '*** Begin Patch', 'apply_patch'],
      ['tool', 'own', 'Success.', 'apply_patch'],
      ['agent', 'own', 'Done.', undefined],
      ['agent', 'summary', 'We ran the tests.', undefined],
    ])
    expect(sessions[0]?.events[4]?.tool?.isError).toBe(true)
    expect(tally.skipped).toEqual({
      header: 1,
      'no content: user_message': 1,
      'no content: turn_context': 1,
      'no content: reasoning': 1,
    })
  })

  it('of the first versions has no wrapper', async () => {
    const source = jsonl(
      { id: ID, timestamp: '2025-06-01T09:00:00Z', instructions: null },
      { record_type: 'state' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] },
      { type: 'local_shell_call', call_id: 'c', action: { type: 'exec', command: ['ls', '-l'] } },
    )

    expect(codexImporter.recognizes(source)).toBe(true)
    expect(textsOf(await read(source))).toEqual(['hello', 'ls -l'])
  })

  it.each([
    [['bash', '-lc', 'git push'], 'git push'],
    [['git', 'status'], 'git status'],
    ['make', 'make'],
  ])('shows the command %j as typed', async (command, text) => {
    expect(
      textsOf(await read(jsonl(meta(), call('c', 'shell', { command, workdir: '/' })))),
    ).toEqual([text])
  })

  it.each([
    ['Exit code: 1\nWall time: 2 s\nOutput:\nno', true],
    ['Chunk ID: a\nProcess exited with code 0\nOutput:\nExit code: 1', false],
    [{ content: 'no', success: false }, true],
    [[{ type: 'input_text', text: 'fine' }], false],
  ])('judges the output %j as failed: %s', async (value, isError) => {
    const { sessions } = await read(jsonl(meta(), output('c', value)))

    expect(sessions[0]?.events[0]?.tool?.isError).toBe(isError)
  })

  it('takes what an editor shows apart from the words of the person', async () => {
    const text =
      '# Context from my IDE setup:\n\n## Open tabs:\n- a.ts\n\n## My request for Codex:\nrename it\n'
    const { sessions } = await read(jsonl(meta(), said('user', text)))

    expect(sessions[0]?.events.map(({ voice, text: words }) => [voice, words])).toEqual([
      ['injected', expect.stringContaining('a.ts')],
      ['own', 'rename it'],
    ])
  })

  it('leaves out turns that were rolled back', async () => {
    const { sessions, tally } = await read(
      jsonl(
        meta(),
        said('user', 'one'),
        said('assistant', 'first'),
        said('user', 'two'),
        said('assistant', 'second'),
        row('event_msg', { type: 'thread_rolled_back', num_turns: 1 }),
        said('user', 'three'),
      ),
    )

    expect(sessions[0]?.events.map(({ text }) => text)).toEqual(['one', 'first', 'three'])
    expect(tally).toMatchObject({ lines: 7, read: 3, skipped: { 'left by a rewind': 2 } })
  })

  it('tells what a fork copied once, in the copy and in the origin', async () => {
    const rows = [said('user', 'one'), said('assistant', 'two')]
    const origin = await read(jsonl(meta(), ...rows))
    const fork = await read(
      jsonl(meta({ id: 'fork', forked_from_id: ID }), meta(), ...rows, said('user', 'three')),
    )

    expect(idsOf(fork).slice(0, 2)).toEqual(idsOf(origin))
    expect(idsOf(fork)).toHaveLength(3)
    expect(fork.sessions[0]?.session.parentSessionId).toBe(origin.sessions[0]?.session.id)
  })

  it('takes the prompts of a sub-agent for those of an agent', async () => {
    const source = { subagent: { thread_spawn: { parent_thread_id: ID } } }
    const { sessions } = await read(
      jsonl(
        meta({ id: 'child', source, agent_nickname: 'Ada', parent_thread_id: ID }),
        said('user', 'go'),
      ),
    )

    expect(sessions[0]).toMatchObject({
      session: { agentIds: ['Ada'], parentSessionId: derivedId('sesn', 'codex', ID) },
      events: [{ speaker: 'agent', agentId: 'Ada' }],
    })
  })

  it('takes the id from the name of the file where the first line is torn', async () => {
    const path = `a/rollout-2026-03-01T09-00-00-${ID}.jsonl`
    const { sessions, tally } = await read(`{"timestamp":"2026\n${jsonl(said('user', 'hi'))}`, path)

    expect(sessions[0]?.session.id).toBe(derivedId('sesn', 'codex', ID))
    expect(tally.badLines).toEqual([{ path, line: 1, reason: 'not JSON' }])
  })
})
