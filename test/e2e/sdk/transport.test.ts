import { createServer } from 'node:http'
import { expect } from 'vitest'
import { all, aStore, failureOf } from './sample.ts'
import { onEveryClient, requirement } from './sdk-world.ts'

requirement('transport.bearer-and-x-api-key', async ({ address }) => {
  for (const headers of [{ authorization: 'Bearer anything' }, { 'x-api-key': 'anything' }]) {
    const response = await fetch(`${address}/v1/memory_stores`, { headers })

    expect(response.status).toBe(200)
  }
})

requirement('transport.beta-query-and-headers', async ({ client, address }) => {
  const store = await client.beta.memoryStores.create({ name: 'x', betas: ['foo-2026-01-01'] })
  const response = await fetch(`${address}/v1/memory_stores/${store.id}?beta=true`, {
    headers: { 'x-api-key': 'k', 'anthropic-beta': 'managed-agents-2026-04-01, foo-1' },
  })

  expect(response.status).toBe(200)
})

requirement('transport.bodyless-post', async ({ client }) => {
  const store = await aStore(client)

  expect((await client.beta.memoryStores.archive(store.id)).archived_at).not.toBeNull()
})

requirement('transport.request-id', async ({ client }) => {
  const store = await client.beta.memoryStores.create({ name: 'x' })
  const failure = await failureOf(client.beta.dreams.retrieve('drm_none'))

  expect(store).toHaveProperty('_request_id', expect.stringMatching(/^req_/))
  expect(failure.requestId).toMatch(/^req_/)
  expect(failure.body).toMatchObject({ request_id: failure.requestId })
})

requirement('transport.error-envelope', async ({ client }) => {
  const failure = await failureOf(client.beta.memoryStores.create({ name: '' }))

  expect(failure).toMatchObject({ status: 400, type: 'invalid_request_error' })
  expect(failure.body).toEqual({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringContaining('name') },
    request_id: failure.requestId,
  })
})

requirement('transport.unknown-id-404', async ({ client }) => {
  const { beta } = client
  const calls = [
    beta.dreams.retrieve('drm_none'),
    beta.memoryStores.retrieve('memstore_none'),
    beta.sessions.retrieve('sesn_none'),
    beta.agents.retrieve('agent_none'),
    beta.environments.retrieve('env_none'),
  ]
  for (const call of calls) {
    expect(await failureOf(call)).toMatchObject({ status: 404, type: 'not_found_error' })
  }
})

requirement('transport.no-blind-retry-of-409', async ({ client, clientWith, address }) => {
  const store = await aStore(client)
  const seen: string[] = []
  const proxy = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      seen.push(request.url ?? '')
      const answer = await fetch(`${address}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { 'x-api-key': 'k', 'content-type': 'application/json' },
        body: Buffer.concat(chunks),
      })
      const retry = answer.headers.get('x-should-retry')
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(retry === null ? {} : { 'x-should-retry': retry }),
      })
      response.end(await answer.text())
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const place = proxy.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  const patient = clientWith({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'k', maxRetries: 2 })

  const again = patient.beta.memoryStores.memories.create(store.id, {
    path: '/project_infra.md',
    content: 'other',
  })

  expect(await failureOf(again)).toMatchObject({ status: 409, type: 'memory_path_conflict_error' })
  expect(seen).toHaveLength(1)
  proxy.close()
})

requirement('transport.auto-paging', async ({ client }) => {
  const store = await client.beta.memoryStores.create({ name: 'pages' })
  const paths = ['/a.md', '/b.md', '/c.md', '/d.md', '/e.md']
  for (const path of paths) {
    await client.beta.memoryStores.memories.create(store.id, { path, content: path })
  }

  const found = await all(client.beta.memoryStores.memories.list(store.id, { limit: 2 }))

  expect(found.map(({ path }) => path)).toEqual(paths)
})

requirement('transport.pages-stable-under-inserts', async ({ client }) => {
  const made: string[] = []
  for (const name of ['one', 'two', 'three', 'four']) {
    made.unshift((await client.beta.memoryStores.create({ name })).id)
  }
  const first = await client.beta.memoryStores.list({ limit: 2 })
  await client.beta.memoryStores.create({ name: 'inserted while paging' })
  const second = await client.beta.memoryStores.list({ limit: 2, page: first.next_page ?? '' })

  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(made)
})

requirement('transport.cursor-of-another-list-400', async ({ client }) => {
  for (const name of ['one', 'two']) await client.beta.memoryStores.create({ name })
  const { next_page: page } = await client.beta.memoryStores.list({ limit: 1 })
  const elsewhere = client.beta.agents.list({ page: page ?? '' })

  expect(page).toMatch(/^page_/)
  expect(await failureOf(Promise.resolve(elsewhere))).toMatchObject({ status: 400 })
  const made = client.beta.memoryStores.list({ page: 'page_x' })
  expect(await failureOf(Promise.resolve(made))).toMatchObject({ status: 400 })
})

requirement('transport.limit-bounds', async ({ client }) => {
  for (const limit of [0, 101, 1.5]) {
    const call = Promise.resolve(client.beta.memoryStores.list({ limit }))
    expect(await failureOf(call)).toMatchObject({ status: 400 })
  }
  for (const name of Array.from({ length: 21 }, (_, n) => `store ${n}`)) {
    await client.beta.memoryStores.create({ name })
  }

  expect((await client.beta.memoryStores.list()).data).toHaveLength(20)
  expect((await client.beta.memoryStores.list({ limit: 1 })).data).toHaveLength(1)
  expect((await client.beta.memoryStores.list({ limit: 100 })).data.length).toBeGreaterThan(20)
})

onEveryClient()
