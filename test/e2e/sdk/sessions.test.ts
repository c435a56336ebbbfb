import { expect } from 'vitest'
import { aDream, all, anAgent, anEnvironment, aSession, aStore, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

const INVALID = { status: 400, type: 'invalid_request_error' }
const UNKNOWN = { status: 404, type: 'not_found_error' }

requirement('sessions.create', async ({ client }) => {
  const agent = await anAgent(client)
  const environment = await anEnvironment(client)
  const store = await client.beta.memoryStores.create({ name: 'Shop: Notes!', description: 'd' })
  const session = await client.beta.sessions.create({
    agent: agent.id,
    environment_id: environment.id,
    title: 'first',
    metadata: { a: 'b' },
    resources: [{ type: 'memory_store', memory_store_id: store.id, instructions: 'read first' }],
  })

  expect(session).toMatchObject({
    id: expect.stringMatching(/^sesn_/),
    type: 'session',
    status: 'idle',
    title: 'first',
    metadata: { a: 'b' },
    environment_id: environment.id,
    archived_at: null,
    agent: { type: 'agent', id: agent.id, version: 1, name: 'coder' },
    resources: [
      {
        type: 'memory_store',
        memory_store_id: store.id,
        access: 'read_write',
        instructions: 'read first',
        name: 'Shop: Notes!',
        description: 'd',
        mount_path: expect.stringMatching(/^\/mnt\/memory\/shop-notes-?\/?$/),
      },
    ],
  })
  expect(Object.keys(session)).toEqual(
    expect.arrayContaining(['stats', 'usage', 'vault_ids', 'outcome_evaluations', 'updated_at']),
  )
})

requirement('sessions.create.agent-forms', async ({ client }) => {
  const agent = await client.beta.agents.create({ name: 'one', model: 'claude-opus-5' })
  const { id: environment_id } = await anEnvironment(client)
  await client.beta.agents.update(agent.id, { version: 1, name: 'two' })
  const byId = await client.beta.sessions.create({ agent: agent.id, environment_id })
  const byVersion = await client.beta.sessions.create({
    agent: { type: 'agent', id: agent.id, version: 1 },
    environment_id,
  })

  expect(byId.agent).toMatchObject({ version: 2, name: 'two' })
  expect(byVersion.agent).toMatchObject({ version: 1, name: 'one' })
})

requirement('sessions.create.unknown-agent-404', async ({ client }) => {
  const agent = await anAgent(client)
  const environment = await anEnvironment(client)
  const { sessions } = client.beta
  const noAgent = sessions.create({ agent: 'agent_none', environment_id: environment.id })
  const noPlace = sessions.create({ agent: agent.id, environment_id: 'env_none' })

  expect(await failureOf(noAgent)).toMatchObject(UNKNOWN)
  expect(await failureOf(noPlace)).toMatchObject(UNKNOWN)
})

requirement('sessions.create.eight-stores', async ({ client }) => {
  const agent = await anAgent(client)
  const { id: environment_id } = await anEnvironment(client)
  const ids: string[] = []
  for (let n = 0; n < 9; n += 1) {
    ids.push((await client.beta.memoryStores.create({ name: 'same name' })).id)
  }
  const create = (n: number) =>
    client.beta.sessions.create({
      agent: agent.id,
      environment_id,
      resources: ids
        .slice(0, n)
        .map((memory_store_id) => ({ type: 'memory_store' as const, memory_store_id })),
    })
  const eight = await create(8)

  const places = eight.resources.map((resource) =>
    resource.type === 'memory_store' ? resource.mount_path : null,
  )
  expect(new Set(places).size).toBe(8)
  expect(await failureOf(create(9))).toMatchObject(INVALID)
})

requirement('sessions.retrieve', async ({ client }) => {
  const { id } = await aSession(client)

  expect((await client.beta.sessions.retrieve(id)).id).toBe(id)
})

requirement('sessions.list', async ({ client }) => {
  const store = await aStore(client)
  const made = [
    await aSession(client, { storeId: store.id }),
    await aSession(client, { storeId: store.id }),
    await aSession(client, { storeId: store.id }),
  ]
  const ids = made.map(({ id }) => id)
  const ofStore = { memory_store_id: store.id }
  const { sessions } = client.beta
  const listed = async (query: Parameters<typeof sessions.list>[0]) =>
    (await all(sessions.list({ ...ofStore, ...query }))).map(({ id }) => id)

  expect(await listed({ limit: 2 })).toEqual(ids.toReversed())
  expect(await listed({ order: 'asc' })).toEqual(ids)
  expect(await listed({ statuses: ['idle'] })).toHaveLength(3)
  expect(await listed({ statuses: ['running'] })).toEqual([])
  const agentId = made[0]?.agent.id ?? ''
  expect(await listed({ agent_id: agentId })).toEqual(ids.slice(0, 1))
  expect(await listed({ 'created_at[gte]': made[2]?.created_at ?? '' })).toContain(ids[2])

  const first = await sessions.list({ ...ofStore, limit: 2 })
  expect(first.prev_page ?? null).toBeNull()
  const second = await sessions.list({ ...ofStore, limit: 2, page: first.next_page ?? '' })
  const back = await sessions.list({ ...ofStore, limit: 2, page: second.prev_page ?? '' })
  expect(back.data.map(({ id }) => id)).toEqual(first.data.map(({ id }) => id))
})

requirement('sessions.update', async ({ client }) => {
  const { id } = await aSession(client, { userId: 'u1' })
  const updated = await client.beta.sessions.update(id, { title: 'new', metadata: { k: 'v' } })

  expect(updated).toMatchObject({ title: 'new', metadata: { user_id: 'u1', k: 'v' } })
})

requirement('sessions.archive', async ({ client }) => {
  const { id } = await aSession(client)
  const archived = await client.beta.sessions.archive(id)
  const send = client.beta.sessions.events.send(id, {
    events: [{ type: 'user.message', content: [{ type: 'text', text: 'late' }] }],
  })

  expect(archived).toMatchObject({ status: 'terminated', archived_at: expect.any(String) })
  expect(await failureOf(send)).toMatchObject(INVALID)
})

requirement('sessions.delete', async ({ client }) => {
  const { id } = await aSession(client)

  expect(await client.beta.sessions.delete(id)).toEqual({ id, type: 'session_deleted' })
  expect(await failureOf(client.beta.sessions.retrieve(id))).toMatchObject(UNKNOWN)
  const events = Promise.resolve(client.beta.sessions.events.list(id))
  expect(await failureOf(events)).toMatchObject(UNKNOWN)
})

requirement('guide.attach-output', async ({ client }) => {
  const { dream } = await aDream(client)
  const output = dream.outputs[0]?.memory_store_id ?? ''
  const session = await aSession(client, { storeId: output })

  expect(session.resources).toMatchObject([{ memory_store_id: output }])
})

onEveryClient()
