import { connect } from 'node:net'
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type DroppingProxy,
  droppingProxy,
  type Fate,
} from '../../../test/support/dropping-proxy.ts'
import type { Dream } from '../../core/dream.ts'
import type { DreamId } from '../../core/ids.ts'
import type { Workspace, WorkspaceDreams } from '../../engine/workspace-api.ts'
import { aDream, aHosting } from '../../storage/contract/builders.test-support.ts'
import { createApp } from '../app.ts'
import type { ServerPorts } from '../context.ts'
import { type RunningServer, startServer } from '../network/start-server.ts'
import { dreamRoutes } from '../routes/dreams.ts'
import { testPorts } from '../test-support/ports.test-support.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
})

const ORDER: Anthropic.Beta.DreamCreateParams = {
  model: 'embedded',
  inputs: [
    { type: 'memory_store', memory_store_id: 'memstore_1' },
    { type: 'sessions', session_ids: ['sesn_1'] },
  ],
}

describe('a request for a dream', () => {
  it('makes one dream for each intent, whatever is lost on the way', async () => {
    const world = await worldWith(fateByCount(['lose_answer', 'halve_answer', 'lose_request']))
    const intents = Array.from({ length: 500 }, () => world.client.beta.dreams.create(ORDER))
    const made = await Promise.all(intents)
    expect(new Set(made.map(({ id }) => id)).size).toBe(500)
    expect(world.dreams.size).toBe(500)
    expect(world.proxy.fates.get('lose_answer')).toBeGreaterThan(100)
    expect(world.proxy.fates.get('halve_answer')).toBeGreaterThan(100)
  }, 60_000)

  it('whose answer arrived is not given away to a retry of an equal one', async () => {
    const fates: Fate[] = ['pass', 'lose_request', 'pass']
    const world = await worldWith(() => fates.shift() ?? 'pass')
    const first = await world.client.beta.dreams.create(ORDER)
    const second = await world.client.beta.dreams.create(ORDER)
    expect(second.id).not.toBe(first.id)
    expect(world.dreams.size).toBe(2)
  })

  it('of two clients at once is one dream each, lost before it arrived or after', async () => {
    const pairs: readonly (readonly [Fate, Fate])[] = [
      ['lose_answer', 'lose_request'],
      ['halve_answer', 'lose_request'],
      ['lose_answer', 'halve_answer'],
      ['pass', 'lose_request'],
      ['pass', 'lose_answer'],
    ]
    for (const [one, two] of pairs) {
      const world = await worldWith((head) => {
        if (!/x-stainless-retry-count: 0/i.test(head)) return 'pass'
        return /x-client: one/i.test(head) ? one : two
      })
      const made = await Promise.all(
        ['one', 'two'].map((name) =>
          world.client.beta.dreams.create(ORDER, { headers: { 'x-client': name } }),
        ),
      )
      expect(new Set(made.map(({ id }) => id)), `${one}, ${two}`).toEqual(
        new Set(world.dreams.keys()),
      )
      expect(world.dreams.size).toBe(2)
    }
  })

  it('of a client that ends its side once it has asked is answered, and stays its own', async () => {
    const world = await worldWith(() => 'pass')
    const body = JSON.stringify(ORDER)
    const head = `POST /v1/dreams HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`
    const socket = connect({ port: world.server.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.end(`${head}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`)
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)

    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    const [own] = world.dreams.keys()
    expect(answer).toContain(own)
    expect((await world.client.beta.dreams.create(ORDER)).id).not.toBe(own)
    expect(world.dreams.size).toBe(2)
  })

  it('whose answers were cut twice is found by the third', async () => {
    const fates: Fate[] = ['lose_answer', 'halve_answer', 'pass']
    const world = await worldWith(() => fates.shift() ?? 'pass')
    const dream = await world.client.beta.dreams.create(ORDER)
    expect([...world.dreams.keys()]).toEqual([dream.id])
  })

  it('that a person sends again is another dream, though the answer was cut', async () => {
    const fates: Fate[] = ['lose_answer', 'pass']
    const world = await worldWith(() => fates.shift() ?? 'pass')
    const once = { maxRetries: 0 }
    await expect(world.client.beta.dreams.create(ORDER, once)).rejects.toThrow()
    await world.client.beta.dreams.create(ORDER, once)
    expect(world.dreams.size).toBe(2)
  })

  it('that another server left unanswered is found by a retry', async () => {
    const ports = testPorts()
    const dreams = new Map<DreamId, Dream>()
    const before = createApp(withDreams(ports, dreams), { routes: [dreamRoutes] })
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(ORDER) }
    // The answer never gets as far as a socket that ends.
    const stuck = { socket: { once: self, off: self }, once: self, off: self }
    const env = { incoming: { socket: stuck.socket }, outgoing: stuck }
    const first = await before.request('/v1/dreams', request, env)
    const after = createApp(withDreams(ports, dreams), { routes: [dreamRoutes] })
    const retry = { ...request, headers: { ...headers, 'x-stainless-retry-count': '1' } }
    const second = await after.request('/v1/dreams', retry)
    expect(await second.json()).toEqual(await first.json())
    expect(dreams.size).toBe(1)
  })
})

function self<T>(this: T): T {
  return this
}

/** Spoils first and second tries, one after the other; third ones pass. */
function fateByCount(fates: readonly Fate[]): (head: string) => Fate {
  let count = 0
  return (head) => {
    count += 1
    const isLast = /x-stainless-retry-count: 2/i.test(head)
    return isLast ? 'pass' : (fates[count % (fates.length + 1)] ?? 'pass')
  }
}

async function worldWith(fateOf: (head: string) => Fate): Promise<{
  readonly client: Anthropic
  readonly dreams: ReadonlyMap<DreamId, Dream>
  readonly proxy: DroppingProxy
  readonly server: RunningServer
}> {
  const dreams = new Map<DreamId, Dream>()
  const ports = withDreams(testPorts(), dreams)
  const app = createApp(ports, { routes: [dreamRoutes] })
  const server = await startServer({ app, ports, host: '127.0.0.1', port: 0 })
  const proxy = await droppingProxy(server.port, fateOf)
  running.push(proxy, server)
  const client = new Anthropic({ apiKey: 'x', baseURL: `http://127.0.0.1:${proxy.port}` })
  return { client, dreams, proxy, server }
}

/** Dreams that are made and told of, never dreamt. */
function withDreams(ports: ServerPorts, made: Map<DreamId, Dream>): ServerPorts {
  const dreams: Pick<WorkspaceDreams, 'create' | 'get'> = {
    create: (_order, _by, alongside) =>
      ports.storage.transaction(async (tx) => {
        const dream = aDream({ id: ports.newId('drm'), hosted: aHosting() })
        await alongside?.(dream, tx)
        made.set(dream.id, dream)
        return dream
      }),
    get: async (id) => made.get(id) ?? Promise.reject(new Error(`no dream ${id}`)),
  }
  return { ...ports, workspaceOf: (id) => ({ id, dreams }) as unknown as Workspace }
}
