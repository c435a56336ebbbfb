import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import { createApp } from '../app.ts'
import type { ServerPorts } from '../context.ts'
import { keyRingOf } from '../keys/key-ring.ts'
import type { WireApp } from '../routing.ts'
import { testPorts } from '../test-support/ports.test-support.ts'

interface World {
  readonly app: WireApp
  /** How often the route was worked on. */
  readonly count: () => number
  readonly release: () => void
}

function worldOf(ports: ServerPorts = testPorts(), isHeld = false): World {
  let count = 0
  const gate = Promise.withResolvers<void>()
  if (!isHeld) gate.resolve()
  const routes = (app: WireApp): void => {
    app.post('/v1/things', async (c) => {
      count += 1
      await gate.promise
      const { fail } = await c.req.json()
      if (fail === 'fault') throw new Error('broken')
      if (fail === 'conflict') throw new ReverieError('conflict_error', 'Taken.')
      if (fail === 'refused') return c.json({}, 400)
      return c.json({ count })
    })
  }
  return { app: createApp(ports, { routes: [routes] }), count: () => count, release: gate.resolve }
}

function send(app: WireApp, key: string, body: unknown = {}, more: object = {}): Promise<Response> {
  return Promise.resolve(
    app.request('/v1/things', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...more },
    }),
  )
}

describe('an idempotency key', () => {
  it('answers an equal request with what was answered before, and says so', async () => {
    const { app, count } = worldOf()
    const first = await send(app, 'a')
    const second = await send(app, 'a')
    expect(await second.json()).toEqual(await first.json())
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'))
    expect(second.headers.get('request-id')).toMatch(/^req_/)
    expect(count()).toBe(1)
  })

  it('keeps failures of the server too', async () => {
    const { app, count } = worldOf()
    const answers = [
      await send(app, 'a', { fail: 'fault' }),
      await send(app, 'a', { fail: 'fault' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([500, 500])
    expect(answers[1]?.headers.get('idempotent-replayed')).toBe('true')
    expect(count()).toBe(1)
  })

  it('says of a kept conflict, too, that asking again does not help', async () => {
    const { app } = worldOf()
    await send(app, 'a', { fail: 'conflict' })
    const again = await send(app, 'a', { fail: 'conflict' })
    expect([again.status, again.headers.get('x-should-retry')]).toEqual([409, 'false'])
    expect(again.headers.get('content-type')).toMatch(/^application\/json/)
  })

  it('keeps nothing of a request that was refused before it began', async () => {
    const { app, count } = worldOf()
    await send(app, 'a', { fail: 'refused' })
    expect((await send(app, 'a')).status).toBe(200)
    expect(count()).toBe(2)
  })

  it('refuses another request', async () => {
    const { app, count } = worldOf()
    await send(app, 'a', { one: 1 })
    expect((await send(app, 'a', { one: 2 })).status).toBe(400)
    expect(count()).toBe(1)
  })

  it('says that the first request is still worked on, and that asking again helps', async () => {
    const { app, count, release } = worldOf(testPorts(), true)
    const first = send(app, 'a')
    const second = await send(app, 'a')
    expect([second.status, second.headers.get('x-should-retry')]).toEqual([409, 'true'])
    release()
    expect((await first).status).toBe(200)
    expect((await send(app, 'a')).headers.get('idempotent-replayed')).toBe('true')
    expect(count()).toBe(1)
  })

  it('is one among many that come at once', async () => {
    const { app, count } = worldOf()
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(app, 'a')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
    expect(count()).toBe(1)
  })

  it('belongs to one caller: that of another key or workspace is another one', async () => {
    const ports = testPorts()
    const { app, count } = worldOf(ports)
    const by = { type: 'user_actor', userId: 'somebody' } as const
    const draft = { name: 'k', scopes: ['write'], expiresAt: null } as const
    const ids = ['wrkspc_a', 'wrkspc_a', 'wrkspc_b'] as WorkspaceId[]
    for (const workspaceId of ids) {
      const { plain } = await keyRingOf(ports).create({ ...draft, workspaceId }, by)
      await send(app, 'a', {}, { 'x-api-key': plain })
    }
    expect(count()).toBe(3)
  })

  it('is kept for a day', async () => {
    const ports = testPorts()
    const { app, count } = worldOf(ports)
    await send(app, 'a')
    const later = (ms: number): ServerPorts => ({ ...ports, now: () => new Date(Date.now() + ms) })
    const within = worldOf(later(LIMITS.replyKeptMs - 60_000))
    expect((await send(within.app, 'a')).headers.get('idempotent-replayed')).toBe('true')
    const after = worldOf(later(LIMITS.replyKeptMs + 60_000))
    await send(after.app, 'a')
    expect([count(), within.count(), after.count()]).toEqual([1, 0, 1])
  })

  it('that a server left behind unanswered is worked on again by the next one', async () => {
    const ports = testPorts()
    const before = worldOf(ports, true)
    void send(before.app, 'a')
    await expect.poll(before.count).toBe(1)
    const after = worldOf(ports)
    expect((await send(after.app, 'a')).status).toBe(200)
    expect(after.count()).toBe(1)
  })

  it.each(['', ' ', 'k'.repeat(256)])('is refused as %j', async (key) => {
    const { app, count } = worldOf()
    expect((await send(app, key)).status).toBe(400)
    expect(count()).toBe(0)
  })
})
