import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { aDream, all, aSession, aStore, contentsOf, ended, failureOf, orderOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

const INVALID = { status: 400, type: 'invalid_request_error' }

requirement('dreams.retrieve', async ({ client }) => {
  const { dream } = await aDream(client)
  await client.beta.dreams.archive(dream.id)

  expect((await client.beta.dreams.retrieve(dream.id)).id).toBe(dream.id)
})

requirement('dreams.list.newest-first', async ({ client }) => {
  const first = await aDream(client)
  const second = await aDream(client)
  const ids = (await client.beta.dreams.list({ limit: 2 })).data.map(({ id }) => id)

  expect(ids).toEqual([second.dream.id, first.dream.id])
})

requirement('dreams.list.statuses', async ({ client }) => {
  const { dream } = await aDream(client)
  const ids = async (statuses: Anthropic.Beta.BetaDreamStatus[]) =>
    (await all(client.beta.dreams.list({ limit: 1, statuses }))).map(({ id }) => id)

  expect(await ids(['completed', 'failed'])).toContain(dream.id)
  expect(await ids(['failed', 'canceled', 'pending', 'running'])).not.toContain(dream.id)
})

requirement('dreams.list.created-at-exclusive', async ({ client }) => {
  const { dream } = await aDream(client)
  const at = dream.created_at
  const before = new Date(Date.parse(at) - 1).toISOString()
  const after = new Date(Date.parse(at) + 1).toISOString()
  const has = async (bounds: Parameters<Client['beta']['dreams']['list']>[0]) =>
    (await all(client.beta.dreams.list(bounds))).some(({ id }) => id === dream.id)

  expect(await has({ 'created_at[gt]': at })).toBe(false)
  expect(await has({ 'created_at[lt]': at })).toBe(false)
  expect(await has({ 'created_at[gt]': before, 'created_at[lt]': after })).toBe(true)
})

type Client = Anthropic

requirement('dreams.list.archived-hidden', async ({ client }) => {
  const { dream } = await aDream(client)
  await client.beta.dreams.archive(dream.id)
  const ids = async (include_archived: boolean) =>
    (await all(client.beta.dreams.list({ include_archived }))).map(({ id }) => id)

  expect(await ids(false)).not.toContain(dream.id)
  expect(await ids(true)).toContain(dream.id)
})

requirement('dreams.archive.ended-only', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const session = await aSession(client)
  const dream = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  expect(await failureOf(client.beta.dreams.archive(dream.id))).toMatchObject(INVALID)

  await letDreamsRun()
  expect((await ended(client, dream.id)).archived_at).toBeNull()
  expect((await client.beta.dreams.archive(dream.id)).archived_at).not.toBeNull()
})

requirement('dreams.archive.twice', async ({ client }) => {
  const { dream } = await aDream(client)
  const once = await client.beta.dreams.archive(dream.id)

  expect(await client.beta.dreams.archive(dream.id)).toEqual(once)
})

requirement('dreams.held-store-409', async ({ withoutDreams }) => {
  const { client, clientWith, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const session = await aSession(client)
  const order = orderOf(store.id, [session.id], {
    output_behavior: { type: 'update_existing', memory_store_id: store.id },
  })
  const patient = clientWith({ maxRetries: 2 })
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => patient.beta.dreams.create(order)),
  )
  const made = results.filter(({ status }) => status === 'fulfilled')
  const [refused] = results.flatMap((result) => (result.status === 'rejected' ? result.reason : []))

  expect(made).toHaveLength(1)
  expect(refused).toMatchObject({ status: 409, type: 'conflict_error' })
  expect(refused.headers.get('x-should-retry')).toBe('false')
  expect(refused.message).toMatch(/drm_/)

  await letDreamsRun()
  const [first] = made.flatMap((result) => (result.status === 'fulfilled' ? result.value.id : []))
  expect((await ended(client, first ?? '')).status).toBe('completed')
  expect((await client.beta.dreams.create(order)).status).toBe('pending')
})

requirement('dreams.create-new.clone', async ({ client }) => {
  const store = await aStore(client)
  const before = await contentsOf(client, store.id)
  const session = await aSession(client)
  const created = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  const dream = await ended(client, created.id)
  const after = await contentsOf(client, dream.outputs[0]?.memory_store_id ?? '')

  expect(await contentsOf(client, store.id)).toEqual(before)
  expect(after['/project_people.md']).toBe(before['/project_people.md'])
  expect(after['/project_infra.md']).toContain('3100')
  expect(after['/project_infra.md']).not.toContain('3000')
})

requirement('dreams.create-new.readable', async ({ client }) => {
  const { dream, store } = await aDream(client)
  const output = await client.beta.memoryStores.retrieve(dream.outputs[0]?.memory_store_id ?? '')

  expect(output.id).not.toBe(store.id)
  expect(output.archived_at).toBeNull()
})

requirement('dreams.update-existing.in-place', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  const created = await client.beta.dreams.create(
    orderOf(store.id, [session.id], {
      output_behavior: { type: 'update_existing', memory_store_id: store.id },
    }),
  )
  const dream = await ended(client, created.id)
  const [newest] = (await client.beta.memoryStores.memoryVersions.list(store.id)).data

  expect(dream.outputs).toEqual([{ type: 'memory_store', memory_store_id: store.id }])
  expect((await contentsOf(client, store.id))['/project_infra.md']).toContain('3100')
  expect(newest).toMatchObject({
    operation: 'modified',
    path: '/project_infra.md',
    created_by: { type: 'session_actor', session_id: dream.session_id },
  })
})

requirement('dreams.archived-session-is-read', async ({ client }) => {
  const store = await aStore(client)
  const session = await aSession(client)
  await client.beta.sessions.archive(session.id)
  const created = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  const dream = await ended(client, created.id)
  const after = await contentsOf(client, dream.outputs[0]?.memory_store_id ?? '')

  expect(after['/project_infra.md']).toContain('3100')
})

requirement('dreams.session.streams', async ({ client }) => {
  const { dream } = await aDream(client)
  const events = await all(client.beta.sessions.events.list(dream.session_id ?? ''))
  const types = events.map(({ type }) => type)

  expect(types).toContain('session.status_running')
  expect(types).toContain('agent.message')
  expect(types).toContain('session.status_idle')
  expect(JSON.stringify(events)).toContain('rules alone')
})

requirement('dreams.session.hidden', async ({ client }) => {
  const { dream } = await aDream(client)
  const listed = await all(client.beta.sessions.list({ include_archived: true }))
  const own = await client.beta.sessions.retrieve(dream.session_id ?? '')

  expect(listed.map(({ id }) => id)).not.toContain(own.id)
})

requirement('dreams.session.threads', async ({ client }) => {
  const { dream } = await aDream(client)
  const events = await all(client.beta.sessions.events.list(dream.session_id ?? ''))

  expect(events.filter(({ type }) => type === 'session.thread_created')).toHaveLength(1)
})

requirement('dreams.session.ends-archived', async ({ client }) => {
  const { dream } = await aDream(client)
  const own = await client.beta.sessions.retrieve(dream.session_id ?? '')

  expect(own.archived_at).not.toBeNull()
  expect(own.status).toBe('terminated')
})

onEveryClient()
