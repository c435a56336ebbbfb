import { BadRequestError, NotFoundError } from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import {
  all,
  openSessionWorld,
  present,
  type SessionWorld,
  says,
} from '../test-support/session-world.test-support.ts'

async function aStore(world: SessionWorld, id: string, more: Partial<MemoryStore> = {}) {
  await world.storage.stores.create({
    id: id as MemoryStoreId,
    name: 'User  Preferences!',
    description: 'What they like',
    metadata: {},
    folder: null,
    lineageId: id,
    audience: LOCAL_AUDIENCE,
    createdAt: '2026-11-22T09:00:00.000Z',
    updatedAt: '2026-11-22T09:00:00.000Z',
    archivedAt: null,
    ...more,
  })
  return { type: 'memory_store', memory_store_id: id } as const
}

describe('making a session', () => {
  it('answers every key of the wire, with the agent as it is now', async () => {
    const world = await openSessionWorld()
    const { agent, environment_id } = await world.ground()
    const session = await world.sdk.beta.sessions.create({ agent, environment_id })
    expect(session).toMatchObject({
      type: 'session',
      agent: { type: 'agent', id: agent, version: 1, name: 'Helper', multiagent: null },
      environment_id,
      status: 'idle',
      title: null,
      metadata: {},
      resources: [],
      vault_ids: [],
      budget: null,
      outcome_evaluations: [],
      archived_at: null,
      deployment_id: null,
    })
    expect(session.agent).not.toHaveProperty('metadata')
    expect(await world.sdk.beta.sessions.retrieve(session.id)).toEqual(session)
  })

  it('takes a version of an agent, and replaces what the caller replaces', async () => {
    const world = await openSessionWorld()
    const { agent, environment_id } = await world.ground()
    await world.sdk.beta.agents.update(agent, { name: 'Second', version: 1 })
    const first = { type: 'agent', id: agent, version: 1 } as const
    const pinned = await world.sdk.beta.sessions.create({ agent: first, environment_id })
    expect(pinned.agent).toMatchObject({ name: 'Helper', version: 1 })
    const other = await world.sdk.beta.sessions.create({
      agent: {
        type: 'agent_with_overrides',
        id: agent,
        system: 'Be short.',
        model: { id: 'small', effort: 'low' },
        tools: [{ type: 'agent_toolset_20260401' }],
      },
      environment_id,
    })
    expect(other.agent).toMatchObject({
      name: 'Second',
      system: 'Be short.',
      model: { id: 'small', effort: { type: 'low' }, speed: 'standard' },
      tools: [{ configs: [], default_config: { enabled: true } }],
    })
  })

  it('refuses what is not there or is archived', async () => {
    const world = await openSessionWorld()
    const { agent, environment_id } = await world.ground()
    const { sessions, environments } = world.sdk.beta
    await expect(sessions.create({ agent: 'agent_x', environment_id })).rejects.toThrow(
      NotFoundError,
    )
    const elsewhere = sessions.create({ agent, environment_id: 'env_x' })
    await expect(elsewhere).rejects.toMatchObject({ errorCode: 'environment_not_found' })
    await environments.archive(environment_id)
    const closed = sessions.create({ agent, environment_id })
    await expect(closed).rejects.toMatchObject({ status: 400, errorCode: 'environment_archived' })
  })

  it('attaches memory stores under paths of their names, at most eight', async () => {
    const world = await openSessionWorld()
    const ground = await world.ground()
    const first = await aStore(world, 'memstore_0')
    const others = []
    for (let n = 1; n < 9; n += 1) others.push(await aStore(world, `memstore_${n}`))
    const { resources } = await world.sdk.beta.sessions.create({
      ...ground,
      resources: [
        { ...first, access: 'read_only', instructions: 'Look first' },
        ...others.slice(0, 1),
      ],
    })
    expect(resources).toEqual([
      {
        type: 'memory_store',
        memory_store_id: 'memstore_0',
        access: 'read_only',
        instructions: 'Look first',
        name: 'User  Preferences!',
        description: 'What they like',
        mount_path: '/mnt/memory/user-preferences-',
      },
      expect.objectContaining({
        access: 'read_write',
        mount_path: '/mnt/memory/user-preferences--2',
      }),
    ])
    const eight = world.sdk.beta.sessions.create({ ...ground, resources: others })
    expect((await eight).resources).toHaveLength(8)
    const nine = world.sdk.beta.sessions.create({ ...ground, resources: [first, ...others] })
    await expect(nine).rejects.toThrow('resources cannot contain more than 8 memory_store entries')
    const gone = await aStore(world, 'memstore_old', { archivedAt: '2026-11-22T09:30:00.000Z' })
    await expect(world.sdk.beta.sessions.create({ ...ground, resources: [gone] })).rejects.toThrow(
      BadRequestError,
    )
  })

  it('reads the people and the audience of a session from its metadata', async () => {
    const world = await openSessionWorld()
    const metadata = { user_id: 'ada', audience: 'team:core' }
    const { id } = await world.sdk.beta.sessions.create({ ...(await world.ground()), metadata })
    const core = await world.storage.sessions.get(id as SessionId)
    expect(core).toMatchObject({ format: 'wire', userIds: ['ada'], audience: 'team:core' })
    await world.sdk.beta.sessions.update(id, { metadata: { user_id: 'bob' } })
    expect((await world.storage.sessions.get(id as SessionId))?.userIds).toEqual(['bob'])
    const bad = world.sdk.beta.sessions.update(id, { metadata: { audience: 'all' } })
    await expect(bad).rejects.toThrow(BadRequestError)
  })
})

describe('listing sessions', () => {
  it('filters by agent, version, store and status, and leaves out what is archived', async () => {
    const world = await openSessionWorld()
    const ground = await world.ground()
    const store = await aStore(world, 'memstore_1')
    const { sessions } = world.sdk.beta
    const plain = await sessions.create(ground)
    const attached = await sessions.create({ ...ground, resources: [store] })
    const ended = await sessions.create(ground)
    await sessions.archive(ended.id)
    const ids = async (query: object) => (await all(sessions.list(query))).map(({ id }) => id)
    expect(await ids({})).toEqual([attached.id, plain.id])
    expect(await ids({ order: 'asc', include_archived: true })).toEqual([
      plain.id,
      attached.id,
      ended.id,
    ])
    expect(await ids({ memory_store_id: 'memstore_1' })).toEqual([attached.id])
    expect(await ids({ agent_id: ground.agent, agent_version: 2 })).toEqual([])
    expect(await ids({ agent_id: ground.agent, agent_version: 1 })).toHaveLength(2)
    expect(await ids({ statuses: ['terminated', 'running'], include_archived: true })).toEqual([
      ended.id,
    ])
    expect(await ids({ deployment_id: 'depl_1' })).toEqual([])
    expect(await ids({ 'created_at[gt]': plain.created_at })).toEqual([attached.id])
  })

  it('walks forwards and back over the same pages', async () => {
    const world = await openSessionWorld()
    const ground = await world.ground()
    for (let n = 0; n < 5; n += 1)
      await world.sdk.beta.sessions.create({ ...ground, title: `${n}` })
    const { sessions } = world.sdk.beta
    const titles = (page: { data: readonly { title: string | null }[] }) =>
      page.data.map(({ title }) => title)
    const first = await sessions.list({ limit: 2 })
    expect([titles(first), first.prev_page]).toEqual([['4', '3'], null])
    const second = await sessions.list({ limit: 2, page: present(first.next_page) })
    const third = await sessions.list({ limit: 2, page: present(second.next_page) })
    expect([titles(second), titles(third), third.next_page]).toEqual([['2', '1'], ['0'], null])
    const back = await sessions.list({ limit: 2, page: present(third.prev_page) })
    expect(titles(back)).toEqual(['2', '1'])
    const other = sessions.list({ limit: 2, order: 'asc', page: present(first.next_page) })
    await expect(other).rejects.toThrow(BadRequestError)
  })

  it('hides the session of a dream, which takes nothing from outside', async () => {
    const world = await openSessionWorld()
    const { id } = await world.sdk.beta.sessions.create(await world.ground())
    const document = present(await world.storage.documents.get('session', id))
    await world.storage.documents.put({ ...document, tags: [...document.tags, 'dream'] })
    expect(await all(world.sdk.beta.sessions.list())).toEqual([])
    expect((await world.sdk.beta.sessions.retrieve(id)).id).toBe(id)
    const sent = world.sdk.beta.sessions.events.send(id, { events: [says('hello')] })
    await expect(sent).rejects.toThrow("a dream's own session")
  })
})

describe('changing a session', () => {
  it('patches metadata, tells what changed, and tells nothing where nothing did', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const { id } = await sessions.create({
      ...(await world.ground()),
      metadata: { a: '1', b: '2' },
    })
    const changed = await sessions.update(id, { title: 'New', metadata: { a: null, c: '3' } })
    expect(changed).toMatchObject({ title: 'New', metadata: { b: '2', c: '3' } })
    await sessions.update(id, { title: 'New' })
    const events = await all(sessions.events.list(id))
    expect(events).toEqual([
      expect.objectContaining({
        type: 'session.updated',
        title: 'New',
        metadata: { b: '2', c: '3' },
        processed_at: changed.updated_at,
      }),
    ])
    await expect(sessions.update(id, { vault_ids: [] })).rejects.toThrow(BadRequestError)
  })

  it('takes a budget away or replaces it, and never adds one', async () => {
    const world = await openSessionWorld()
    const ground = await world.ground()
    const { sessions } = world.sdk.beta
    const budget = (amount: string) =>
      ({ type: 'limit', max_list_cost: { amount, currency: 'USD' } }) as const
    const { id } = await sessions.create({ ...ground, budget: budget('50') })
    expect((await sessions.update(id, { budget: budget('60') })).budget).toEqual(budget('60'))
    expect((await sessions.update(id, { budget: null })).budget).toBeNull()
    await expect(sessions.update(id, { budget: budget('70') })).rejects.toThrow(BadRequestError)
  })

  it('archives once and for all', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const { id } = await sessions.create(await world.ground())
    const archived = await sessions.archive(id)
    expect(archived).toMatchObject({ status: 'terminated', archived_at: archived.updated_at })
    expect(await sessions.archive(id)).toEqual(archived)
    await expect(sessions.update(id, { title: 'x' })).rejects.toThrow(BadRequestError)
    const sent = sessions.events.send(id, { events: [says('x')] })
    await expect(sent).rejects.toThrow('is archived')
    expect((await world.storage.sessions.get(id as SessionId))?.archivedAt).toBe(
      archived.archived_at,
    )
  })

  it('deletes every trace but the audit', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const { id } = await sessions.create({
      ...(await world.ground()),
      initial_events: [says('My port is 5433')],
    })
    expect(await sessions.delete(id)).toEqual({ id, type: 'session_deleted' })
    await expect(sessions.retrieve(id)).rejects.toThrow(NotFoundError)
    await expect(sessions.delete(id)).rejects.toThrow(NotFoundError)
    expect(await world.storage.sessions.get(id as SessionId)).toBeNull()
    expect((await world.storage.logs.page(`session:${id}`, { limit: 1 })).items).toEqual([])
    const lines = (await world.storage.logs.page('audit', { limit: 100 })).items
    expect(lines.map(({ type }) => type)).toContain('session.removed')
  })
})

describe('resources of a session', () => {
  it('are read and never changed', async () => {
    const world = await openSessionWorld()
    const store = await aStore(world, 'memstore_1')
    const { sessions } = world.sdk.beta
    const { id } = await sessions.create({
      ...(await world.ground()),
      resources: [
        store,
        {
          type: 'github_repository',
          url: 'https://example.com/a/tool.git',
          authorization_token: 'x',
        },
      ],
    })
    const resources = await all(sessions.resources.list(id, { limit: 1 }))
    expect(resources).toMatchObject([
      { memory_store_id: 'memstore_1' },
      { type: 'github_repository', mount_path: '/workspace/tool' },
    ])
    expect(JSON.stringify(resources)).not.toContain('authorization_token')
    const own = await sessions.resources.retrieve('memstore_1', { session_id: id })
    expect(own).toEqual(resources[0])
    const add = sessions.resources.add(id, { type: 'file', file_id: 'file_1' })
    await expect(add).rejects.toThrow(NotFoundError)
    const remove = sessions.resources.delete('memstore_1', { session_id: id })
    await expect(remove).rejects.toThrow('docs/compatibility.md')
  })
})
