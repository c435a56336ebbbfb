import type Anthropic from '@anthropic-ai/sdk'
import { expect } from 'vitest'
import { all, aSession, aStore, contentsOf, ended, orderOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

type Client = Anthropic

/** 100 sessions of one user as an upload of JSON lines. */
function hundredSessions(): string {
  return Array.from({ length: 100 }, (_, n) => {
    const texts = [
      n === 40
        ? 'The storefront dev server runs on port 3100 now, not 3000.'
        : `Look at file ${n}.`,
      n % 10 === 0 ? 'From now on, always run the linter before a commit.' : 'Thanks.',
    ]
    const events = texts.map((text, k) => ({
      event: {
        type: 'user.message',
        content: [{ type: 'text', text }],
        processed_at: new Date(Date.UTC(2026, 8, 1, n % 24, k)).toISOString(),
      },
    }))
    return [{ session: { title: `session ${n}` } }, ...events]
  })
    .flat()
    .map((line) => JSON.stringify(line))
    .join('\n')
}

requirement('dreams.flow.hundred-sessions', async ({ client, address }) => {
  const store = await aStore(client, 'a hundred sessions')
  const before = await contentsOf(client, store.id)
  const response = await fetch(`${address}/v1/reverie/sessions/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: hundredSessions(),
  })
  const ids = [...new Set((await response.text()).match(/sesn_\w+/g))]
  expect(ids).toHaveLength(100)

  const created = await client.beta.dreams.create(orderOf(store.id, ids))
  const watched = await watch(client, created.id)
  const dream = await ended(client, created.id)
  const output = dream.outputs[0]?.memory_store_id ?? ''
  const after = await contentsOf(client, output)

  expect(dream.status).toBe('completed')
  expect(watched).toContain('session.status_idle')
  expect(after['/project_infra.md']).toContain('3100')
  expect(await contentsOf(client, store.id)).toEqual(before)
  const listed = await all(client.beta.dreams.list({ statuses: ['completed'] }))
  expect(listed.map(({ id }) => id)).toContain(dream.id)
  expect((await client.beta.dreams.archive(dream.id)).archived_at).not.toBeNull()
})

/** Types of the events of a dream's own session, streamed until it is idle, else listed. */
async function watch(client: Client, dreamId: string): Promise<readonly string[]> {
  const dream = await client.beta.dreams.retrieve(dreamId)
  if (dream.session_id === null) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return watch(client, dreamId)
  }
  const types: string[] = []
  const stream = await client.beta.sessions.events.stream(dream.session_id)
  for (const event of await all(client.beta.sessions.events.list(dream.session_id))) {
    types.push(event.type)
  }
  if (types.includes('session.status_idle')) {
    stream.controller.abort()
    return types
  }
  for await (const event of stream) {
    types.push(event.type)
    if (event.type === 'session.status_idle') break
  }
  return types
}

requirement('dreams.fails.store-deleted', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const session = await aSession(client)
  const { id } = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  await client.beta.memoryStores.delete(store.id)
  await letDreamsRun()
  const dream = await ended(client, id)

  expect(dream.status).toBe('failed')
  expect(dream.error?.type).toBe('input_memory_store_unavailable')
  expect(dream.ended_at).not.toBeNull()
})

requirement('dreams.fails.session-deleted', async ({ withoutDreams }) => {
  const { client, letDreamsRun } = await withoutDreams()
  const store = await aStore(client)
  const before = await contentsOf(client, store.id)
  const session = await aSession(client)
  const { id } = await client.beta.dreams.create(orderOf(store.id, [session.id]))
  await client.beta.sessions.delete(session.id)
  await letDreamsRun()
  const dream = await ended(client, id)

  expect(dream.status).toBe('failed')
  expect(dream.error?.type).toBe('input_session_unavailable')
  expect(await contentsOf(client, store.id)).toEqual(before)
})

onEveryClient()
