import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInstallation } from '../../src/reverie.ts'
import { createApp } from '../../src/server/app.ts'

type Fields = Readonly<Record<string, unknown>>

interface Answer {
  readonly status: number
  readonly retry: string | null
  readonly body: Fields
}

type Post = (path: string, body?: unknown) => Promise<Answer>

/** Nothing runs dreams here: what is pending stays so. */
describe('a dream that nobody runs yet', () => {
  const home = mkdtempSync(join(tmpdir(), 'reverie-states-'))
  let post: Post
  let close: () => Promise<void>
  let session: unknown
  beforeAll(async () => {
    const { ports, ...installation } = await openInstallation({ home, env: {} })
    const app = createApp(ports)
    close = installation.close
    post = async (path, body) => {
      const response = await app.request(`http://127.0.0.1${path}`, {
        method: 'POST',
        headers: { host: '127.0.0.1', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const { status, headers } = response
      return {
        status,
        retry: headers.get('x-should-retry'),
        body: (await response.json()) as Fields,
      }
    }
    const agent = await post('/v1/agents', { name: 'a', model: 'embedded' })
    const environment = await post('/v1/environments', { name: 'e' })
    const draft = { agent: agent.body.id, environment_id: environment.body.id }
    session = (await post('/v1/sessions', draft)).body.id
  })
  afterAll(async () => {
    await close()
    rmSync(home, { recursive: true, force: true })
  })

  const aStore = async (): Promise<unknown> =>
    (await post('/v1/memory_stores', { name: 'held' })).body.id
  const order = (store: unknown, type: 'create_new' | 'update_existing'): Promise<Answer> =>
    post('/v1/dreams', {
      inputs: [
        { type: 'memory_store', memory_store_id: store },
        { type: 'sessions', session_ids: [session] },
      ],
      model: 'embedded',
      output_behavior: type === 'create_new' ? { type } : { type, memory_store_id: store },
    })

  it('holds its store alone until it is canceled: of ten at once one is accepted', async () => {
    const [store, other] = [await aStore(), await aStore()]
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => order(store, 'update_existing')),
    )
    const [accepted, ...more] = answers.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(9)
    for (const { status, retry, body } of refused) {
      expect({ status, retry }).toEqual({ status: 409, retry: 'false' })
      const message = expect.stringContaining(String(accepted?.body.id))
      expect(body.error).toMatchObject({ type: 'conflict_error', message })
    }
    expect((await order(other, 'update_existing')).status).toBe(200)
    expect((await order(store, 'create_new')).status).toBe(200)
    await post(`/v1/dreams/${accepted?.body.id}/cancel`)
    expect((await order(store, 'update_existing')).status).toBe(200)
  })

  it('is canceled and archived as its state allows', async () => {
    const { body } = await order(await aStore(), 'create_new')
    const act = (name: string): Promise<Answer> => post(`/v1/dreams/${body.id}/${name}`)
    expect(body).toMatchObject({ status: 'pending', outputs: [], session_id: null })
    expect((await act('archive')).status).toBe(400)
    const canceled = await act('cancel')
    expect(canceled.body).toMatchObject({ status: 'canceled', ended_at: expect.any(String) })
    expect((await act('cancel')).body).toEqual(canceled.body)
    const archived = await act('archive')
    expect(archived.body).toMatchObject({ archived_at: expect.any(String) })
    expect((await act('archive')).body).toEqual(archived.body)
    expect((await act('cancel')).body).toEqual(archived.body)
  })
})
