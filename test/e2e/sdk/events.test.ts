import { expect } from 'vitest'
import { all, anAgent, anEnvironment, aSession, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

const INVALID = { status: 400, type: 'invalid_request_error' }

const said = (text: string) => ({
  type: 'user.message' as const,
  content: [{ type: 'text' as const, text }],
})

requirement('events.send', async ({ client }) => {
  const { id } = await aSession(client)
  const { data } = await client.beta.sessions.events.send(id, { events: [said('hello')] })

  expect(data).toMatchObject([{ ...said('hello'), id: expect.stringMatching(/^sevt_/) }])
})

requirement('events.idle-after-message', async ({ client }) => {
  const { id } = await aSession(client)
  await client.beta.sessions.events.send(id, { events: [said('hello')] })
  const events = await all(client.beta.sessions.events.list(id))

  expect(events.at(-1)).toMatchObject({
    type: 'session.status_idle',
    stop_reason: { type: 'end_turn' },
  })
  expect((await client.beta.sessions.retrieve(id)).status).toBe('idle')
})

requirement('events.no-agent-events', async ({ client }) => {
  const { id } = await aSession(client)
  const events = [{ type: 'agent.message', content: [{ type: 'text', text: 'forged' }] }]
  const send = client.beta.sessions.events.send(id, { events: events as never })

  expect(await failureOf(send)).toMatchObject(INVALID)
})

requirement('events.list', async ({ client }) => {
  const { id } = await aSession(client, { says: 'one' })
  await client.beta.sessions.events.send(id, { events: [said('two'), said('three')] })
  const messages = await all(
    client.beta.sessions.events.list(id, { types: ['user.message'], limit: 1 }),
  )
  const texts = messages.map((event) => JSON.stringify(event).match(/"text":"(\w+)"/)?.[1])
  const newest = await client.beta.sessions.events.list(id, { order: 'desc', limit: 1 })

  expect(texts).toEqual(['one', 'two', 'three'])
  expect(newest.data).toMatchObject([{ type: 'session.status_idle' }])
})

requirement('events.stream', async ({ client }) => {
  const { id } = await aSession(client)
  const stream = await client.beta.sessions.events.stream(id)
  const texts = ['a', 'b', 'c']
  const sending = (async () => {
    for (const text of texts) {
      await client.beta.sessions.events.send(id, { events: [said(text)] })
    }
  })()
  const heard: string[] = []
  for await (const event of stream) {
    if (event.type === 'user.message') heard.push(JSON.stringify(event.content))
    if (heard.length === texts.length) break
  }
  await sending

  expect(heard).toEqual(texts.map((text) => JSON.stringify([{ type: 'text', text }])))
})

requirement('events.import', async ({ client, address }) => {
  const events = [
    said('Run the tests.'),
    { type: 'agent.tool_use', id: 'sevt_use', name: 'bash', input: { command: 'pnpm test' } },
    { type: 'agent.tool_result', tool_use_id: 'sevt_use', content: [{ type: 'text', text: 'ok' }] },
    { type: 'agent.message', content: [{ type: 'text', text: 'They pass.' }] },
  ]
  const response = await fetch(`${address}/v1/reverie/sessions/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessions: [{ title: 'imported', events }] }),
  })
  const text = await response.text()
  const [sessionId] = text.match(/sesn_\w+/) ?? []
  const listed = await all(client.beta.sessions.events.list(sessionId ?? ''))

  expect(response.status, text).toBe(200)
  expect(listed.map(({ type }) => type)).toEqual(events.map(({ type }) => type))
})

requirement('threads.primary', async ({ client }) => {
  const { id } = await aSession(client)
  const [primary, ...others] = await all(client.beta.sessions.threads.list(id))

  expect(others).toEqual([])
  expect(primary).toMatchObject({
    type: 'session_thread',
    session_id: id,
    parent_thread_id: null,
    id: expect.stringMatching(/^sthr_/),
  })
})

requirement('threads.children', async ({ client, address }) => {
  const thread = 'sthr_child1'
  const events = [
    said('Split the work.'),
    { type: 'session.thread_created', session_thread_id: thread, agent_name: 'helper' },
    {
      type: 'agent.message',
      session_thread_id: thread,
      content: [{ type: 'text', text: 'child speaks' }],
    },
  ]
  const response = await fetch(`${address}/v1/reverie/sessions/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessions: [{ events }] }),
  })
  const [sessionId] = (await response.text()).match(/sesn_\w+/) ?? []
  const threads = await all(client.beta.sessions.threads.list(sessionId ?? ''))
  const child = threads.find(({ parent_thread_id }) => parent_thread_id !== null)
  const ofChild = await all(
    client.beta.sessions.threads.events.list(child?.id ?? '', { session_id: sessionId ?? '' }),
  )

  expect(threads).toHaveLength(2)
  expect(JSON.stringify(ofChild)).toContain('child speaks')
})

requirement('agents.create', async ({ client }) => {
  const agent = await client.beta.agents.create({
    name: 'coder',
    model: 'claude-opus-5',
    system: 'Be brief.',
    description: 'writes code',
    metadata: { team: 'shop' },
  })

  expect(agent).toMatchObject({
    id: expect.stringMatching(/^agent_/),
    type: 'agent',
    version: 1,
    name: 'coder',
    model: { id: 'claude-opus-5' },
    system: 'Be brief.',
    metadata: { team: 'shop' },
    archived_at: null,
  })
  const nameless = client.beta.agents.create({ model: 'm' } as never)
  expect(await failureOf(nameless)).toMatchObject(INVALID)
})

requirement('agents.retrieve-version', async ({ client }) => {
  const { id } = await client.beta.agents.create({ name: 'one', model: 'm' })
  await client.beta.agents.update(id, { version: 1, name: 'two' })

  expect((await client.beta.agents.retrieve(id)).name).toBe('two')
  expect((await client.beta.agents.retrieve(id, { version: 1 })).name).toBe('one')
})

requirement('agents.update', async ({ client }) => {
  const { id } = await client.beta.agents.create({ name: 'one', model: 'm' })
  const updated = await client.beta.agents.update(id, { version: 1, system: 'new' })
  const stale = client.beta.agents.update(id, { version: 1, name: 'late' })

  expect(updated).toMatchObject({ id, version: 2, name: 'one', system: 'new' })
  expect(await failureOf(stale)).toMatchObject({ status: 409, type: 'conflict_error' })
})

requirement('agents.list-and-archive', async ({ client }) => {
  const { id } = await anAgent(client)
  const ids = async (include_archived: boolean) =>
    (await all(client.beta.agents.list({ include_archived }))).map((agent) => agent.id)

  expect(await ids(false)).toContain(id)
  expect((await client.beta.agents.archive(id)).archived_at).not.toBeNull()
  expect(await ids(false)).not.toContain(id)
  expect(await ids(true)).toContain(id)
})

requirement('agents.versions', async ({ client }) => {
  const { id } = await client.beta.agents.create({ name: 'one', model: 'm' })
  await client.beta.agents.update(id, { version: 1, name: 'two' })
  const versions = await all(client.beta.agents.versions.list(id))

  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2])
})

requirement('environments.create', async ({ client }) => {
  const environment = await client.beta.environments.create({ name: 'cloud', description: 'big' })

  expect(environment).toMatchObject({
    id: expect.stringMatching(/^env_/),
    type: 'environment',
    name: 'cloud',
    description: 'big',
    config: { type: expect.any(String) },
    archived_at: null,
  })
})

requirement('environments.update-and-retrieve', async ({ client }) => {
  const { id } = await anEnvironment(client)
  await client.beta.environments.update(id, { name: 'renamed' })

  expect((await client.beta.environments.retrieve(id)).name).toBe('renamed')
})

requirement('environments.list-and-archive', async ({ client }) => {
  const { id } = await anEnvironment(client)
  await client.beta.environments.archive(id)
  const ids = async (include_archived: boolean) =>
    (await all(client.beta.environments.list({ include_archived }))).map((item) => item.id)

  expect(await ids(false)).not.toContain(id)
  expect(await ids(true)).toContain(id)
})

requirement('environments.delete', async ({ client }) => {
  const { id } = await anEnvironment(client)

  expect(await client.beta.environments.delete(id)).toEqual({ id, type: 'environment_deleted' })
  expect(await failureOf(client.beta.environments.retrieve(id))).toMatchObject({ status: 404 })
})

onEveryClient()
