import { expect, it } from 'vitest'
import type { SessionId } from '../../src/core/ids.ts'
import type { SessionEvent } from '../../src/core/session-event.ts'
import { sourceOf } from '../../src/importers/importer.contract.ts'
import { sessionEventsImporter } from '../../src/importers/session-events/session-events.ts'
import {
  all,
  jsonLines,
  openSessionWorld,
} from '../../src/server/test-support/session-world.test-support.ts'

const AT = '2026-11-01T08:00:00.000Z'
const text = (words: string) => [{ type: 'text', text: words }]

const ROWS = [
  {
    session: {
      id: 'native-1',
      title: 'Ports',
      user_id: 'ada',
      agent_name: 'coder',
      created_at: AT,
    },
  },
  { event: { type: 'user.message', id: 'm1', content: 'My port is 5433', processed_at: AT } },
  { event: { type: 'user.message', content: [...text('a'), { type: 'image' }, ...text('b')] } },
  { event: { type: 'agent.tool_use', id: 'u1', name: 'bash', input: { command: 'make ci' } } },
  { event: { type: 'agent.tool_result', tool_use_id: 'u1', content: text('no'), is_error: true } },
  {
    event: {
      type: 'agent.mcp_tool_use',
      id: 'u2',
      name: 'find',
      mcp_server_name: 'wiki',
      input: {},
    },
  },
  {
    event: {
      type: 'agent.mcp_tool_result',
      mcp_tool_use_id: 'u2',
      content: [
        { type: 'search_result', source: 'a', title: 't', content: text('found it') },
        { type: 'document', source: {} },
      ],
    },
  },
  { event: { type: 'user.define_outcome', description: 'All tests pass.' } },
  { event: { type: 'system.message', content: text('Be kind.') } },
  { event: { type: 'session.thread_created', session_thread_id: 't1', agent_name: 'scout' } },
  { event: { type: 'agent.message', session_thread_id: 't1', content: text('Found it') } },
  {
    event: {
      type: 'agent.message',
      content: text('It fails'),
      trust: 'external',
      processed_at: AT,
    },
  },
]

/** What a dream reads of an event, wherever it was told. */
function told({ source: _source, ordinal: _ordinal, ...event }: SessionEvent) {
  return event
}

it('what the server shows of a session is read back as the events that it keeps', async () => {
  const world = await openSessionWorld()
  // The wire gives what an agent did a time, if the source has none: that of the session.
  const rows = ROWS.map((row) =>
    'event' in row ? { event: { processed_at: AT, ...row.event } } : row,
  )
  const { body } = await world.upload(jsonLines(rows))
  const id = body.sessions[0]?.id ?? ''
  const { sessions } = world.sdk.beta
  const lines: unknown[] = [await sessions.retrieve(id)]
  lines.push(...(await all(sessions.events.list(id))))
  for (const thread of await all(sessions.threads.list(id))) {
    lines.push(thread, ...(await all(sessions.threads.events.list(thread.id, { session_id: id }))))
  }
  const source = sourceOf(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

  const imported = await sessionEventsImporter.read(source, async (it) => ({ text: it, kinds: [] }))

  const kept = await world.storage.sessions.events(id as SessionId)
  expect(kept).toHaveLength(10)
  const [session] = imported.sessions
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
  expect(session?.events.map(told).toSorted(byId)).toEqual(kept.map(told).toSorted(byId))
  expect(session?.session).toMatchObject({ id, title: 'Ports', userIds: ['ada'] })
  expect(await world.storage.sessions.append(id as SessionId, session?.events ?? [])).toBe(0)
})
