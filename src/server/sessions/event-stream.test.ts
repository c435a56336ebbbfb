import { setTimeout as delay } from 'node:timers/promises'
import { RateLimitError } from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import {
  jsonLines,
  openSessionWorld,
  type SessionWorld,
  says,
} from '../test-support/session-world.test-support.ts'

async function aSession(world: SessionWorld): Promise<string> {
  return (await world.sdk.beta.sessions.create(await world.ground())).id
}

/** Waits until it holds; the suite's own time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5)
}

describe('a stream of events', () => {
  it('tells what comes from now on, in order, and ends with the archive', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const id = await aSession(world)
    await sessions.events.send(id, { events: [says('before')] })
    const stream = await sessions.events.stream(id, { event_deltas: ['agent.message'] })
    await sessions.events.send(id, { events: [says('first')] })
    await sessions.events.send(id, { events: [says('second')] })
    await sessions.archive(id)
    const told = []
    for await (const event of stream) told.push(event)
    const listed = (await sessions.events.list(id)).data
    expect(told).toEqual(listed.slice(2))
    expect(told.map(({ type }) => type)).toEqual([
      'user.message',
      'session.status_idle',
      'user.message',
      'session.status_idle',
      'session.status_terminated',
    ])
    await until(() => world.listening() === 0)
  })

  it('misses and doubles nothing while many write at once', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const id = await aSession(world)
    const stream = await sessions.events.stream(id)
    const writing = Promise.all(
      Array.from({ length: 40 }, (_, n) => sessions.events.send(id, { events: [says(`${n}`)] })),
    ).then(() => sessions.archive(id))
    const told: string[] = []
    for await (const event of stream) told.push('id' in event ? event.id : '')
    await writing
    expect(told).toEqual((await sessions.events.list(id)).data.map((event) => event.id))
    expect(new Set(told).size).toBe(81)
  })

  it('sees what another process wrote, without a bell', async () => {
    const silent = { ring: () => undefined, listen: () => () => undefined }
    const soon = async (_ms: number, signal: AbortSignal | null): Promise<void> => {
      await delay(5, undefined, signal === null ? {} : { signal })
    }
    const world = await openSessionWorld({ bell: silent, wait: soon })
    const { sessions } = world.sdk.beta
    const id = await aSession(world)
    const stream = await sessions.events.stream(id)
    await sessions.events.send(id, { events: [says('hello')] })
    for await (const event of stream) {
      expect(event).toMatchObject(says('hello'))
      break
    }
  })

  it('says so when the session is deleted', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const id = await aSession(world)
    const stream = await sessions.events.stream(id)
    await sessions.delete(id)
    const told = []
    for await (const event of stream) told.push(event)
    expect(told.map(({ type }) => type)).toEqual(['session.deleted'])
  })

  it('leaves nothing behind when the reader goes', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const stream = await world.sdk.beta.sessions.events.stream(id)
    expect(world.listening()).toBe(1)
    stream.controller.abort()
    await until(() => world.listening() === 0)
  })

  it('leaves nothing behind when only its head is asked for', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const url = `${world.url}/v1/sessions/${id}/events/stream`
    for (let n = 0; n < 3; n += 1) expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    expect(world.listening()).toBe(0)
  })

  it('ends when the server stops', async () => {
    const stopping = new AbortController()
    const world = await openSessionWorld({ stopping: stopping.signal })
    const stream = await world.sdk.beta.sessions.events.stream(await aSession(world))
    stopping.abort()
    for await (const event of stream) expect(event).toBeUndefined()
    expect(world.listening()).toBe(0)
  })

  it('has an event line in every frame and signs of life between them', async () => {
    const at = async (): Promise<void> => await delay(1)
    const world = await openSessionWorld({ wait: at })
    const id = await aSession(world)
    const reply = await fetch(`${world.url}/v1/sessions/${id}/events/stream`, {
      headers: { accept: 'application/json' },
    })
    expect(reply.headers.get('content-type')).toContain('text/event-stream')
    expect(reply.headers.get('request-id')).toMatch(/^req_/)
    await world.sdk.beta.sessions.events.send(id, { events: [says('two\nlines')] })
    await delay((LIMITS.streamKeepAliveMs / LIMITS.streamLookMs) * 20)
    await world.sdk.beta.sessions.archive(id)
    const frames = (await reply.text()).split('\n\n').filter((frame) => frame !== '')
    const [comments, told] = [
      frames.filter((frame) => frame.startsWith(':')),
      frames.filter((frame) => !frame.startsWith(':')),
    ]
    expect(comments.length).toBeGreaterThan(1)
    expect(told).toHaveLength(3)
    for (const frame of told) expect(frame).toMatch(/^event: [\w.]+\ndata: \{.*\}$/)
  })

  it('is refused when all seats are taken, and given again when one is free', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const open = () => world.sdk.beta.sessions.events.stream(id)
    const streams = []
    for (let n = 0; n < LIMITS.streamsMax; n += 1) streams.push(await open())
    await expect(open()).rejects.toThrow(RateLimitError)
    streams[0]?.controller.abort()
    await until(() => world.listening() === LIMITS.streamsMax - 1)
    const again = await open()
    for (const stream of [...streams, again]) stream.controller.abort()
    await until(() => world.listening() === 0)
  })
})

describe('the stream of a thread', () => {
  it('tells of that thread alone and ends with it', async () => {
    const world = await openSessionWorld()
    const { sessions } = world.sdk.beta
    const event = (text: string, session_thread_id?: string) => ({
      event: { type: 'agent.message', content: text, session_thread_id },
    })
    const rows = [{ session: { id: 'sesn_a' } }, event('begin', 'sthr_a')]
    await world.upload(jsonLines(rows))
    const stream = await sessions.threads.events.stream('sthr_a', { session_id: 'sesn_a' })
    await world.upload(jsonLines([...rows, event('own', 'sthr_a'), event('main')]))
    await sessions.threads.archive('sthr_a', { session_id: 'sesn_a' })
    const told = []
    for await (const one of stream) told.push(one)
    expect(told).toMatchObject([
      { type: 'agent.message', content: [{ type: 'text', text: 'own' }] },
      { type: 'session.thread_status_terminated', session_thread_id: 'sthr_a' },
    ])
  })
})
