import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/core/ids.ts'
import { aSession, aStore, contentsOf, orderOf } from './sdk/sample.ts'
import { serverForTests } from './sdk/sdk-world.ts'

/** All of it takes minutes: `REVERIE_TEST_ROUNDS=1000`. */
const ROUNDS = Number(process.env.REVERIE_TEST_ROUNDS ?? 60)
const CLIENTS = 32
const CREATES = 100
const CREATE_ROUNDS = 10

const server = serverForTests({ REVERIE_DREAMS_AT_ONCE: '0' })

const clientOf = (): Anthropic =>
  new Anthropic({ baseURL: server().address, apiKey: 'none-is-needed', maxRetries: 0 })

interface Answer {
  readonly status: number
  readonly shouldRetry: string | null
  readonly body: {
    readonly id?: string
    readonly content?: string | null
    readonly content_sha256?: string
    readonly memory_version_id?: string
    readonly error?: { readonly type: string; readonly message: string }
  }
}

async function send(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${server().address}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    shouldRetry: response.headers.get('x-should-retry'),
    body: (await response.json()) as Answer['body'],
  }
}

const together = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)))

describe('updates of one memory under one precondition', () => {
  it(`have one winner in each of ${ROUNDS} rounds of ${CLIENTS}, and no update is lost`, async () => {
    const client = clientOf()
    const store = await client.beta.memoryStores.create({ name: 'contended' })
    const first = await client.beta.memoryStores.memories.create(store.id, {
      path: '/counter.md',
      content: 'nobody yet\n',
    })
    const path = `/v1/memory_stores/${store.id}/memories/${first.id}`
    const won: string[] = [first.memory_version_id]
    let content = 'nobody yet\n'
    for (let round = 0; round < ROUNDS; round += 1) {
      const precondition = { type: 'content_sha256', content_sha256: sha256(content) }
      const answers = await together(CLIENTS, (n) =>
        send('POST', path, { content: `round ${round}, client ${n}\n`, precondition }),
      )
      const winners = answers.flatMap(({ status, body }, n) =>
        status === 200 ? [{ n, body }] : [],
      )
      expect(winners).toHaveLength(1)
      const losers = answers.filter(({ status }) => status !== 200)
      expect(new Set(losers.map(({ status }) => status))).toEqual(new Set([409]))
      expect(new Set(losers.map(({ shouldRetry }) => shouldRetry))).toEqual(new Set(['false']))
      expect(new Set(losers.map(({ body }) => body.error?.type))).toEqual(
        new Set(['memory_precondition_failed_error']),
      )
      content = `round ${round}, client ${winners[0]?.n}\n`
      won.push(winners[0]?.body.memory_version_id ?? '')
      expect((await send('GET', path)).body.content).toBe(content)
    }

    const versions: string[] = []
    const list = client.beta.memoryStores.memoryVersions.list(store.id, { limit: 100 })
    for await (const version of list) versions.push(version.id)
    expect(versions.toReversed()).toEqual(won)
    expect(await contentsOf(client, store.id)).toEqual({ '/counter.md': content })
  }, 1_200_000)
})

describe('orders of dreams that update one store', () => {
  it(`are accepted once in each of ${CREATE_ROUNDS} rounds of ${CREATES}`, async () => {
    const client = clientOf()
    const store = await aStore(client)
    const session = await aSession(client)
    const order = orderOf(store.id, [session.id], {
      output_behavior: { type: 'update_existing', memory_store_id: store.id },
    })
    const accepted: string[] = []
    for (let round = 0; round < CREATE_ROUNDS; round += 1) {
      const answers = await together(CREATES, () => send('POST', '/v1/dreams', order))
      const made = answers.flatMap(({ status, body }) => (status === 200 ? [body.id ?? ''] : []))
      expect(made).toHaveLength(1)
      for (const { status, shouldRetry, body } of answers.filter((one) => one.status !== 200)) {
        expect([status, shouldRetry, body.error?.type]).toEqual([409, 'false', 'conflict_error'])
        expect(body.error?.message).toContain(made[0])
      }
      accepted.push(...made)
      expect((await client.beta.dreams.cancel(made[0] ?? '')).status).toBe('canceled')
    }
    const listed: string[] = []
    for await (const { id } of client.beta.dreams.list({ statuses: ['canceled'] })) listed.push(id)
    expect(listed).toEqual(accepted.toReversed())
  })
})

describe('acts on the same things at once', () => {
  it('never end in a fault of the server, and leave one state', async () => {
    const client = clientOf()
    for (let round = 0; round < 5; round += 1) {
      const store = await aStore(client)
      const session = await aSession(client)
      const dream = await client.beta.dreams.create(orderOf(store.id, [session.id]))
      const memory = await client.beta.memoryStores.memories.create(store.id, {
        path: '/contended.md',
        content: '- Nobody yet.\n',
      })
      const one = `/v1/memory_stores/${store.id}`
      const acts = [
        () => send('POST', `/v1/dreams/${dream.id}/cancel`),
        () => send('POST', `/v1/dreams/${dream.id}/archive`),
        () => send('GET', `/v1/dreams/${dream.id}`),
        () => send('POST', one, { name: 'other' }),
        () => send('POST', `${one}/archive`),
        () => send('GET', one),
        () => send('GET', `${one}/memories?view=full`),
        () => send('POST', `${one}/memories/${memory.id}`, { content: 'changed\n' }),
        () => send('DELETE', `${one}/memories/${memory.id}`),
        () => send('POST', `/v1/sessions/${session.id}`, { title: 'other' }),
        () => send('POST', `/v1/sessions/${session.id}/archive`),
        () => send('DELETE', `/v1/sessions/${session.id}`),
        () => send('POST', '/v1/dreams', orderOf(store.id, [session.id])),
        () => send('DELETE', one),
      ]
      const shuffled = [...acts, ...acts, ...acts].map((act, n) => ({
        act,
        key: (n * 17 + round * 5) % 42,
      }))
      shuffled.sort((a, b) => a.key - b.key)
      const answers = await together(shuffled.length, (n) => shuffled[n]?.act() ?? send('GET', one))
      const statuses = new Set(answers.map(({ status }) => status))
      expect([...statuses].filter((status) => ![200, 400, 404, 409].includes(status))).toEqual([])
      expect((await client.beta.dreams.retrieve(dream.id)).status).toBe('canceled')
      expect([(await send('GET', one)).status]).toEqual([404])
      expect((await send('GET', `/v1/sessions/${session.id}`)).status).toBe(404)
    }
  })
})
