import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../core/ids.ts'
import { SEED } from '../../testing/arbitraries.ts'
import {
  all,
  jsonLines,
  openSessionWorld,
  type SessionWorld,
} from '../test-support/session-world.test-support.ts'

const text = (words: string) => [{ type: 'text', text: words }]
const AT = '2026-11-01T08:00:00.000Z'

const ROWS = [
  { session: { id: 'native-1', title: 'Ports', user_id: 'ada', created_at: AT } },
  { event: { type: 'user.message', id: 'm1', content: 'My port is 5433', processed_at: AT } },
  {
    event: {
      type: 'agent.tool_use',
      id: 'toolu_1',
      name: 'bash',
      input: { command: 'make ci' },
      processed_at: AT,
    },
  },
  {
    event: {
      type: 'agent.tool_result',
      tool_use_id: 'toolu_1',
      content: text('Error: no'),
      is_error: true,
    },
  },
  { event: { type: 'agent.message', content: text('It fails'), processed_at: AT } },
  {
    event: {
      type: 'session.thread_created',
      session_thread_id: 't1',
      agent_name: 'scout',
      processed_at: AT,
    },
  },
  {
    event: {
      type: 'agent.message',
      session_thread_id: 't1',
      content: text('Found it'),
      processed_at: AT,
    },
  },
]

async function listed(world: SessionWorld, id: string) {
  return all(world.sdk.beta.sessions.events.list(id))
}

describe('importing sessions as JSON lines', () => {
  it('shows them on the wire with what agents did, and lets a dream read it', async () => {
    const world = await openSessionWorld()
    const { status, body } = await world.upload(jsonLines(ROWS))
    expect([status, body.new_events, body.lines, body.read]).toEqual([200, 6, 7, 7])
    const id = body.sessions[0]?.id ?? ''
    const session = await world.sdk.beta.sessions.retrieve(id)
    expect(session).toMatchObject({
      title: 'Ports',
      metadata: { user_id: 'ada' },
      created_at: AT,
      agent: { name: 'imported', version: 0 },
    })
    const events = await listed(world, id)
    expect(events.map(({ type }) => type)).toEqual([
      'user.message',
      'agent.tool_use',
      'agent.tool_result',
      'agent.message',
      'session.thread_created',
    ])
    expect(events[2]).toMatchObject({ tool_use_id: events[1]?.id, processed_at: AT })
    const read = await world.storage.sessions.events(id as SessionId)
    expect(
      read.map(({ speaker, text, tool, userId }) => [speaker, text, tool?.name, userId]),
    ).toEqual([
      ['user', 'My port is 5433', undefined, 'ada'],
      ['agent', 'make ci', 'bash', null],
      ['tool', 'Error: no', 'bash', null],
      ['agent', 'It fails', undefined, null],
      ['agent', 'Found it', undefined, null],
    ])
    expect(read[4]).toMatchObject({ agentId: 'scout', threadId: expect.stringMatching(/^sthr_/) })
  })

  it('keeps who may read, who speaks and how it ended, of the session and of its events', async () => {
    const world = await openSessionWorld()
    const session = { id: 'standup', audience: 'team:core', reward: 1, task: 'refund' }
    const said = { type: 'user.message', content: 'x' }
    const lines = [
      { session },
      { event: { ...said, user_id: 'ann' } },
      { event: { ...said, user_id: 'bob', audience: 'private:bob', trust: 'external' } },
      { event: { type: 'agent.message', content: 'y', agent_id: 'scout', thread_id: 'side' } },
      { event: { ...said, audience: 'everybody' } },
      { event: { ...said, trust: 'best' } },
    ]
    const { body } = await world.upload(jsonLines(lines))
    expect(body.skipped).toEqual({
      'bad audience in user.message': 1,
      'bad trust in user.message': 1,
    })
    const id = body.sessions[0]?.id as SessionId
    expect(await world.storage.sessions.get(id)).toMatchObject({
      audience: 'team:core',
      userIds: ['ann', 'bob'],
      outcome: { isSuccess: true, source: 'reward', task: 'refund' },
    })
    const read = await world.storage.sessions.events(id)
    expect(read.map(({ userId, agentId, label }) => [userId, agentId, label])).toEqual([
      ['ann', null, undefined],
      ['bob', null, { audience: 'private:bob', trust: 'external' }],
      [null, 'scout', undefined],
    ])
    expect(read[2]?.threadId).toMatch(/^sthr_/)
    const shown = await world.sdk.beta.sessions.retrieve(id)
    expect(shown.metadata).toEqual({ audience: 'team:core', reward: '1', task: 'refund' })
  })

  it('puts nobody’s words into another’s mouth', async () => {
    const world = await openSessionWorld()
    const said = { type: 'user.message', content: 'x' }
    const first = [{ session: { id: 's' } }, { event: { ...said, user_id: 'ann' } }]
    await world.upload(jsonLines([...first, { event: { ...said, user_id: 'bob' } }]))
    const more = [{ session: { id: 's' } }, { event: { ...said, id: 'later' } }]
    const { body } = await world.upload(jsonLines(more))
    const id = body.sessions[0]?.id as SessionId
    expect((await world.storage.sessions.events(id)).at(-1)?.userId).toBeNull()
    await world.sdk.beta.sessions.update(id, { metadata: { user_id: 'cleo', outcome: 'failure' } })
    expect(await world.storage.sessions.get(id)).toMatchObject({
      outcome: { isSuccess: false, source: 'success', task: null },
    })
  })

  it('keeps the whole transcript of a child in its own thread', async () => {
    const world = await openSessionWorld()
    const id = (await world.upload(jsonLines(ROWS))).body.sessions[0]?.id ?? ''
    const { threads } = world.sdk.beta.sessions
    const [primary, child] = await all(threads.list(id, { limit: 1 }))
    expect(primary).toMatchObject({ parent_thread_id: null, session_id: id })
    expect(child).toMatchObject({
      parent_thread_id: primary?.id,
      agent: { type: 'inline', name: 'scout' },
    })
    const inChild = await all(threads.events.list(child?.id ?? '', { session_id: id }))
    expect(inChild).toMatchObject([{ type: 'agent.message', content: text('Found it') }])
    expect(inChild[0]).not.toHaveProperty('session_thread_id')
    const inPrimary = await all(threads.events.list(primary?.id ?? '', { session_id: id }))
    expect(inPrimary).toEqual(await listed(world, id))
  })

  it('adds nothing the second time', async () => {
    const world = await openSessionWorld()
    const first = await world.upload(jsonLines(ROWS))
    const id = first.body.sessions[0]?.id ?? ''
    const before = [await listed(world, id), await world.storage.sessions.events(id as SessionId)]
    const second = await world.upload(jsonLines(ROWS))
    expect(second.body.sessions).toEqual([{ id, new_events: 0 }])
    const after = [await listed(world, id), await world.storage.sessions.events(id as SessionId)]
    expect(after).toEqual(before)
    expect(await all(world.sdk.beta.sessions.list())).toHaveLength(1)
  })

  it('adds what is new behind what was there', async () => {
    const world = await openSessionWorld()
    await world.upload(jsonLines(ROWS))
    const more = { event: { type: 'user.message', content: 'Now 5434' } }
    const { body } = await world.upload(jsonLines([...ROWS, more]))
    expect(body.new_events).toBe(1)
    const read = await world.storage.sessions.events(body.sessions[0]?.id as SessionId)
    expect(read.at(-1)?.text).toBe('Now 5434')
  })

  it('counts what it cannot take, with place and reason, and takes the rest', async () => {
    const world = await openSessionWorld()
    const lines = [
      JSON.stringify({ event: { type: 'user.message', content: 'x' } }),
      JSON.stringify({ session: { id: 'a', mood: 'good' } }),
      JSON.stringify({ event: { type: 'user.message', content: 'x' } }),
      JSON.stringify({ session: { id: 'b' } }),
      '{"event": {"type": "user.mess',
      '',
      '[1]',
      '{"other": 1}',
      JSON.stringify({ event: { type: 'agent.dance' } }),
      JSON.stringify({ event: { type: 'agent.tool_use', input: {} } }),
      JSON.stringify({ event: { type: 'user.message', content: 'x', processed_at: 'noon' } }),
      JSON.stringify({ event: { type: 'user.message', content: 'taken' } }),
      '{"event": ',
    ]
    const { status, body } = await world.upload(lines.join('\n'), '?format=wire')
    expect(status).toBe(200)
    expect(body.bad_lines).toEqual([
      { line: 1, reason: 'no session' },
      { line: 2, reason: 'bad session' },
      { line: 3, reason: 'no session' },
      { line: 5, reason: 'not a JSON object' },
      { line: 7, reason: 'not a JSON object' },
      { line: 8, reason: 'neither session nor event' },
      { line: 9, reason: 'unknown type' },
      { line: 10, reason: 'bad name in agent.tool_use' },
      { line: 11, reason: 'bad processed_at in user.message' },
      { line: 13, reason: 'torn line' },
    ])
    const skipped = Object.values(body.skipped).reduce((sum, count) => sum + count, 0)
    expect([body.lines, body.read, body.new_events]).toEqual([13, 2, 1])
    expect(body.read + skipped).toBe(body.lines)
  })

  it('takes out secrets, also those that only their name gives away', async () => {
    const world = await openSessionWorld()
    const key = ['AKIA', 'QJ7M2XVN4LBZ6TKD'].join('')
    const word = ['correct', 'Horse', '9battery'].join('-')
    const rows = [
      { session: { id: 's', title: `about ${key}`, metadata: { note: key } } },
      { event: { type: 'user.message', content: `use ${key}` } },
      { event: { type: 'agent.tool_use', name: 'login', input: { deep: [{ password: word }] } } },
    ]
    const { body } = await world.upload(jsonLines(rows))
    expect(Object.keys(body.redacted).length).toBeGreaterThan(0)
    const id = body.sessions[0]?.id ?? ''
    const kept = JSON.stringify([
      await world.sdk.beta.sessions.retrieve(id),
      await listed(world, id),
      await world.storage.sessions.events(id as SessionId),
      await world.storage.sessions.get(id as SessionId),
    ])
    expect(kept).not.toContain(key)
    expect(kept).not.toContain(word)
  })

  it('leaves archived sessions and those of dreams as they are', async () => {
    const world = await openSessionWorld()
    const id = (await world.upload(jsonLines(ROWS))).body.sessions[0]?.id ?? ''
    await world.sdk.beta.sessions.archive(id)
    const { body } = await world.upload(jsonLines(ROWS))
    expect(body.skipped).toEqual({ 'session takes no events': 6 })
  })
})

describe('importing one JSON document', () => {
  it('is the same as its lines', async () => {
    const [header, ...events] = ROWS
    const session = { ...header?.session, events: events.map((row) => row.event) }
    const world = await openSessionWorld()
    const document = JSON.stringify({ sessions: [session] })
    const { body } = await world.upload(document, '', 'application/json')
    const lines = await world.upload(jsonLines(ROWS))
    expect([body.new_events, lines.body.new_events]).toEqual([6, 0])
    expect(lines.body.sessions[0]?.id).toBe(body.sessions[0]?.id)
  })

  it('refuses JSON that holds no sessions', async () => {
    const world = await openSessionWorld()
    const { status, body } = await world.upload('{"sessions": 1}', '', 'application/json')
    expect([status, body.error?.type]).toEqual([400, 'invalid_request_error'])
  })
})

describe('importing a transcript', () => {
  const chat = jsonLines([
    { role: 'user', content: 'My port is 5433', at: AT },
    {
      role: 'assistant',
      content: 'Noted',
      tool_calls: [{ id: 'c1', function: { name: 'mcp__db__run', arguments: '{"q":1}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'ok', thread: 'side' },
    { mood: 'good' },
  ])

  it('knows its format by its content and shows it as the wire does', async () => {
    const world = await openSessionWorld()
    const { status, body } = await world.upload(chat, '?name=monday.jsonl')
    expect([status, body.new_events, body.skipped]).toEqual([200, 5, { 'not a message': 1 }])
    expect(world.spooled()).toBe(0)
    const id = body.sessions[0]?.id ?? ''
    expect(await world.sdk.beta.sessions.retrieve(id)).toMatchObject({ agent: { name: 'chat' } })
    const events = await listed(world, id)
    expect(events).toMatchObject([
      { type: 'session.thread_created', agent_name: 'side' },
      { type: 'user.message', content: text('My port is 5433'), processed_at: AT },
      { type: 'agent.message', content: text('Noted'), processed_at: AT },
      { type: 'agent.mcp_tool_use', mcp_server_name: 'db', name: 'run', input: { q: 1 } },
    ])
    const child = (await all(world.sdk.beta.sessions.threads.list(id)))[1]
    const inChild = await all(
      world.sdk.beta.sessions.threads.events.list(child?.id ?? '', { session_id: id }),
    )
    expect(inChild).toMatchObject([
      { type: 'agent.mcp_tool_result', mcp_tool_use_id: events[3]?.id },
    ])
    expect((await world.upload(chat, '?name=monday.jsonl')).body.new_events).toBe(0)
  })

  it('counts a source of no known format, and refuses an unknown one by name', async () => {
    const world = await openSessionWorld()
    expect((await world.upload('hello\n')).body.skipped).toEqual({ 'unknown format': 1 })
    expect((await world.upload('hello\n', '?format=word')).status).toBe(400)
  })
})

describe('appending events to a session', () => {
  it('takes any type, once, into a session that clients made', async () => {
    const world = await openSessionWorld()
    const { id } = await world.sdk.beta.sessions.create(await world.ground())
    const events = [
      { type: 'agent.message', content: 'Done', id: 'sevt_1' },
      { type: 'agent.dance' },
    ]
    const append = async () =>
      (await world.sdk.post(`/v1/reverie/sessions/${id}/events`, { body: { events } })) as object
    expect(await append()).toMatchObject({
      new_events: 1,
      bad_lines: [{ line: 2, reason: 'unknown type' }],
    })
    expect(await append()).toMatchObject({ new_events: 0 })
    expect(await listed(world, id)).toMatchObject([{ id: 'sevt_1', content: text('Done') }])
    const elsewhere = world.sdk.post('/v1/reverie/sessions/sesn_x/events', { body: { events } })
    await expect(elsewhere).rejects.toMatchObject({ status: 404 })
  })
})

const words = fc.string({ unit: 'grapheme', maxLength: 40 })
const time = fc.date({
  min: new Date('2000-01-01'),
  max: new Date('2030-01-01'),
  noInvalidDate: true,
})
const base = { processed_at: time.map((at) => at.toISOString()) }
const content = fc.array(fc.record({ type: fc.constant('text'), text: words }), { maxLength: 3 })
const anEvent = fc.oneof(
  fc.record({
    ...base,
    type: fc.constantFrom('user.message', 'agent.message', 'system.message'),
    content,
  }),
  fc.record({
    ...base,
    type: fc.constant('agent.tool_use'),
    name: fc.constantFrom('bash', 'read'),
    input: fc.dictionary(
      fc.constantFrom('command', 'path', 'n'),
      fc.oneof(words, fc.nat(), fc.constant(null)),
    ),
  }),
  fc.record({
    ...base,
    type: fc.constant('agent.tool_result'),
    tool_use_id: fc.constant('sevt_use'),
    content,
    is_error: fc.boolean(),
  }),
  fc.record({
    ...base,
    type: fc.constantFrom('agent.thinking', 'session.status_running', 'span.model_request_start'),
  }),
)
const someEvents = fc.array(anEvent, { minLength: 1, maxLength: 6 })

describe('whatever is imported', () => {
  it('comes back as the same JSON, and importing it twice is importing it once', async () => {
    const world = await openSessionWorld({ redact: async (clean) => ({ text: clean, kinds: [] }) })
    let session = 0
    await fc.assert(
      fc.asyncProperty(someEvents, async (events) => {
        session += 1
        const named = events.map((event, at) => ({ ...event, id: `sevt_${session}_${at}` }))
        const rows = [{ session: { id: `sesn_${session}` } }, ...named.map((event) => ({ event }))]
        const first = await world.upload(jsonLines(rows))
        expect(first.body.new_events).toBe(events.length)
        const shown = await listed(world, `sesn_${session}`)
        expect(shown).toEqual(named)
        expect((await world.upload(jsonLines(rows))).body.new_events).toBe(0)
        expect(await listed(world, `sesn_${session}`)).toEqual(shown)
      }),
      { seed: SEED, numRuns: 60 },
    )
  })
})
